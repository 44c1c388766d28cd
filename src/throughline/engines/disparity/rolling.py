"""Add up the finest cells along the attributes that a table asks for: whole numbers throughout."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import prod

import numpy as np

from throughline.engines.disparity.base_query import Cells
from throughline.engines.disparity.codebook import Attribute
from throughline.engines.disparity.tables import Counts, IntArray

DENSE = 2_000_000
"""Up to so many combinations of levels, all of them have a place in an array, empty or not."""

Groups = tuple[tuple[str, ...], ...]


def measures(cells: Cells, outcome: int) -> IntArray:
    """Return n, n_valid, total and squares of one outcome, shape (4, C)."""
    columns = (
        cells.n,
        cells.n_valid[:, outcome],
        cells.total[:, outcome],
        cells.squares[:, outcome],
    )
    return np.stack(columns)


def scattered(cells: Cells, outcome: int) -> IntArray | None:
    """Return the cells in an array of shape (4, levels...), or nothing if it has no axes or too many cells."""
    if not len(cells.n) or not cells.attributes:
        return None
    shape = (cells.codes.max(axis=0, initial=0) + 1).tolist()
    if prod(shape) > DENSE:
        return None
    array = np.zeros((4, *shape), np.int64)
    array[:, *cells.codes.T] = measures(cells, outcome)
    return array


def roll_up(
    cells: Cells,
    axes: Sequence[int],
    attributes: Sequence[Attribute],
    outcome: int,
    dense: IntArray | None = None,
) -> tuple[Groups, Counts]:
    """Return the labels of every occupied group along ``axes``, and its counts.

    Groups come in the order of the codebook. ``dense`` is what ``scattered`` answered; without it
    the occupied cells are added up one by one, which gives the same.
    """
    if dense is None:
        codes, values = cells.codes[:, list(axes)], measures(cells, outcome)
    else:
        codes, values = _summed(dense, axes)
    if dense is None or any(one.overlapping for one in attributes):
        codes, values = _added(codes, values, attributes)
    return _labels(codes, attributes), Counts(*values)


def _summed(dense: IntArray, axes: Sequence[int]) -> tuple[IntArray, IntArray]:
    """Sum over all axes but these; return the codes and the measures of what is occupied."""
    others = tuple(axis + 1 for axis in range(dense.ndim - 1) if axis not in axes)
    left = sorted(axes)
    array = dense.sum(axis=others).transpose(0, *(left.index(axis) + 1 for axis in axes))
    occupied = array[0] > 0
    return np.argwhere(occupied), array[:, occupied]


def _added(
    codes: IntArray, values: IntArray, attributes: Sequence[Attribute]
) -> tuple[IntArray, IntArray]:
    """Turn codes into groups and add up what falls into the same ones, in their order."""
    rows, positions = _positions(codes, attributes)
    sizes = [len(one.groups) for one in attributes]
    flat = np.zeros(len(rows), np.int64)
    for position, size in zip(positions, sizes, strict=True):
        flat = flat * size + position
    occupied, numbers = np.unique(flat, return_inverse=True)
    sums = np.zeros((len(values), len(occupied)), np.int64)
    for into, measure in zip(sums, values, strict=True):
        np.add.at(into, numbers, measure[rows])
    found = np.unravel_index(occupied, sizes) if sizes else ()
    by = np.stack(found, axis=1) if sizes else np.empty((len(occupied), 0), np.int64)
    return by, sums


def _positions(codes: IntArray, attributes: Sequence[Attribute]) -> tuple[IntArray, list[IntArray]]:
    """Return, for every cell and group it counts in, the cell and the group's position per axis.

    A cell of an any-part attribute counts in each of its parts; any other in one group.
    """
    rows = np.arange(len(codes))
    positions: list[IntArray] = []
    for axis, attribute in enumerate(attributes):
        column = codes[rows, axis]
        if not attribute.overlapping:
            positions.append(column)
            continue
        members = (*attribute.members, (len(attribute.levels),))
        lengths = np.array([len(levels) for levels in members])
        flat = np.array([level for levels in members for level in levels], np.int64)
        starts = np.cumsum(lengths) - lengths
        repeats = lengths[column]
        into = np.repeat(np.arange(len(rows)), repeats)
        within = np.arange(len(into)) - np.repeat(np.cumsum(repeats) - repeats, repeats)
        rows, positions = rows[into], [one[into] for one in positions]
        positions.append(flat[starts[column[into]] + within])
    return rows, positions


def _labels(codes: IntArray, attributes: Sequence[Attribute]) -> Groups:
    columns: list[Iterator[str]] = [
        map(attribute.groups.__getitem__, codes[:, axis].tolist())
        for axis, attribute in enumerate(attributes)
    ]
    return tuple(zip(*columns, strict=True)) if columns else ((),) * len(codes)
