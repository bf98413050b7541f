from hypothesis import given
from hypothesis import strategies as st

from dateline.knowledge.folding import fold


def test_scripts_meet() -> None:
    assert fold("Путин") == fold("Putin")
    assert fold("Łódź") == "lodz"
    assert fold("Erdoğan") == fold("ERDOGAN")
    assert fold("O’Neill") == fold("O'Neill") == "oneill"


@given(st.text(max_size=30))
def test_folding_again_changes_nothing(name: str) -> None:
    assert fold(fold(name)) == fold(name)
