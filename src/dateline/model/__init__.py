"""What a report, a record and a link are."""
