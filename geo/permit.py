"""What a visitor may do to the store from the pages: settled by settings, told by `serve`."""

from __future__ import annotations

import ipaddress
import os
from typing import Literal

Act = Literal["bring", "judge"]
SETTINGS: dict[Act, str] = {"bring": "FOURZONES_BRING", "judge": "FOURZONES_JUDGE"}


def permitted(act: Act) -> bool:
    """Say whether visitors may bring articles, or judge links: the setting is ``1``."""
    return os.environ.get(SETTINGS[act], "") == "1"


def settle(host: str) -> None:
    """Fill the settings that are unset or empty: yes on a server that only this machine reaches.

    Parameters
    ----------
    host : str
        Where the server listens.
    """
    for name in SETTINGS.values():
        os.environ[name] = os.environ.get(name) or ("1" if is_local(host) else "0")


def is_local(host: str) -> bool:
    """Say whether only this machine reaches a server that listens there.

    Examples
    --------
    >>> is_local("127.0.0.1"), is_local("localhost"), is_local("::1"), is_local("0.0.0.0")
    (True, True, True, False)
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
