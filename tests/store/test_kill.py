"""A writer killed at any moment leaves whole reports only."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dateline.store.sqlite import open_store
from tests.store.examples import SETUP, TEXT, example

ROOT = Path(__file__).resolve().parents[2]
WRITER = """
import sys
from pathlib import Path
from dateline.store.sqlite import open_store
from tests.store.examples import SETUP, example, links_of
with open_store(Path(sys.argv[1]), create_new=True) as store:
    start = len(store.report_ids())
    print("ready", flush=True)
    for batch in range(start, start + 100000, 8):
        reports = [example(f"r{n:06}") for n in range(batch, batch + 8)]
        store.add(reports, SETUP)
        store.replace_links(links_of(*reports))
"""


@pytest.mark.parametrize("seed", range(4))
def test_a_killed_writer_leaves_whole_reports(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "l.db"
    rng = random.Random(seed)
    before = 0
    for _ in range(2):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        time.sleep(rng.uniform(0.02, 0.5))
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        with open_store(path) as store:
            ids = store.report_ids()
            assert len(ids) % 8 == 0
            assert len(ids) >= before
            assert all(store.annotated(id) == example(id) for id in rng.sample(ids, min(10, len(ids))))
            assert list(store.verify()) == []
            links = store.links()
            assert not ids or all(len(i.events) == 8 for i in links.incidents)
            assert len(list(store.search("blamed"))) == len(ids)
            before = len(ids)
    assert before > 0
    with open_store(path) as store:
        assert store.add([example("last", TEXT)], SETUP)[0].report == "last"
