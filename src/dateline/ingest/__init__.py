"""Bytes in, reports out. One input that cannot be taken costs that input only."""
