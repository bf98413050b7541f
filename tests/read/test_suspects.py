import pytest

from dateline.knowledge.handle import Knowledge
from dateline.model.report import Published, Report
from dateline.model.vocab import DoubtKind
from dateline.nlp.base import Parser, Tokens
from dateline.nlp.offsets import normalise
from dateline.read.pipeline import read_report
from dateline.read.reading import Reading
from dateline.read.suspects import Suspect, suspects

DAY = "2022-09-30"


@pytest.fixture(scope="module")
def find(parser: Parser, knowledge: Knowledge):  # type: ignore[no-untyped-def]
    def run(text: str, published: str | None = DAY) -> list[Suspect]:
        day = Published.parse(published) if published else None
        annotated = read_report(Report(id="x", text=text, published=day, language="en"), parser, knowledge)
        plain = [normalise(p.evidence.quote) for p in annotated.passages]
        parses = parser.parse([p.text for p in plain])
        tokens = tuple(
            Tokens(parse, normal, p.evidence.span.start)
            for parse, normal, p in zip(parses, plain, annotated.passages, strict=True)
        )
        return suspects(Reading(annotated, tokens, knowledge))

    return run


@pytest.mark.parametrize(
    ("text", "kind", "suggestion"),
    [
        ("Polish Prime Minister Mateusz Morawski spoke.", DoubtKind.GARBLED_NAME, "Mateusz Morawiecki"),
        ("Ukraine's Dmytro Kulebo spoke to reporters.", DoubtKind.GARBLED_NAME, "Dmytro Kuleba"),
        ("Sanna, the prime minister of Finland, spoke.", DoubtKind.MISSING_NAME, "Sanna Marin"),
        ("The late president Petro Poroshenko spoke.", DoubtKind.ROLE_CONFLICT, "former"),
        ("British Prime Minister Boris Johnson spoke.", DoubtKind.ROLE_CONFLICT, "former British Prime Minister"),
        ("Ukraine's Vladislav Saldo spoke.", DoubtKind.GARBLED_NAME, "Volodymyr Saldo"),
        ("Vladimir Rogoff spoke in Ukraine.", DoubtKind.GARBLED_NAME, "Vladimir Rogov"),
        ("French President Mario Draghi spoke.", DoubtKind.ROLE_CONFLICT, None),
        ("Kaja Kallas spoke in Estonia.\n\nHe said that the vote was void.", DoubtKind.SEX_CONFLICT, "she"),
    ],
)
def test_what_looks_wrong_is_suspected(find, text: str, kind: DoubtKind, suggestion: str) -> None:  # type: ignore[no-untyped-def]
    found = find(text)
    assert [(s.kind, s.suggestion) for s in found] == [(kind, suggestion)], found
    assert found[0].because


@pytest.mark.parametrize(
    "text",
    [
        "Polish Prime Minister Mateusz Morawiecki spoke.",
        "Former British Prime Minister Boris Johnson spoke.",
        "Mateusz Wolny, a farmer, spoke to reporters in Poland.",
        "The late Queen Elizabeth II was honoured.",
        "Finnish Foreign Minister Mara Venn spoke.",
        "Kaja Kallas spoke in Estonia. She said that the vote was void.",
        "Kaja Kallas met Emmanuel Macron.\n\nHe said that the vote was void.",
        "Mara, a teacher, spoke to reporters.",
        "Hillary Rodham Clinton spoke in the United States.",
        "U.S. Attorney General Loretta E. Lynch spoke.",
        "Josh Bivens spoke in the United States.",
        "Mr. Xi met Mr. Lou in China.",
        "John Kelly, a farmer, spoke in the United States.",
        "Richard Perry, a banker, spoke in the United States.",
        "Boris Johnson was prime minister then.",
        "A rival beat Kaja Kallas in Estonia.\n\nHe said that the vote was fair.",
    ],
)
def test_what_is_right_is_not_suspected(find, text: str) -> None:  # type: ignore[no-untyped-def]
    assert find(text) == []


def test_without_a_date_no_role_is_in_conflict(find) -> None:  # type: ignore[no-untyped-def]
    assert find("British Prime Minister Boris Johnson spoke.", None) == []
