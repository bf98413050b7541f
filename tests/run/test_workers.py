import os
import signal
import time
from collections.abc import Iterator

import pytest

from dateline.errors import DatelineError, InputError
from dateline.run.workers import Bounds, Workers

HERE = "tests.run.test_workers"


def echo(argument: bytes) -> bytes:
    return argument


def number(argument: bytes) -> bytes:
    return str(os.getpid()).encode()


def loop(argument: bytes) -> bytes:
    while True:
        pass


def eat(argument: bytes) -> bytes:
    held = [bytes(10_000_000) + bytes([n % 256]) * 10_000_000 for n in range(200)]
    return str(len(held)).encode()


def crash(argument: bytes) -> bytes:
    os.kill(os.getpid(), signal.SIGSEGV)
    return b""


def leave(argument: bytes) -> bytes:
    os._exit(3)


def refuse(argument: bytes) -> bytes:
    raise InputError("the text is empty")


def stumble(argument: bytes) -> bytes:
    raise KeyError("a\nb")


def chatter(argument: bytes) -> bytes:
    print("some library says hello")
    os.write(1, b"in its own way, too\n")
    return argument


def nest(argument: bytes) -> bytes:
    return nest(argument)


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers([], 1, Bounds(seconds=1.0, memory=300_000_000)) as workers:
        yield workers


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("loop", "took over 1 s"),
        ("eat", "needed over 300 MB"),
        ("crash", "the process ended with SIGSEGV"),
        ("leave", "the process ended with exit code 3"),
        ("refuse", "the text is empty"),
        ("stumble", "it broke the reader: KeyError"),
        ("nest", "nested too deeply"),
    ],
)
def test_what_goes_wrong_costs_that_input(workers: Workers, what: str, words: str) -> None:
    with pytest.raises(InputError) as raised:
        workers.call(f"{HERE}:{what}", b"x")
    assert words in str(raised.value)
    assert "\n" not in str(raised.value)
    assert workers.call(f"{HERE}:echo", b"good") == b"good"


def test_what_is_printed_is_no_answer(workers: Workers) -> None:
    assert workers.call(f"{HERE}:chatter", b"good") == b"good"


def test_large_arguments_and_answers(workers: Workers) -> None:
    data = os.urandom(5_000_000)
    assert workers.call(f"{HERE}:echo", data) == data


@pytest.mark.parametrize("count", [1, 3])
def test_the_order_is_that_of_the_inputs(count: int) -> None:
    def run(item: int) -> bytes:
        if item % 3 == 0:
            time.sleep(0.01)
        return workers.call(f"{HERE}:echo", str(item).encode())

    with Workers([], count) as workers:
        assert list(workers.map(run, range(40))) == [str(n).encode() for n in range(40)]


def test_no_process_is_started_before_it_is_needed() -> None:
    with Workers([f"{HERE}:echo"], 2) as workers:
        assert workers._all == []
        assert list(workers.map(lambda item: item, [1, 2, 3])) == [1, 2, 3]
        assert workers._all == []


def test_a_process_is_used_again_and_replaced_after_a_while() -> None:
    with Workers([], 1, Bounds(inputs=3)) as workers:
        numbers = [workers.call(f"{HERE}:number", b"") for _ in range(6)]
    assert numbers[0] == numbers[2] != numbers[3] == numbers[5]


def test_no_more_is_held_than_is_worked_on() -> None:
    taken = 0

    def items() -> Iterator[int]:
        nonlocal taken
        for n in range(50):
            taken += 1
            yield n

    with Workers([], 2) as workers:
        for done, _ in enumerate(workers.map(lambda item: item, items()), 1):
            assert taken - done <= 4


def test_a_process_that_cannot_start_says_why() -> None:
    with Workers([f"{HERE}:no_such_function"], 1) as workers, pytest.raises(DatelineError, match="no_such_function"):
        workers.call(f"{HERE}:echo", b"")


def test_closing_ends_what_is_still_at_work() -> None:
    start = time.monotonic()
    with Workers([], 1, Bounds(seconds=60)) as workers:
        running = workers.map(lambda item: workers.call(f"{HERE}:loop", b""), range(2))
        workers._threads.submit(next, running, None)
        time.sleep(0.5)
    assert time.monotonic() - start < 10
    assert all(process._process.returncode is not None for process in workers._all)
