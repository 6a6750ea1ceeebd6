"""Fourzones: the four Syrian de-escalation zones and the articles that mention them."""
