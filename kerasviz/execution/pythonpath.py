"""Where another process of a run finds the modules that this one finds."""

from __future__ import annotations

import os
import sys


def python_path() -> str:
    """The variable `PYTHONPATH` of a process that is to import what this one can.

    The working folder, where modules of a notebook lie, comes last: what is in it hides no package.
    """
    own = [os.getcwd()] if "" in sys.path else []
    return os.pathsep.join([*filter(None, sys.path), *own])
