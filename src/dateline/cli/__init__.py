"""The command line: a thin skin over ``dateline.api``."""
