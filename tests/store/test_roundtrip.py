from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.model.links import Links
from dateline.model.records import AnnotatedReport
from dateline.store.sqlite import open_store
from tests.store.examples import SETUP
from tests.store.strategies import annotated_reports, any_links


@settings(max_examples=40)
@given(st.lists(annotated_reports(), max_size=3, unique_by=lambda a: a.report.id))
def test_any_report_comes_back_as_it_went_in(reports: list[AnnotatedReport]) -> None:
    with TemporaryDirectory() as folder, open_store(Path(folder) / "l.db", create_new=True) as store:
        store.add(reports, SETUP)
        assert list(store.every_annotated()) == sorted(reports, key=lambda a: a.report.id)
        assert list(store.verify()) == []
        before = store.counts()
        store.add(reports, SETUP)
        assert store.counts() == before


@settings(max_examples=30)
@given(any_links())
def test_any_links_come_back_as_they_went_in(links: Links) -> None:
    with TemporaryDirectory() as folder, open_store(Path(folder) / "l.db", create_new=True) as store:
        store.replace_links(links)
        store.replace_links(links)
        assert store.links() == links
