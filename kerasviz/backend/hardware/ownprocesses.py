"""Which processes belong to this kernel: it and what it has started."""

from __future__ import annotations

import os

import psutil


def own_processes() -> set[int]:
    """The numbers of this process and of its descendants.

    In a container, a driver may tell numbers of the host: then our own use counts as that of others.
    """
    try:
        return {os.getpid(), *(child.pid for child in psutil.Process().children(recursive=True))}
    except psutil.Error:
        return {os.getpid()}
