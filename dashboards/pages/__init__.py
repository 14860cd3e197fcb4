"""One page per file; each module states a PAGE."""
