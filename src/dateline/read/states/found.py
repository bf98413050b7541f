"""A state as the tokens of one passage tell it."""

from msgspec import Struct

from dateline.model.vocab import Polarity, Relation, Status
from dateline.nlp.base import Tokens


class Found(Struct, frozen=True):
    """A relation between two token ranges, and the token that carries it."""

    tokens: Tokens
    relation: Relation
    subject: tuple[int, int]
    object: tuple[int, int]
    anchor: int
    status: Status
    polarity: Polarity
    because: str
