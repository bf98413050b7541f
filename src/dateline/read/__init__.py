"""One report at a time: passages, then everything that the extractors find in them. Pure."""
