"""Everything between a parser and the rest: plain tokens, offsets, the parser itself."""
