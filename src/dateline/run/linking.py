"""A ledger linked: copies kept up with what is new, everything that rests on them derived anew."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import dateline
from dateline.knowledge.handle import Knowledge
from dateline.model.links import Change, Copy, Links
from dateline.model.records import AnnotatedReport
from dateline.model.vocab import Table
from dateline.store.base import Store
from dateline.store.rows import RECORDS

if TYPE_CHECKING:
    from dateline.matching.paraphrase import Verifier

_COMPARED = (Table.PASSAGES, Table.STATEMENTS)
"""What of a report is looked at when copies are looked for."""
_LINKED = frozenset(RECORDS) - {Table.DOUBTS}
"""What of a report linking looks at."""
_WRITTEN = 500
"""Pairs of reports whose copies are written together."""


def relink(store: Store, knowledge: Knowledge, verifier: "Verifier | None" = None) -> Links:
    """Derive the links of all reports and put them in place of the old ones.

    Only reports that came since are searched for copies, unless Dateline, its knowledge, the verifier or what was read
    has changed.
    The copies are written first, with what rested on copies that are gone taken out; nobody who writes has to wait
    while the rest is derived. A linking that breaks there leaves the rest as it was.
    """
    from dateline.link.copies import in_order
    from dateline.link.linker import link_rest

    find_copies(store, knowledge, verifier)
    copies, changes = in_order(store.records(Copy), store.records(Change))
    links = link_rest(list(store.every_annotated(_LINKED)), copies, changes, knowledge)
    store.replace_links(links, but=(Table.COPIES, Table.CHANGES))
    return links


def find_copies(store: Store, knowledge: Knowledge, verifier: "Verifier | None" = None) -> int:
    """Look for the copies of reports that came since the last time, and write them; how many reports that were."""
    from dateline.link.copies import VERSION, Grower
    from dateline.link.linker import no_collection

    maker = f"{dateline.__version__}/{VERSION}/{knowledge.digest}"
    if verifier:
        maker += f"/{verifier.name}"
    with store.transaction(), no_collection():
        if store.linked_with() != maker:
            store.begin_links(maker)

        def compared(id: str) -> AnnotatedReport:
            return store.annotated(id, _COMPARED)

        index = store.words()
        new = index.missing()
        pairs: list[tuple[str, str]] = []
        copies: list[Copy] = []
        changes: list[Change] = []

        def write() -> None:
            store.replace_copies(pairs, copies, changes)
            for held in (pairs, copies, changes):
                held.clear()

        def copied(reports: Sequence[str]) -> set[tuple[str, str]]:
            write()
            return store.copied(reports)

        for pair, (found, changed) in Grower(index, compared, knowledge, verifier).grow(new, copied):
            pairs.append(pair)
            copies += found
            changes += changed
            if len(pairs) >= _WRITTEN:
                write()
        write()
    return len(new)
