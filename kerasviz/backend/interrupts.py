"""An interrupt of the kernel among all that code of anybody's class may raise."""

from __future__ import annotations


def pass_interrupt(error: BaseException) -> None:
    """Raises an interrupt again, for code that takes anything else as the fault of somebody's code.

    What a person interrupts ends; it is no property of the data that was looked at, so nothing is remembered
    of it. The threads of a kernel go on with their next job, and the request is refused as interrupted.

    Args:
        error: What was raised, to be called while it is handled.

    Raises:
        KeyboardInterrupt: Where it is one.
    """
    if isinstance(error, KeyboardInterrupt):
        raise error
