"""How figures are shown: pages, panels, charts, words."""
