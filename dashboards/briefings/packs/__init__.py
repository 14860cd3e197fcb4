"""Packs: a briefing to take away as slides, paper or one page that needs no network; the same figures in each."""
