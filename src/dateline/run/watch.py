"""A folder watched: each file that is put there is taken in once it is complete."""

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Event
from typing import Final

SETTLED: Final = 2.0
"""Seconds for which a file must not change to be taken as complete."""
_UNFINISHED: Final = (".part", ".partial", ".crdownload", ".download", ".tmp", ".new", ".swp", "~")
"""Endings under which programs keep what they have not finished writing."""


def settled_files(
    folder: Path, stop: Event, settle: float = SETTLED, clock: Callable[[], float] = time.monotonic
) -> Iterator[Sequence[Path]]:
    """The files of a folder, and from then on those that come or change, in groups as they are complete.

    A file is complete when its size and time have stayed the same for ``settle`` seconds. Hidden files and those
    under a name for what is not finished are passed over. Ends when ``stop`` is set.
    """
    from watchfiles import watch

    seen: dict[Path, tuple[int, int]] = {}
    waiting = {path: (_stamp(path), clock()) for path in _files(folder, folder)}
    root = folder.resolve()
    step = max(50, int(settle * 500))
    changes = watch(
        root,
        watch_filter=None,
        stop_event=stop,
        yield_on_timeout=True,
        rust_timeout=step,
        debounce=step,
        raise_interrupt=False,
    )
    for found in changes:
        for _, name in found:
            # Of a folder that is new only the folder may be told, and not what was put into it at once.
            for path in _files(folder, folder / Path(name).relative_to(root)):
                waiting.setdefault(path, (_stamp(path), clock()))
        complete = []
        for path, (stamp, since) in list(waiting.items()):
            now = _stamp(path)
            if now != stamp:
                waiting[path] = (now, clock())
            elif clock() - since >= settle:
                del waiting[path]
                if now != _GONE and seen.get(path) != now:
                    seen[path] = now
                    complete.append(path)
        if complete:
            yield sorted(complete)


_GONE: Final = (-1, -1)


def _stamp(path: Path) -> tuple[int, int]:
    try:
        told = path.stat()
    except OSError:
        return _GONE
    return told.st_size, told.st_mtime_ns


def _files(folder: Path, at: Path) -> Iterator[Path]:
    """The files at a path in the folder: it itself, or what is in it."""
    found = sorted(at.rglob("*")) if at.is_dir() else [at]
    return (path for path in found if path.is_file() and _wanted(path.relative_to(folder)))


def _wanted(path: Path) -> bool:
    return not any(part.startswith(".") for part in path.parts) and not path.name.lower().endswith(_UNFINISHED)
