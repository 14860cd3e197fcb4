"""Saved views, tried as a person uses them."""
