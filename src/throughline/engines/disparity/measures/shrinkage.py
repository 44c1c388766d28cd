"""Rates of many schools, each pulled towards the others as far as its size asks for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from throughline.engines.disparity.measures.intervals import Limits, share
from throughline.engines.disparity.refusals import NotDefined, TooFew
from throughline.engines.disparity.tables import FloatArray, whole_numbers

NO_SPREAD = 1e6
"""A prior worth more students than this says that schools differ by chance alone."""


@dataclass(frozen=True, slots=True)
class Prior:
    """A beta distribution of true rates. ``differs`` is False when chance explains the spread."""

    alpha: float
    beta: float
    differs: bool

    @property
    def mean(self) -> float:
        """The rate towards which schools are pulled."""
        return self.alpha / (self.alpha + self.beta)


@dataclass(frozen=True, slots=True)
class Shrunk:
    """Raw and shrunk rates, float arrays of shape (schools,), as shares; NaN raw without students.

    Show both. The order of schools by either is not a ranking of their work.
    """

    raw: FloatArray
    rate: FloatArray
    limits: Limits
    prior: Prior

    @property
    def sentence(self) -> str:
        """What the spread says, in words."""
        if self.prior.differs:
            return (
                f"Each rate is pulled towards {100 * self.prior.mean:.1f} %, those of small "
                "schools most."
            )
        return (
            "The schools do not differ beyond what chance alone would give; "
            f"one rate of {100 * self.prior.mean:.1f} % describes them all."
        )


def moments(events: ArrayLike, n: ArrayLike) -> tuple[float, float]:
    """Return alpha and beta from the mean and the spread of the raw rates.

    Infinite where the raw rates are all equal, so check before use. Each school counts once.
    """
    rates = share(whole_numbers(events), whole_numbers(n))
    center, spread = float(np.mean(rates)), float(np.var(rates, ddof=1))
    size = center * (1 - center) / spread - 1 if spread else np.inf
    return center * size, (1 - center) * size


def fit_prior(events: ArrayLike, n: ArrayLike) -> Prior:
    """Return the beta prior of largest likelihood.

    Raises
    ------
    TooFew
        Fewer than three schools with students, or no school has (or all have only) events.

    References
    ----------
    Tarone 1982, Biometrics 38:215; Gelman and others, Bayesian Data Analysis, 3rd edition,
    section 5.1 (moments there, maximum likelihood here).
    """
    from scipy.optimize import minimize  # slow import
    from scipy.special import expit, logit

    x, size = _schools(events, n)
    pooled = float(x.sum() / size.sum())
    alpha, beta = moments(x.astype(np.int64), size.astype(np.int64))
    start = alpha + beta
    start = min(max(start, 0.5), NO_SPREAD / 10) if np.isfinite(start) else NO_SPREAD / 10

    def lost(point: FloatArray) -> tuple[float, FloatArray]:
        return _negative_log_likelihood(x, size, float(expit(point[0])), float(np.exp(point[1])))

    found = minimize(
        lost,
        np.array([logit(pooled), np.log(start)]),
        jac=True,
        method="L-BFGS-B",
        bounds=[(-15.0, 15.0), (-10.0, np.log(10 * NO_SPREAD))],
        options={"ftol": 1e-15, "gtol": 1e-9, "maxiter": 500},
    )
    center, total = float(expit(found.x[0])), float(np.exp(found.x[1]))
    by_chance = -float((x * np.log(pooled) + (size - x) * np.log1p(-pooled)).sum())
    if total >= NO_SPREAD or found.fun >= by_chance - 1e-6:
        return Prior(NO_SPREAD * pooled, NO_SPREAD * (1 - pooled), differs=False)
    return Prior(center * total, (1 - center) * total, differs=True)


def _schools(events: ArrayLike, n: ArrayLike) -> tuple[FloatArray, FloatArray]:
    x, size = whole_numbers(events), whole_numbers(n)
    if x.shape != size.shape or x.ndim != 1 or (x < 0).any() or (x > size).any():
        raise NotDefined("Every school has students, and no more events than students.")
    kept = size > 0
    if kept.sum() < 3:
        raise TooFew("Pulling rates together needs three schools with students.")
    if x.sum() in {0, size.sum()}:
        raise TooFew("Every student has the same outcome, so the schools show no spread.")
    return x[kept].astype(np.float64), size[kept].astype(np.float64)


def _negative_log_likelihood(
    x: FloatArray, size: FloatArray, center: float, total: float
) -> tuple[float, FloatArray]:
    """Return minus the log likelihood, and its slope by logit of the mean and log of the size."""
    from scipy.special import betaln, psi  # slow import

    alpha, beta = center * total, (1 - center) * total
    value = (betaln(x + alpha, size - x + beta) - betaln(alpha, beta)).sum()
    together = psi(total) - psi(size + total)
    by_alpha = (psi(x + alpha) - psi(alpha) + together).sum()
    by_beta = (psi(size - x + beta) - psi(beta) + together).sum()
    slope = [center * (1 - center) * total * (by_alpha - by_beta)]
    slope.append(alpha * by_alpha + beta * by_beta)
    return -float(value), -np.array(slope)


def shrink(events: ArrayLike, n: ArrayLike, prior: Prior | None = None) -> Shrunk:
    """Return raw and shrunk rates with 95 % intervals; the prior is fitted unless given.

    The interval of a shrunk rate takes the prior as known, so with few schools it is too narrow.
    """
    from scipy.special import betaincinv  # slow import

    known = prior or fit_prior(events, n)
    x, size = whole_numbers(events), whole_numbers(n)
    alpha, beta = x + known.alpha, size - x + known.beta
    return Shrunk(
        raw=share(x, size),
        rate=alpha / (alpha + beta),
        limits=Limits(
            *(np.asarray(betaincinv(alpha, beta, end), dtype=np.float64) for end in (0.025, 0.975)),
        ),
        prior=known,
    )
