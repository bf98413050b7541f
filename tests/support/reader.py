"""The parser that the gold is held to: the better model where it is installed, by name."""

from functools import lru_cache

from dateline.api import make_parser
from dateline.knowledge.handle import Knowledge
from dateline.nlp.base import Parser

MODEL = "en_core_web_md"


@lru_cache(maxsize=1)
def gold_parser(knowledge: Knowledge) -> Parser:
    return make_parser(MODEL, knowledge)
