"""Text that any XML can hold."""

import re

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(run: object) -> str:
    """Return a text without the characters that XML 1.0 forbids.

    Examples
    --------
    >>> xml_text("a\\x0bb")
    'a\ufffdb'
    """
    return _FORBIDDEN.sub("\ufffd", str(run))
