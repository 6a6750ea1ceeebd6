"""Which zones a text mentions, and on which words: ``link(text) -> mentions``."""

from geo.linking.evidence import annotation
from geo.linking.linker import Decision, Linker, default_linker, explain, link

__all__ = ["Decision", "Linker", "annotation", "default_linker", "explain", "link"]
