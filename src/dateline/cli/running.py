"""What the commands share that run until they are stopped."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

from dateline.errors import UsageError

_UNITS = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}


def duration(text: str) -> float:
    """Seconds, from a number with a unit (90s, 15m, 2h, 1d) or without one. Raises UsageError.

    >>> duration("15m")
    900.0
    """
    number, unit = (text[:-1], text[-1]) if text[-1:] in _UNITS else (text, "s")
    try:
        seconds = float(number) * _UNITS[unit]
    except ValueError:
        seconds = -1.0
    if not 0 < seconds < float("inf"):
        raise UsageError(f"{text!r} is no length of time; write 90s, 15m or 2h")
    return seconds


@contextmanager
def stop_on_signal() -> Iterator[Event]:
    """An event that is set at the first Ctrl-C or request to end, so that what is at hand is finished; the second
    stops at once."""
    stop = Event()

    def ask(number: int, frame: object) -> None:
        stop.set()
        for one in before:
            signal.signal(one, before[one])

    before = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)}
    for one in before:
        signal.signal(one, ask)
    try:
        yield stop
    finally:
        for one, old in before.items():
            signal.signal(one, old)
