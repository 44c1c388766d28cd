"""The examples in the docstrings of the measures are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

from throughline.engines.disparity import measures

NAMES = [found.name for found in pkgutil.iter_modules(measures.__path__, measures.__name__ + ".")]


@pytest.mark.parametrize("name", NAMES)
def test_the_examples_in_the_docstrings_are_true(name: str):
    assert doctest.testmod(importlib.import_module(name)).failed == 0
