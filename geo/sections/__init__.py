"""The parts of a zone's profile and of the timeline as HTML: page and report share them."""

from geo.sections.timeline import timeline_html
from geo.sections.zone import profile_html

__all__ = ["profile_html", "timeline_html"]
