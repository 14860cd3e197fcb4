"""What the pages of the sources offer beside reading: a payload from the archive, a run now."""
