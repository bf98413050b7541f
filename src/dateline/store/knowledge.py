"""Imported knowledge, kept in tables of its own: it is no part of what the reports say and is not exported."""

from collections.abc import Iterable

import msgspec

from dateline.store.base import KnowledgeFile
from dateline.store.writer import SqliteWriter

_COLUMNS = KnowledgeFile.__struct_fields__
_INSERT = f"INSERT INTO knowledge_files ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"


class SqliteKnowledge(SqliteWriter):
    """See ``store.base.KnowledgeStore``."""

    def knowledge_files(self) -> list[KnowledgeFile]:
        """The imported files, in the order in which they were imported."""
        rows = self._connection.execute(f"SELECT {', '.join(_COLUMNS)} FROM knowledge_files ORDER BY key")
        return [KnowledgeFile(**dict(zip(_COLUMNS, row, strict=True))) for row in rows]

    def imported_actors(self) -> list[str]:
        """The actors of all imported files, file by file."""
        return [actor for (actor,) in self._connection.execute("SELECT actor FROM knowledge_actors ORDER BY file, key")]

    def import_knowledge(self, file: KnowledgeFile, actors: Iterable[str]) -> None:
        """Keep the actors of a file in place of those of an earlier file of that name."""
        with self.transaction():
            self.forget_knowledge(file.name)
            key = self._connection.execute(_INSERT, msgspec.structs.astuple(file)).lastrowid
            insert = "INSERT INTO knowledge_actors (file, actor) VALUES (?, ?)"
            self._connection.executemany(insert, ((key, actor) for actor in actors))

    def forget_knowledge(self, name: str) -> bool:
        """Let go of a file's actors; whether there was such a file."""
        with self.transaction():
            return self._connection.execute("DELETE FROM knowledge_files WHERE name = ?", (name,)).rowcount > 0
