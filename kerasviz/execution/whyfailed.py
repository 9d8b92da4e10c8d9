"""Why a run failed, with the advice that the page shows on the card."""

from __future__ import annotations

from kerasviz.protocol import KerasError
from kerasviz.training.failure import failure
from kerasviz.training.plan import Plan


def explained(plan: Plan, raised: BaseException) -> KerasError:
    """Tells an exception of a run as the page tells the same mistake of the drawing, where it is one."""
    error = failure(raised)
    if error["code"] == "import":  # maybe of Keras itself
        return error
    from kerasviz.analysis.advice import advised

    return advised(plan.document, error)
