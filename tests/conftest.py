import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from dateline.knowledge.handle import Knowledge
from dateline.nlp.base import Parser
from tests.support.reader import gold_parser

os.environ.setdefault("OMP_NUM_THREADS", "1")

settings.register_profile("dateline", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("dateline")


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return Knowledge()


@pytest.fixture(scope="session")
def parser(knowledge: Knowledge) -> Parser:
    return gold_parser(knowledge)


@pytest.fixture(scope="session")
def shared() -> Path:
    from benchmarks.common import shared

    folder = shared()
    if folder is None:
        pytest.skip("no shared gold beside the checkout")
    return folder
