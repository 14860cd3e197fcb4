"""How figures get in: source, fetch, keep, parse, check, load."""
