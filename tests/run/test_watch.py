import time
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event, Thread

from dateline.run.watch import settled_files


class Watch:
    """A watch in a thread of its own."""

    def __init__(self, folder: Path) -> None:
        self.stop = Event()
        self.groups: list[Sequence[Path]] = []
        self.thread = Thread(target=self._run, args=(folder,))
        self.thread.start()

    def _run(self, folder: Path) -> None:
        self.groups.extend(settled_files(folder, self.stop, 0.2))

    def names(self) -> list[str]:
        return [path.name for group in self.groups for path in group]


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 8
    while not true() and time.monotonic() < end:
        time.sleep(0.02)
    assert true()


def test_files_are_taken_when_they_are_complete(tmp_path: Path) -> None:
    (tmp_path / "there.txt").write_text("The river rose.", encoding="utf-8")
    (tmp_path / ".hidden").write_text("x", encoding="utf-8")
    watch = Watch(tmp_path)
    groups: list[Sequence[Path]] = watch.groups
    try:
        time.sleep(0.1)
        with (tmp_path / "slow.html").open("w", encoding="utf-8") as file:
            for _ in range(8):
                file.write("<p>It rained.</p>")
                file.flush()
                time.sleep(0.1)
                assert "slow.html" not in [path.name for group in groups for path in group]
        (tmp_path / "half.html.part").write_text("x", encoding="utf-8")
        (tmp_path / "sub").mkdir()
        (tmp_path / "sub" / "deep.txt").write_text("It fell.", encoding="utf-8")
        until(lambda: len(watch.names()) >= 1)
    finally:
        time.sleep(0.8)
        watch.stop.set()
        watch.thread.join(5)
    assert not watch.thread.is_alive()
    assert sorted(watch.names()) == ["deep.txt", "slow.html", "there.txt"]
