"""Cells of a table with all its margins, over axes that may be hierarchies.

A grid has one axis per attribute. An axis has leaves (schools) and nodes: the leaves, each coarser
level (districts), and ``"*"``, everyone. A cell is one node of every axis; its value is the sum of
the leaves below. Cells are numbered in C order of the nodes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod

import numpy as np
from numpy.typing import NDArray

from throughline.engines.disclosure.unusable import Unusable

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

ALL = "*"
"""Stands for everyone on an axis."""


@dataclass(frozen=True, slots=True)
class Axis:
    """One attribute, or a chain of attributes from fine to coarse (school in district in state).

    Attributes
    ----------
    levels
        Names of the attributes, finest first.
    paths
        One per leaf: its label on every level, finest first. The whole path names a leaf, so two
        districts may both have a Lincoln school.
    """

    levels: tuple[str, ...]
    paths: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        if not self.levels or not self.paths:
            raise Unusable("an axis needs a name and at least one category")
        if any(len(path) != len(self.levels) for path in self.paths):
            raise Unusable(f"every category of {self.levels[0]} needs one label per level")
        if len(set(self.paths)) != len(self.paths):
            raise Unusable(f"a category of {self.levels[0]} is listed twice")
        if any(ALL in path for path in self.paths):
            raise Unusable(f"{ALL!r} stands for everyone and cannot be a category")

    @classmethod
    def flat(cls, name: str, labels: Sequence[str]) -> Axis:
        """Return an axis without a hierarchy."""
        return cls((name,), tuple((label,) for label in labels))

    @property
    def nodes(self) -> tuple[tuple[str, ...], ...]:
        """Labels of every node: leaves first, then each coarser level, everyone last."""
        found: list[tuple[str, ...]] = []
        for level in range(len(self.levels)):
            stars = (ALL,) * level
            found.extend(dict.fromkeys(stars + path[level:] for path in self.paths))
        found.append((ALL,) * len(self.levels))
        return tuple(found)

    @property
    def membership(self) -> Ints:
        """0/1 array, nodes x leaves: which leaves a node sums."""
        return np.array(
            [
                [all(n in (ALL, p) for n, p in zip(node, path, strict=True)) for path in self.paths]
                for node in self.nodes
            ],
            dtype=np.int64,
        )


@dataclass(frozen=True)
class Grid:
    """All cells over some axes."""

    axes: tuple[Axis, ...]

    def __post_init__(self) -> None:
        names = self.names
        if not names or len(set(names)) != len(names):
            raise Unusable("a table needs attributes, each of them once")

    @property
    def names(self) -> tuple[str, ...]:
        """Attributes in the order of a key."""
        return tuple(name for axis in self.axes for name in axis.levels)

    @cached_property
    def memberships(self) -> tuple[Ints, ...]:
        """Per axis, nodes x leaves."""
        return tuple(axis.membership for axis in self.axes)

    @cached_property
    def shape(self) -> tuple[int, ...]:
        """Number of nodes per axis."""
        return tuple(len(matrix) for matrix in self.memberships)

    @cached_property
    def leaf_shape(self) -> tuple[int, ...]:
        """Number of leaves per axis."""
        return tuple(matrix.shape[1] for matrix in self.memberships)

    @cached_property
    def size(self) -> int:
        """Number of cells."""
        return prod(self.shape)

    def add_up(self, leaves: Ints) -> Ints:
        """Return the value of every cell, shape (cells,), from an array of ``leaf_shape``."""
        out = np.asarray(leaves, dtype=np.int64).reshape(self.leaf_shape)
        for place, matrix in enumerate(self.memberships):
            out = np.moveaxis(np.tensordot(matrix, out, axes=(1, place)), 0, place)
        return out.reshape(-1)

    @cached_property
    def leaf_cells(self) -> Ints:
        """Numbers of the cells that are leaves on every axis, shape (leaves,)."""
        grid = np.meshgrid(*(np.arange(n) for n in self.leaf_shape), indexing="ij")
        return np.ravel_multi_index([part.reshape(-1) for part in grid], self.shape)

    def node(self, cell: int) -> tuple[int, ...]:
        """Return the place of a cell on every axis."""
        return tuple(int(part) for part in np.unravel_index(cell, self.shape))

    @cached_property
    def keys(self) -> tuple[tuple[str, ...], ...]:
        """One label per attribute name, for every cell."""
        found: list[tuple[str, ...]] = [()]
        for axis in self.axes:
            found = [key + node for key in found for node in axis.nodes]
        return tuple(found)

    @cached_property
    def totals(self) -> Ints:
        """How many attributes a cell sums over, shape (cells,)."""
        return np.array([key.count(ALL) for key in self.keys], dtype=np.int64)

    def adds_up(self, changes: Ints) -> bool:
        """Whether changes of all cells agree with the changes of the leaves, exactly."""
        return bool(np.array_equal(self.add_up(changes[self.leaf_cells]), changes))
