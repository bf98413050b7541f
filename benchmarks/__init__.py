"""Quality and speed, measured against answer keys, public gold and peers."""
