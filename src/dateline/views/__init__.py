"""Plain rows for people: the brief, the page, the exports and the terminal are all drawn from these."""
