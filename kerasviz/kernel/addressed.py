"""A page's message goes to the thread of the kernel that the page sent it to."""

from __future__ import annotations

from functools import partial
from typing import Any


def keep_addressed(comm: Any) -> None:
    """Has the messages of a comm handled on the thread that a page names, whatever thread sends on it.

    JupyterLab sends its messages to a thread of their own, which hears `stop` while a cell's `fit` runs.
    ipykernel 7.4 would hand them to the thread that used the comm last, here often that of the cell
    (`ipykernel.comm.BaseComm._reply_subshell_for`, whose place this takes).
    """
    comm._reply_subshell_for = partial(_addressed, comm)


def _addressed(comm: Any, data: object, subshell: str | None) -> str | None:
    """Says which thread takes a message: the one that the page sent it to.

    Returns:
        None, the main thread, where the page names one that is gone: somebody else restarted the kernel.
    """
    return subshell if subshell in comm.kernel.shell_channel_thread.manager.list_subshell() else None
