"""The parts of a zone's profile and of the timeline as HTML: page and report share them."""

from geo.sections.coverage import coverage_html
from geo.sections.timeline import timeline_html
from geo.sections.zone import profile_html

__all__ = ["coverage_html", "profile_html", "timeline_html"]
