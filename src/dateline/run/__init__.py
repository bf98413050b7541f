"""How stages are mapped over many reports."""
