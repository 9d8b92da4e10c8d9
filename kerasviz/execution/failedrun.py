"""The end of a run that several processes trained, said by the one that has started them."""

from __future__ import annotations

from kerasviz.protocol import KerasError, encode
from kerasviz.training.run.folder import ENDED, STATE, RunFolder


def end_failed(folder: RunFolder, error: KerasError) -> None:
    """Says in the folder of a run why it failed, unless it has ended by itself.

    Args:
        folder: Nobody else writes it any more.
        error: For people.
    """
    state = folder.read(STATE)
    if state.get("state") not in ENDED:
        folder.write(STATE, {**state, "state": "failed", "error": encode(error)})
