import pytest

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.events import event_frames
from dateline.nlp.base import Parser, Tokens
from dateline.nlp.offsets import normalise
from dateline.read.events.fiction import made_up


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("A television series about the bombing of Tessaly opened.", "bombing", True),
        ("The film tells of an attack on Tessaly.", "attack", True),
        ("The play depicts the bombing of Tessaly.", "bombing", True),
        ("In the novel, Arden invades Tessaly.", "invades", True),
        ("Soldiers held an exercise in which rebels attack the port.", "attack", True),
        ("A series of raids in which rebels attacked the port shook Tessaly.", "attacked", False),
        ("The film of the attack shows soldiers shooting villagers.", "shooting", False),
        ("Two soldiers were killed in an exercise in Tessaly.", "killed", False),
        ("Rebels attacked the crew of a film about the war.", "attacked", False),
    ],
)
def test_what_is_told_as_fiction(parser: Parser, knowledge: Knowledge, text: str, word: str, expected: bool) -> None:
    normal = normalise(text)
    tokens = Tokens(parser.parse([normal.text])[0], normal, 0)
    assert made_up(tokens, tokens.words.index(word), event_frames(knowledge).lists) is expected
