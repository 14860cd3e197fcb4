"""Stewards' pages: returns, their review, and the quarantine."""
