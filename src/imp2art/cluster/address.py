"""The address of an engine: a Spark Connect server, or Spark on this machine."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from imp2art.core.refusal import Refusal

_LOCAL = re.compile(r"local\[([0-9]+|\*)(,[0-9]+)?\]")
_CONNECT_PORT = 15002  # Spark Connect's own, where the URL names none


def is_local(url: str) -> bool:
    """Whether Spark is to run on this machine."""
    return _LOCAL.fullmatch(url) is not None


def place_of(url: str) -> str:
    """The address as people may see it: without the token that a URL can hold.

    Raises `Refusal` for what is neither `sc://host:port` nor `local[2]`.
    """
    if is_local(url):
        return url
    host, port = _host_and_port(url)
    return f"sc://{host}:{port}"


def _host_and_port(url: str) -> tuple[str, int]:
    try:
        parts = urlsplit(url)
        scheme, host, port = parts.scheme, parts.hostname, parts.port or _CONNECT_PORT
    except ValueError:  # a port that is no number
        scheme, host, port = "", None, 0
    if scheme != "sc" or not host:
        raise Refusal(
            "The address of an engine is sc://host:port for a Spark Connect server, or local[2] for Spark on "
            "this machine with two workers."
        )
    return host, port
