"""What leaves the ledger: its tables as JSON lines, CSV and Parquet, the brief as Markdown and HTML."""
