"""A page that a browser saved whole in one file (MHTML): the page without what hangs on it."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage


def is_mhtml(data: bytes) -> bool:
    """Say whether bytes begin as such a file does.

    Examples
    --------
    >>> is_mhtml(b"From: <Saved by Blink>\\r\\nMIME-Version: 1.0\\r\\n"), is_mhtml(b"<html>")
    (True, False)
    """
    head = data[:4096].lstrip().lower()
    return head.startswith((b"from:", b"mime-version:", b"content-type: multipart")) and (
        b"mime-version:" in head or b"multipart/related" in head
    )


def page_in(data: bytes) -> tuple[bytes, str]:
    """Return the HTML of such a file, encoded as it was, and the address it was saved from."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    location = str(message.get("Snapshot-Content-Location") or "")
    for part in message.walk():
        if isinstance(part, EmailMessage) and part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            address = location or str(part.get("Content-Location") or "")
            return (content if isinstance(content, bytes) else b""), address
    return b"", location
