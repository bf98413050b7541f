"""What a list command shows: its rows, and in words what was searched for them."""

from typing import Generic, TypeVar

from msgspec import Struct

T = TypeVar("T")


class Listing(Struct, Generic[T], frozen=True):
    """Rows of a type in a fixed order. ``searched`` says how many of what was looked at: no row is no silence."""

    type: type[T]
    searched: str
    rows: tuple[T, ...]
