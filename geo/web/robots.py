"""What a host asks of robots (RFC 9309)."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from urllib.robotparser import RobotFileParser

from geo.errors import FourzonesError
from geo.web.address import shown

LARGEST = 500_000
"""Bytes of a robots.txt that are read; what follows is not."""

KEPT = 24 * 3600
AGAIN = 600
"""Seconds that a robots.txt counts, and that a missing answer does."""


@dataclass(slots=True)
class Rules:
    """The rules of one host, or why there are none."""

    parser: RobotFileParser | None = None
    fault: str = ""
    since: float = field(default_factory=time.monotonic)

    @classmethod
    def of(cls, status: int, data: bytes) -> Rules:
        """Return the rules that an answer gives: 4xx allows all, another failure nothing.

        Examples
        --------
        >>> Rules.of(404, b"").check("https://example.org/a")
        >>> Rules.of(200, b"User-agent: *\\nDisallow: /a").check("https://example.org/a")
        Traceback (most recent call last):
        ...
        geo.errors.FourzonesError: refused by robots.txt: https://example.org/a
        """
        parser = RobotFileParser()
        if 400 <= status < 500:
            parser.parse([])
        elif 200 <= status < 300:
            parser.parse(data.decode("utf-8", "replace").lstrip("\ufeff").splitlines())
        else:
            return cls(fault=f"robots.txt answered {status}")
        return cls(parser)

    @classmethod
    def unreachable(cls, fault: str) -> Rules:
        """Return the rules of a host whose robots.txt could not be read: nothing is allowed."""
        return cls(fault=fault)

    @property
    def stale(self) -> bool:
        """Whether it is time to ask again."""
        return time.monotonic() - self.since > (KEPT if self.parser else AGAIN)

    def check(self, url: str) -> None:
        """Let an address pass.

        Raises
        ------
        FourzonesError
            If robots are asked to stay away from it, or it is not known whether they are.
        """
        if self.parser is None:
            raise FourzonesError(
                "cannot fetch", where=shown(url), expected="a robots.txt or its absence (404)",
                got=self.fault,
            )  # fmt: skip
        if not self.parser.can_fetch("Fourzones", url):
            raise FourzonesError("refused by robots.txt", where=shown(url))
