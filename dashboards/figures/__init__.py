"""Charts: a frame and a style in, a figure out."""
