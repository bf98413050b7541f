from pathlib import Path

import pytest

from dateline.errors import KnowledgeError
from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.events import EventFrame, event_frames
from dateline.knowledge.load import DATA
from dateline.knowledge.ontology import load_crosswalk, load_ontology, plover_of_cameo
from dateline.model.vocab import Polarity, Status

TYPES = {
    *("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST"),
    *("ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
}


def test_the_sixteen_types_with_version_and_references(knowledge: Knowledge) -> None:
    ontology = knowledge.ontology
    assert set(ontology.by_id) == TYPES
    assert ontology.version == "0.7b1"
    assert ontology.references


def test_the_sign_of_the_scale_follows_the_quad_class(knowledge: Knowledge) -> None:
    for kind in knowledge.ontology.types:
        assert (kind.scale > 0) == kind.quad.endswith("cooperation"), kind.id


def test_every_frame_uses_a_type_and_mode_of_the_ontology_and_every_type_has_frames(knowledge: Knowledge) -> None:
    event_frames(knowledge)
    assert {entry.type for entry in knowledge.lexicon(EventFrame)} == TYPES


@pytest.mark.parametrize(
    ("type_", "mode", "contexts"),
    [("FROLIC", None, ()), ("ASSAULT", "frolic", ()), ("ASSAULT", None, ("frolic",))],
)
def test_what_is_not_in_the_ontology_is_an_error(
    knowledge: Knowledge, type_: str, mode: str | None, contexts: tuple[str, ...]
) -> None:
    with pytest.raises(KnowledgeError, match=r"frolic|FROLIC"):
        knowledge.ontology.check("here", type_, mode, contexts)


def test_an_unknown_key_is_an_error(tmp_path: Path) -> None:
    text = (DATA / "ontology" / "plover.yaml").read_text(encoding="utf-8")
    (tmp_path / "plover.yaml").write_text(text + "\nfrolic: true\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="frolic"):
        load_ontology(tmp_path)


def test_a_type_that_points_nowhere_is_an_error(tmp_path: Path) -> None:
    text = (DATA / "ontology" / "plover.yaml").read_text(encoding="utf-8")
    (tmp_path / "plover.yaml").write_text(text.replace("refused: REJECT", "refused: FROLIC", 1), encoding="utf-8")
    with pytest.raises(KnowledgeError, match="FROLIC"):
        load_ontology(tmp_path)


def test_the_contexts_of_the_manual_are_37(knowledge: Knowledge) -> None:
    contexts = knowledge.ontology.contexts
    assert sum(not one.ours for one in contexts) == 37
    assert [one.id for one in contexts if one.ours] == ["territory"]


@pytest.mark.parametrize(
    ("status", "polarity", "special"),
    [
        (Status.BACKGROUND, Polarity.AFFIRMED, ("historical",)),
        (Status.PLANNED, Polarity.AFFIRMED, ("future",)),
        (Status.POSSIBLE, Polarity.DENIED, ("hypothetical", "negation")),
        (Status.OCCURRED, Polarity.NEGATED, ("negation",)),
        (Status.OCCURRED, Polarity.AFFIRMED, ()),
    ],
)
def test_status_and_polarity_say_the_special_contexts(
    knowledge: Knowledge, status: Status, polarity: Polarity, special: tuple[str, ...]
) -> None:
    assert knowledge.ontology.special(status, polarity) == special


@pytest.mark.parametrize("context", ["historical", "future", "hypothetical", "negation"])
def test_no_event_lists_a_special_context(knowledge: Knowledge, context: str) -> None:
    with pytest.raises(KnowledgeError, match=context):
        knowledge.ontology.check("here", "AID", None, (context,))


@pytest.mark.parametrize(
    ("code", "type_", "mode"),
    [
        ("03", "AGREE", None),
        ("041", "CONSULT", "phone"),
        ("1053", "REQUEST", "yield"),
        ("142", "PROTEST", "strike-hun"),
        ("1623", "SANCTION", "sever"),
        ("175", "ASSAULT", None),
        ("192", "COERCE", "confiscate"),
        ("195", "ASSAULT", "heavy-weapons"),
        ("2042", "ASSAULT", None),
    ],
)
def test_cameo_codes_have_their_type_and_mode(code: str, type_: str, mode: str | None) -> None:
    coded = plover_of_cameo(code)
    assert coded is not None
    assert (coded.type, coded.mode) == (type_, mode)


def test_every_root_of_cameo_is_coded_or_dropped(knowledge: Knowledge) -> None:
    crosswalk = load_crosswalk(DATA / "ontology", knowledge.ontology)
    assert {f"{root:02}" for root in range(1, 21)} == {code[:2] for code in crosswalk.by_code} | crosswalk.dropped
    assert {coded.type for coded in crosswalk.by_code.values()} == TYPES
    assert not {code for code in crosswalk.by_code if code[:-1] not in crosswalk.by_code and len(code) > 2}


def test_comments_and_appeals_are_not_coded() -> None:
    assert plover_of_cameo("014") is None
    assert plover_of_cameo("0256") is None


@pytest.mark.parametrize("code", ["", "21", "0", "04x", "01x", "19000", "VISIT"])
def test_what_is_no_cameo_code_is_an_error(code: str) -> None:
    with pytest.raises(KeyError):
        plover_of_cameo(code)


def test_a_cameo_code_that_stands_twice_is_an_error(tmp_path: Path, knowledge: Knowledge) -> None:
    text = (DATA / "ontology" / "cameo.yaml").read_text(encoding="utf-8")
    (tmp_path / "cameo.yaml").write_text(text + '  - {codes: ["041"], type: AID}\n', encoding="utf-8")
    with pytest.raises(KnowledgeError, match="041"):
        load_crosswalk(tmp_path, knowledge.ontology)
