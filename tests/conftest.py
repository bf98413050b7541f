import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from dateline.knowledge.handle import Knowledge
from dateline.nlp.base import Parser
from tests.support.reader import gold_parser
from tests.support.server import Site, serve

os.environ.setdefault("OMP_NUM_THREADS", "1")

settings.register_profile("dateline", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("dateline")


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return Knowledge()


@pytest.fixture(scope="session")
def parser(knowledge: Knowledge) -> Parser:
    return gold_parser(knowledge)


@pytest.fixture(scope="module")
def served() -> Iterator[Site]:
    with serve() as site:
        yield site


@pytest.fixture
def site(served: Site) -> Site:
    """A site on loopback that has nothing yet and was asked nothing."""
    served.replies.clear()
    served.asked.clear()
    return served


@pytest.fixture(scope="session")
def shared() -> Path:
    from benchmarks.common import shared

    folder = shared()
    if folder is None:
        pytest.skip("no shared gold beside the checkout")
    return folder
