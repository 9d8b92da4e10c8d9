"""The variables of the cells that ran in this kernel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def user_namespace() -> dict[str, Any]:
    """The user's variables; an empty dict outside of IPython."""
    from IPython.core.getipython import get_ipython

    shell = get_ipython()
    return {} if shell is None else shell.user_ns


def shown(namespace: Mapping[str, Any]) -> dict[str, Any]:
    """The variables that a person gave a name: not those of IPython, nor numbers as keys of `globals()`."""
    return {
        name: value
        for name, value in list(namespace.items())
        if isinstance(name, str) and not name.startswith("_")
    }
