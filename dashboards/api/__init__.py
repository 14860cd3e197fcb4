"""The read API: the same questions as the pages, with the same rights, for programs."""
