"""What of a sample counts for an answer, as code: a module with a `write` for each method of `insight/why`.

`write` takes the arguments of the method, with the keywords `about`, what is explained, and `script`. It
leaves the weights of each place in the list `weights`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

from kerasviz.insight.pictures.weighing import (
    by_channels,
    by_covering,
    by_gradient,
    by_path,
    by_shuffling,
    by_words,
)

WRITERS: Mapping[str, ModuleType] = {
    "token_weights": by_words,
    "grad_cam": by_channels,
    "saliency": by_gradient,
    "integrated_gradients": by_path,
    "occlusion": by_covering,
    "permutation": by_shuffling,
}
"""By the name of the method."""
