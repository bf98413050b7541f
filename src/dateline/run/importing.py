"""Knowledge from files into a ledger."""

from hashlib import sha256
from pathlib import Path

from dateline.errors import InputError, UsageError
from dateline.knowledge.handle import Knowledge
from dateline.knowledge.imported import Imported, read_file, to_json
from dateline.knowledge.positions import Positions
from dateline.model.ids import content_id
from dateline.store.base import KnowledgeFile, Store


def import_file(
    store: Store, path: Path, knowledge: Knowledge, country: str | None = None
) -> tuple[KnowledgeFile, Imported | None]:
    """Keep what a file knows in the ledger, beside what was read from it; None for a file that is there already.

    Raises InputError for a file that cannot be read or of which nothing can be taken, UsageError for a country that
    is none.
    """
    positions = Positions(knowledge)
    iso3 = positions.country(country) if country else None
    if country and iso3 is None:
        raise UsageError(f"--country: {country!r} is no known country")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from None
    digest = content_id(knowledge.digest, iso3 or "", sha256(data).hexdigest())
    known = next((file for file in store.knowledge_files() if (file.name, file.digest) == (str(path), digest)), None)
    if known is not None:
        return known, None
    imported = read_file(str(path), data, positions, iso3)
    file = KnowledgeFile(
        name=str(path),
        digest=digest,
        form=imported.form,
        actors=len(imported.actors),
        offices=imported.offices,
        refused=len(imported.refused),
    )
    if imported.actors:
        store.import_knowledge(file, to_json(imported.actors))
    return file, imported
