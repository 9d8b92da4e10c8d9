"""Which positions of an output count, as code."""

from __future__ import annotations

MASK_OF = (
    "class Mask(keras.layers.Layer):",
    '    """Gives the mask of what comes in."""',
    "",
    "    def call(self, inputs, mask=None):",
    "        return mask",
    "",
    "",
    "def mask_of(model, x, output=0):",
    '    """Which positions of an output count, as the masks of its layers say: padding does not."""',
    "    reader, found = Mask(autocast=False), []",
    "    for start in range(0, len(keras.tree.flatten(x)[0]), 32):",
    "        some = keras.tree.map_structure(lambda each: each[start : start + 32], x)",
    "        given = keras.tree.flatten(model(some, training=False))[output]",
    "        found.append(keras.ops.convert_to_numpy(reader(given)))",
    "    return np.concatenate(found)",
)
"""A layer and a function: Keras gives a layer the mask of its input. Batches are as those of `predict`."""
