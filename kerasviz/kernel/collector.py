"""Python's garbage collector, which stops a kernel with TensorFlow for a quarter of a second."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from IPython.core.getipython import get_ipython


def keep_imported() -> None:
    """Spares the collector what was imported: it looks through a tenth of the objects from then on, in 15 ms.

    Only where no cell has run yet: what is there now, and is part of a cycle, is never freed.
    """
    shell = get_ipython()
    if shell is not None and shell.user_ns.keys() <= shell.user_ns_hidden.keys():
        gc.freeze()


@contextmanager
def uncollected() -> Iterator[None]:
    """Puts collections off, which come at the end where they are due: nobody waits for an answer then.

    Where the user has turned the collector off, it stays off.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
