"""Mistakes where tensors meet, and in the graph."""

from mistakes_models import FLAT, chain, conv, dense, duplicated, graph, image, layer

GRAPHS = {
    # several tensors
    "add of other widths": (
        graph((image(8), ()), (dense(), ("x",)), (layer("Add"), ["x", "dense"])),
        "it",
        True,
    ),
    "add of other images": (
        graph((image(8, 8, 3), ()), (conv("conv"), ("x",)), (layer("Add"), ["x", "conv"])),
        "it",
        True,
    ),
    "add after normalization": (
        graph(
            (image(8, 8, 3), ()),
            (conv("conv", padding="same"), ("x",)),
            (layer("BatchNormalization", "bn"), ("conv",)),
            (layer("Add"), ["x", "bn"]),
        ),
        "it",
        True,
    ),
    "concatenation of other images": (
        graph((image(8, 8, 3), ()), (conv("conv"), ("x",)), (layer("Concatenate"), ["x", "conv"])),
        "it",
        True,
    ),
    "concatenation along another axis": (
        graph((image(8), ()), (dense(), ("x",)), (layer("Concatenate", axis=0), ["x", "dense"])),
        "it",
        True,
    ),
    "concatenation of image and vector": (
        graph((image(8, 8, 3), ()), (FLAT, ("x",)), (layer("Concatenate"), ["x", "flatten"])),
        "it",
        True,
    ),
    "concatenation along no axis": (
        graph((image(8), ()), (dense(), ("x",)), (layer("Concatenate", axis=5), ["x", "dense"])),
        "it",
        True,
    ),
    "dot of other widths": (
        graph((image(8), ()), (dense(), ("x",)), (layer("Dot", axes=1), ["x", "dense"])),
        "it",
        True,
    ),
    "subtraction of three": (
        graph((image(8), ()), (dense(8), ("x",)), (layer("Subtract"), ["x", "dense", "x"])),
        "it",
        True,
    ),
    "attention without value": (
        graph((image(8, 4), ()), (layer("MultiHeadAttention", num_heads=2, key_dim=3), ("x",))),
        "it",
        True,
    ),
    "attention on one tensor": (graph((image(8, 4), ()), (layer("Attention"), ("x",))), "it", True),
    # graph
    "input from nowhere": (graph((image(8), ()), (dense(name="it"), ("xx",)), outputs=["it"]), "it", True),
    "cycle": (
        graph((image(8), ()), (layer("Add"), ["x", "dense"]), (dense(8), ("it",)), outputs=["dense"]),
        "it",
        True,
    ),
    "layer without connection": (
        graph((image(8), ()), (dense(), ("x",)), (dense(2, "it"), ()), outputs=["dense", "it"]),
        "it",
        True,
    ),
    "input that is not used": (
        graph(
            (image(8), ()),
            (layer("InputLayer", batch_shape=[None, 3]), ()),
            (dense(), ("x",)),
            outputs=["dense"],
        ),
        "it",
        True,
    ),
    "name taken twice": (duplicated(), "it", True),
    "sequential without input": (chain(dense(name="it"), dense(2)), "it", False),
    "sequential without input, with data": (chain(dense(name="it"), data="iris"), "it", True),
    "model without layers": (chain(), None, False),
    "output that does not exist": (graph((image(8), ()), (dense(), ("x",)), outputs=["ghost"]), None, True),
    "model without output": (graph((image(8), ()), (dense(), ("x",)), outputs=[]), None, True),
}
