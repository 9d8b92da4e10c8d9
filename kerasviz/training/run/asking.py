"""What may be asked of a run, as messages and `control.json` have it."""

from __future__ import annotations

import math
from typing import Any

from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.text import text
from kerasviz.training.run.control import Control


def ask(control: Control, asked: JSON) -> None:
    """Asks something of a run, and returns at once.

    Args:
        control: Of the run.
        asked: `{"action": ...}` as `ControlPayload` has it.

    Raises:
        RequestError: With code `bad_request` or `unknown_request`.
    """
    if control.defers(asked):
        return
    match asked:
        case {"action": "stop"}:
            control.stop()
        case {"action": "end"}:
            control.end()
        case {"action": "pause"}:
            control.pause()
        case {"action": "resume"}:
            control.resume()
        case {"action": "one_batch"}:
            control.go_on_until("batch")
        case {"action": "one_epoch"}:
            control.go_on_until("epoch")
        case {"action": "tell", "what": str(what)}:
            control.tell(what)
        case {"action": "change", "what": str(what), "value": value} if _is_finite(value):
            control.change(what, float(value))
        case {"action": "change", "what": str(what), "value": value}:
            raise RequestError(
                "bad_request",
                text("{what} must be a number, not {value}.", what=f"{what:.80}", value=f"{value!r:.40}"),
            )
        case _:
            action = f"{asked.get('action')!r:.40}"
            raise RequestError(
                "unknown_request", text("The kernel knows no control {action}.", action=action)
            )


def _is_finite(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
