"""The guard of `tests/conftest.py` bites: no test reaches another machine."""

from __future__ import annotations

import socket

import pytest

from tests.network import NetworkBlocked

ELSEWHERE = [("192.0.2.1", 80), ("8.8.8.8", 53), ("example.org", 443)]  # the first is for documentation


@pytest.mark.parametrize("address", ELSEWHERE)
def test_a_connection_to_another_machine_is_stopped(address):
    with socket.socket() as caller, pytest.raises(NetworkBlocked):
        caller.connect(address)


@pytest.mark.parametrize("address", ELSEWHERE)
def test_a_datagram_to_another_machine_is_stopped(address):
    with socket.socket(type=socket.SOCK_DGRAM) as caller, pytest.raises(NetworkBlocked):
        caller.sendto(b"hello", address)


def test_a_name_of_another_machine_is_not_looked_up():
    with pytest.raises(NetworkBlocked):
        socket.getaddrinfo("example.org", 443)


def test_this_machine_is_reached():
    with socket.create_server(("127.0.0.1", 0)) as server:
        with socket.create_connection(server.getsockname(), timeout=5) as caller:
            caller.sendall(b"hello")
            accepted, _ = server.accept()
        with accepted:
            assert accepted.recv(5) == b"hello"
