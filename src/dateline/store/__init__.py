"""The ledger: reports, records, links and judgements in one SQLite file."""
