"""The mixed precision of a whole model, of which Keras keeps only that of its layers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import keras


def mixed_policy(model: keras.Model) -> str | None:
    """Finds the mixed precision that all layers with variables have.

    Keras keeps the policy of a model in no file, though `auto_scale_loss` looks at it.

    Returns:
        Such as `mixed_float16`; None where they have another, or several.
    """
    import keras

    inside = [layer for layer in model._flatten_layers() if not isinstance(layer, keras.Model)]
    policies = {layer.dtype_policy.name for layer in inside if layer.variables}
    first = next(iter(policies), "")
    return first if len(policies) == 1 and first.startswith("mixed_") else None
