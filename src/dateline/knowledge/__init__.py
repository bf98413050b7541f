"""Loads and validates the data files."""
