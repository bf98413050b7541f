"""Across reports: entities, copies, incidents and all else that rests on several. Derived and rebuildable."""
