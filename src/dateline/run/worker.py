"""The process in which one untrusted input at a time is taken apart: ``python -m dateline.run.worker``.

It reads a request of its standard input and writes the answer to its standard output, until its input ends. A
request names a function from bytes to bytes and brings its argument; both are framed by their length.
"""

import importlib
import os
import signal
import sys
from collections.abc import Callable
from functools import lru_cache
from typing import BinaryIO, Final

import msgspec
from msgspec import Struct

from dateline.errors import InputError

READY: Final = b"ready\n"


class Request(Struct, frozen=True, array_like=True):
    """A call of ``function``, as "module:name", with one argument."""

    function: str
    argument: bytes


class Answer(Struct, frozen=True, array_like=True):
    """What came out, or why nothing did; and how much memory (bytes) the process holds now."""

    value: bytes = b""
    error: str = ""
    starved: bool = False
    held: int = 0


_requests: Final = msgspec.msgpack.Decoder(Request)
_answers: Final = msgspec.msgpack.Decoder(Answer)
_encoder: Final = msgspec.msgpack.Encoder()


def send(pipe: BinaryIO, message: Request | Answer) -> None:
    """Write a message and its length before it."""
    data = _encoder.encode(message)
    pipe.write(len(data).to_bytes(8, "big"))
    pipe.write(data)
    pipe.flush()


def receive_answer(pipe: BinaryIO) -> Answer | None:
    """The next answer, or None where there will be no more."""
    data = _receive(pipe)
    return None if data is None else _answers.decode(data)


def _receive(pipe: BinaryIO) -> bytes | None:
    head = pipe.read(8)
    if len(head) < 8:
        return None
    size = int.from_bytes(head, "big")
    data = pipe.read(size)
    return data if len(data) == size else None


@lru_cache(maxsize=8)
def _function(name: str) -> Callable[[bytes], bytes]:
    module, _, attribute = name.partition(":")
    found: Callable[[bytes], bytes] = getattr(importlib.import_module(module), attribute)
    return found


def answer(request: Request) -> Answer:
    """Call what is asked for; whatever goes wrong is the answer."""
    try:
        return Answer(value=_function(request.function)(request.argument))
    except InputError as error:
        return Answer(error=str(error))
    except MemoryError:
        return Answer(starved=True)
    except RecursionError:
        return Answer(error="it is nested too deeply")
    except Exception as error:
        return Answer(error=f"it broke the reader: {type(error).__name__}: {' '.join(str(error).split())[:200]}")


def held() -> tuple[int, int]:
    """The address space and the memory that this process holds, in bytes, as far as the system tells."""
    try:
        with open("/proc/self/statm", "rb") as file:
            pages = file.read().split()
        return int(pages[0]) * _PAGE, int(pages[1]) * _PAGE
    except OSError:
        return 0, 0


_PAGE: Final = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


def confine(most: int) -> None:
    """Let this process hold no more than ``most`` bytes, where the system can be asked for that.

    The limit is on address space, of which a process takes up more than it uses: what it holds unused at the
    start is added.
    """
    try:
        import resource
    except ImportError:
        return
    space, used = held()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if space:
        limit = max(most - used, most // 4) + space
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _alarm(seconds: float) -> None:
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _nothing() -> None:
    pass


def main() -> None:
    """Load the functions named as arguments, with ``prepare`` of their modules where there is one; confine; and
    answer until the input ends."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # What a library prints must not stand among the answers, and nobody reads it.
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    most, seconds, *functions = sys.argv[1:]
    try:
        for name in functions:
            module = sys.modules[_function(name).__module__]
            getattr(module, "prepare", _nothing)()
    except Exception as error:
        answers.write(f"{type(error).__name__}: {' '.join(str(error).split())}\n".encode())
        answers.flush()
        return
    confine(int(most))
    answers.write(READY)
    answers.flush()
    while (data := _receive(requests)) is not None:
        # The parent ends a process that takes too long; should the parent be gone, the system does.
        _alarm(3 * float(seconds))
        given = answer(_requests.decode(data))
        _alarm(0)
        send(answers, msgspec.structs.replace(given, held=held()[1]))


if __name__ == "__main__":
    main()
