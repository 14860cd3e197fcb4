"""Briefings: panels in an order, frozen at a moment, presented full screen or handed out."""

from dashboards.briefings.found import briefing
from dashboards.briefings.making import slides
from dashboards.briefings.values import Briefing, Choice, Line, Slide

__all__ = ["Briefing", "Choice", "Line", "Slide", "briefing", "slides"]
