"""Panels that pages are put together from: pure functions and Panel values, one module for each topic of a page."""
