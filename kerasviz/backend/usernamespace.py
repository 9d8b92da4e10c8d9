"""The variables of the cells that ran in this kernel."""

from __future__ import annotations

from typing import Any


def user_namespace() -> dict[str, Any]:
    """The user's variables; an empty dict outside of IPython."""
    from IPython.core.getipython import get_ipython

    shell = get_ipython()
    return {} if shell is None else shell.user_ns
