"""What a look tells where nothing is known."""

from kerasviz.protocol.preview import Proposed

NOTHING_PROPOSED = Proposed(
    columns=None,
    preparation=None,
    split=None,
    loss=None,
    metrics=None,
    data=None,
    class_weight=None,
    reasons=[],
)
