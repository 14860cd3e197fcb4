"""The forms of a table: each writes what a panel says as bytes, the same bytes for the same question."""
