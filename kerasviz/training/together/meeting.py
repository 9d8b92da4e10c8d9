"""How the processes that train together find each other."""

from __future__ import annotations

import json
import socket
import threading
import time
from contextlib import closing, suppress
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, Listener

from kerasviz.backend.batchshare import Share
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text

PATIENCE = 120.0
"""Seconds in which all workers have to begin."""
LOOK = 0.1


def free_address(host: str) -> str:
    """An address of this machine that nobody uses, `host:port`.

    Args:
        host: By which other workers reach this machine.
    """
    with closing(socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)) as found:
        found.bind((host, 0))
        return f"{host}:{found.getsockname()[1]}"


def meet(share: Share, address: str, key: bytes) -> list[Connection]:
    """Connects the workers, and returns the lines to the others once all are there.

    Args:
        share: Which of them this is.
        address: Of the first one, as `free_address` gives it.
        key: A secret of theirs: nobody else is answered.

    Raises:
        RequestError: With code `place`, where they do not come.
    """
    host, _, port = address.rpartition(":")
    if share.rank == 0:
        with Listener((host, int(port)), backlog=share.count, authkey=key) as listener:
            return _accepted(listener, share.count - 1)
    deadline = time.monotonic() + PATIENCE
    while True:
        with suppress(OSError, EOFError, AuthenticationError):
            return [_named(Client((host, int(port)), authkey=key), share.rank)]
        if time.monotonic() > deadline:
            raise _missed(share.count)
        time.sleep(LOOK)


def _accepted(listener: Listener, count: int) -> list[Connection]:
    """The lines to the others, in the order of their numbers."""
    found: dict[int, Connection] = {}

    def accept() -> None:
        while len(found) < count:
            with suppress(OSError, EOFError, AuthenticationError):  # also of one that nobody has invited
                line = listener.accept()
                found[json.loads(line.recv_bytes())] = line

    accepting = threading.Thread(target=accept, name="kerasviz-workers", daemon=True)
    accepting.start()
    accepting.join(PATIENCE)
    if len(found) < count:
        raise _missed(count + 1)
    return [found[rank] for rank in sorted(found)]


def _named(line: Connection, rank: int) -> Connection:
    line.send_bytes(json.dumps(rank).encode())
    return line


def _missed(count: int) -> RequestError:
    return RequestError(
        "place",
        text(
            "The {count} workers did not find each other within {seconds} seconds. Look whether a firewall "
            "is between their machines.",
            count=count,
            seconds=round(PATIENCE),
        ),
    )
