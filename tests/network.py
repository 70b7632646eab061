"""No test reaches beyond this machine: a connection to any other address fails at once."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator
from contextlib import contextmanager


class NetworkBlocked(RuntimeError):  # noqa: N818 - it says what happened
    """A test tried to leave this machine."""


@contextmanager
def only_this_machine() -> Iterator[None]:
    """Inside, sockets of this process connect and send to loopback and to local files only."""
    guarded = {name: getattr(socket.socket, name) for name in ("connect", "connect_ex", "sendto")}
    look_up = socket.getaddrinfo
    for name, original in guarded.items():
        setattr(socket.socket, name, _guard(original))
    socket.getaddrinfo = _guard_look_up(look_up)
    try:
        yield
    finally:
        for name, original in guarded.items():
            setattr(socket.socket, name, original)
        socket.getaddrinfo = look_up


def _guard(original):
    def guarded(self, *arguments):
        if self.family in (socket.AF_INET, socket.AF_INET6):
            _check(arguments[-1][0])  # the address is the last argument of all three
        return original(self, *arguments)

    return guarded


def _guard_look_up(original):
    def guarded(host, *arguments, **options):
        _check(host)
        return original(host, *arguments, **options)

    return guarded


def _check(host: object) -> None:
    name = host.decode() if isinstance(host, bytes) else host
    if name not in (None, "", "localhost") and not _is_loopback(str(name)):
        raise NetworkBlocked("a test tried to reach another machine")


def _is_loopback(name: str) -> bool:
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified
