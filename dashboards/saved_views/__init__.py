"""Views of the explorer that signed-in people keep."""
