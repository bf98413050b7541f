"""The public names stay what they are, whatever else has been imported."""

import importlib
import pkgutil

import pytest

import dateline

ENGINES = {"dateline.run.ray"}
"""Modules that need an engine which is not installed with Dateline."""


def test_names_are_callable_after_every_module_was_imported() -> None:
    for module in pkgutil.walk_packages(dateline.__path__, "dateline."):
        if module.name not in ENGINES:
            importlib.import_module(module.name)
    for name in dateline.__all__:
        thing = getattr(dateline, name)
        assert isinstance(thing, str) if name == "__version__" else callable(thing), name


def test_names_are_sorted_and_none_is_a_subpackage() -> None:
    assert dateline.__all__ == sorted(dateline.__all__)
    assert dir(dateline) == dateline.__all__
    assert not set(dateline.__all__) & {module.name for module in pkgutil.iter_modules(dateline.__path__)}


def test_another_name_is_an_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = dateline.nothing
