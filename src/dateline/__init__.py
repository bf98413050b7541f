"""Dateline reads news reports on an unfolding crisis into a ledger tied to the exact words.

The public names are loaded at first use, so that importing the package costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dateline.api import Ledger, match_names, match_passages, read_report

__version__ = "0.1.0"

__all__ = ["Ledger", "__version__", "match_names", "match_passages", "read_report"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        return getattr(import_module("dateline.api"), name)
    raise AttributeError(f"module 'dateline' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
