"""What of a document is shared part by part, so that edits of several people merge.

These are objects down to the fields of a layer's `config`, and the arrays of layers and calls. Everything
else is one value. `src/core/document/depths.ts` is the same in TypeScript.
"""

#: Objects this deep are shared, so the fields of a layer's `config` are the smallest things that merge.
DEPTH = 4
#: How deep the layers of the document are; those of a model inside it count the same.
LAYERS_DEPTH = 2
#: The arrays whose items merge. Other arrays, such as shapes and positions, are one value.
ARRAYS = frozenset({"layers", "inbound_nodes"})

#: An edit drops the shapes that many layers were built for, each as one value.
WHOLE = "build_config"

#: Stands for the key of an item of an array.
ITEM = ""

#: The key for the order of the keys of a shared object. An object of the file that has this key is one value.
ORDER = "#"


def may_split_object(key: str, depth: int) -> bool:
    """Tells whether an object is shared. Items of shared arrays are, at any depth."""
    return (depth <= DEPTH and key != WHOLE) or key == ITEM


def may_split_array(key: str, depth: int) -> bool:
    """Tells whether an array is shared, where all its items are objects."""
    # A `config` that holds layers is a model's.
    return depth <= (DEPTH + 1 if key == "layers" else DEPTH) and key in ARRAYS


def inside(key: str, depth: int) -> int:
    """The depth of an array, for its items."""
    return LAYERS_DEPTH if key == "layers" else depth
