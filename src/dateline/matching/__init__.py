"""Pure comparison of two things: names, passages, and what changed between them."""
