"""Processes that take inputs apart, so that what kills or stalls one costs one input."""

import os
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Timer
from typing import IO, Any, Final, Self, TypeVar

from msgspec import Struct

from dateline.errors import DatelineError, InputError
from dateline.run.worker import READY, Answer, Request, receive_answer, send

T = TypeVar("T")
U = TypeVar("U")

_START: Final = 120.0
"""Seconds that a process may take to come up on a busy machine."""


class Bounds(Struct, frozen=True, kw_only=True):
    """What one input may take (seconds, bytes), and when a process is put out of use: after so many inputs, or
    when it holds so many bytes."""

    seconds: float = 20.0
    memory: int = 512_000_000
    inputs: int = 2_000
    held: int = 300_000_000


class Workers:
    """A few processes, each started when it is first needed. A context manager; ``close`` ends them.

    ``functions`` are those that will be asked for, as "module:name", from bytes to bytes.
    """

    def __init__(self, functions: Iterable[str], count: int | None = None, bounds: Bounds | None = None) -> None:
        self.count = count or max(1, min(4, _cores()))
        self.bounds = bounds or Bounds()
        self._functions = tuple(functions)
        self._threads = ThreadPoolExecutor(self.count, thread_name_prefix="worker")
        self._idle: SimpleQueue[_Process] = SimpleQueue()
        self._all: list[_Process] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the processes, at once."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for last in (False, True):
            for process in tuple(self._all):
                process.kill()
            self._threads.shutdown(wait=not last)

    def numbers(self) -> list[int]:
        """The numbers by which the system knows the processes that are there now."""
        return [process.number for process in tuple(self._all)]

    def call(self, function: str, argument: bytes) -> bytes:
        """What the function makes of the argument. Raises InputError, also when it takes too long or too much."""
        try:
            process = self._idle.get_nowait()
        except Empty:
            process = self._start()
        try:
            return process.call(function, argument)
        finally:
            if process.spent():
                process.kill()
                self._all.remove(process)
            else:
                self._idle.put(process)

    def map(self, run: Callable[[T], U], items: Iterable[T]) -> Iterator[U]:
        """``run`` of each item, in the order of the items, some at a time; ``run`` may use ``call``.

        No more items are held than twice the number of processes.
        """
        waiting: deque[Future[U]] = deque()
        for item in items:
            waiting.append(self._threads.submit(run, item))
            if len(waiting) >= 2 * self.count:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def _start(self) -> "_Process":
        process = _Process(self._functions, self.bounds)
        self._all.append(process)
        return process


class _Process:
    """One process."""

    def __init__(self, functions: tuple[str, ...], bounds: Bounds) -> None:
        self._bounds = bounds
        self._done = 0
        self._held = 0
        self._broken = False
        root = str(Path(__file__).parents[2])
        known = [root, *(path for path in sys.path if path)]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "dateline.run.worker", str(bounds.memory), str(bounds.seconds), *functions],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(known), **_ONE_THREAD},
            # A stop at the keyboard is for the parent, which then ends its processes.
            start_new_session=True,
        )
        self.number = self._process.pid
        with self._timer(_START):
            said = self._pipe(self._process.stdout).readline()
        if said != READY:
            self.kill()
            why = said.decode("utf-8", "replace").strip() or "it ended at once"
            raise DatelineError(f"the process that takes inputs apart cannot be started ({why})")

    def call(self, function: str, argument: bytes) -> bytes:
        """One call. Raises InputError."""
        self._done += 1
        timer = self._timer(self._bounds.seconds)
        with timer:
            answer = self._ask(Request(function, argument))
        if timer.fired:
            self._broken = True
            raise InputError(f"took over {self._bounds.seconds:g} s")
        if answer is None:
            self._broken = True
            raise InputError(self._death())
        if answer.starved:
            self._broken = True
            raise InputError(self._starved())
        self._held = answer.held
        if answer.error:
            raise InputError(answer.error)
        return answer.value

    def spent(self) -> bool:
        """Whether it is to be put out of use."""
        return self._broken or self._done >= self._bounds.inputs or self._held > self._bounds.held

    def kill(self) -> None:
        """End it."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with suppress(OSError):
                    pipe.close()

    def _ask(self, request: Request) -> Answer | None:
        try:
            send(self._pipe(self._process.stdin), request)
            return receive_answer(self._pipe(self._process.stdout))
        except (OSError, ValueError):
            return None

    def _timer(self, seconds: float) -> "_Timer":
        return _Timer(seconds, self._process.kill)

    def _starved(self) -> str:
        return f"needed over {self._bounds.memory // 1_000_000:,} MB"

    def _death(self) -> str:
        code = self._process.wait()
        if code == -signal.SIGKILL:
            return self._starved()
        return f"it broke the reader (the process ended with {_signal(code)})"

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> Any:
        assert pipe is not None
        return pipe


class _Timer:
    """Does something unless it is left in time."""

    def __init__(self, seconds: float, act: Callable[[], None]) -> None:
        self.fired = False
        self._act = act
        self._timer = Timer(seconds, self._fire)
        self._timer.daemon = True

    def _fire(self) -> None:
        self.fired = True
        self._act()

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()


_ONE_THREAD: Final = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MALLOC_ARENA_MAX"), "1")
"""Threads that nobody uses take up address space, of which there is a limit."""


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _signal(code: int) -> str:
    try:
        return signal.Signals(-code).name if code < 0 else f"exit code {code}"
    except ValueError:
        return f"signal {-code}"
