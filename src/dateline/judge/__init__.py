"""What people decide about rows: appended to the ledger, never changed."""
