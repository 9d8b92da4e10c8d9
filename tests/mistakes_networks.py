"""Mistakes in whole networks, as students draw them; each was written before the rules were looked at."""

import keras
from keras import layers
from mistakes_models import (
    GRADIENT,
    chain,
    changed,
    conv,
    dense,
    gan,
    image,
    layer,
    net,
    seq2seq,
    siamese,
    source,
    unet,
    wrapped,
)


def block(*branch):
    """A residual block: a branch beside a skip."""
    return net(source("x", 32, 32, 16), *branch, ("it", "Add", (["x", branch[-1][0]],), {}))


CONV = {"filters": 16, "kernel_size": 3}
SAME = {**CONV, "padding": "same"}
RECURRENT = {"units": 8, "return_sequences": True}

NETWORKS = {
    "U-Net of an odd size": (unet(image={"batch_shape": [None, 100, 100, 3]}), "skip2", True),
    "U-Net with one encoder unpadded": (unet(enc1={"padding": "valid"}), "skip2", True),
    "U-Net enlarged too much": (unet(up1={"size": [3, 3]}), "skip1", True),
    "U-Net joined along the height": (unet(skip1={"axis": 1}, enc1={"filters": 4}), "skip1", True),
    "U-Net that is not enlarged": (
        net(
            source("x", 32, 32, 1),
            ("enc", "Conv2D", "x", SAME),
            ("down", "MaxPooling2D", "enc", {}),
            ("it", "Concatenate", (["down", "enc"],), {}),
        ),
        "it",
        True,
    ),
    "siamese network of two sizes": (siamese(right={"batch_shape": [None, 32, 32, 1]}), "encoder", True),
    "activation in a siamese network": (siamese(encoder__conv={"activation": "rleu"}), "encoder", True),
    "decoder of another size than its states": (seq2seq(dec={"units": 64}), "dec", True),
    "encoder without states": (seq2seq(enc={"return_state": False}), "dec", True),
    "generator of another size": (gan(generator__last={"strides": [1, 1]}), "discriminator", True),
    "grid of another number of values": (gan(generator__grid={"target_shape": [7, 7, 8]}), "generator", True),
    "outer input of another size": (gan(noise={"batch_shape": [None, 10]}), "generator", True),
    "argument inside by half its name": (gan(discriminator__leaky={"slope": 0.2}), "discriminator", True),
    "grey pictures for a model of colours": (
        changed(
            keras.Model(
                photo := keras.Input((32, 32, 3), name="photo"),
                keras.Sequential([keras.Input((32, 32, 3)), layers.Conv2D(4, 3)], name="base")(photo),
            ),
            photo={"batch_shape": [None, 32, 32, 1]},
        ),
        "base",
        True,
    ),
    "residual block with strides": (
        block(("c1", "Conv2D", "x", {**SAME, "strides": 2}), ("bn", "BatchNormalization", "c1", {})),
        "it",
        True,
    ),
    "residual block unpadded before others": (
        block(("c1", "Conv2D", "x", SAME), ("c2", "Conv2D", "c1", CONV), ("relu", "ReLU", "c2", {})),
        "it",
        True,
    ),
    "shortcut of other filters": (
        net(
            source("x", 32, 32, 16),
            ("c1", "Conv2D", "x", {**SAME, "strides": 2}),
            ("c2", "Conv2D", "x", {"filters": 64, "kernel_size": 1, "strides": 2}),
            ("it", "Add", (["c1", "c2"],), {}),
        ),
        "it",
        True,
    ),
    "squeeze and excitation": (
        net(
            source("x", 8, 8, 32),
            ("gap", "GlobalAveragePooling2D", "x", {}),
            ("dense", "Dense", "gap", {"units": 16}),
            ("reshape", "Reshape", "dense", {"target_shape": [1, 1, 16]}),
            ("it", "Multiply", (["x", "reshape"],), {}),
        ),
        "it",
        True,
    ),
    "inception branch that pools": (
        net(
            source("x", 28, 28, 32),
            ("b1", "Conv2D", "x", SAME),
            ("b3", "Conv2D", "x", SAME),
            ("pool", "MaxPooling2D", "x", {"pool_size": 3, "padding": "same"}),
            ("bp", "Conv2D", "pool", SAME),
            ("it", "Concatenate", (["b1", "b3", "bp"],), {}),
        ),
        "it",
        True,
    ),
    "autoencoder that gives more than it takes": (
        net(
            source("x", 28, 28, 1),
            *[(f"e{i}", "Conv2D", f"e{i - 1}" if i else "x", {**SAME, "strides": 2}) for i in range(3)],
            *[(f"d{i}", "UpSampling2D", f"d{i - 1}" if i else "e2", {}) for i in range(3)],
            ("y", "Conv2D", "d2", {**SAME, "filters": 1}),
            ("it", "Subtract", (["x", "y"],), {}),
        ),
        "it",
        True,
    ),
    "third LSTM behind a Dropout": (
        net(
            source("x", 20, 4),
            ("l1", "LSTM", "x", RECURRENT),
            ("l2", "LSTM", "l1", {"units": 8}),
            ("drop", "Dropout", "l2", {"rate": 0.2}),
            ("it", "LSTM", "drop", {"units": 8}),
        ),
        "it",
        True,
    ),
    "sequence beside a vector": (
        net(
            source("x", 20, 4),
            source("y", 6),
            ("lstm", "LSTM", "x", RECURRENT),
            ("it", "Concatenate", (["lstm", "y"],), {}),
        ),
        "it",
        True,
    ),
    "embeddings of other widths": (
        net(
            source("x", 50, dtype="int32"),
            source("y", 50, dtype="int32"),
            ("words", "Embedding", "x", {"input_dim": 1000, "output_dim": 128}),
            ("places", "Embedding", "y", {"input_dim": 50, "output_dim": 64}),
            ("it", "Add", (["words", "places"],), {}),
        ),
        "it",
        True,
    ),
    "attention between other widths": (
        net(source("x", 10, 64), source("y", 12, 32), ("it", "Attention", (["x", "y"],), {})),
        "it",
        True,
    ),
    "attention on vectors": (
        net(source("x", 8), ("it", "MultiHeadAttention", ("x", "x"), {"num_heads": 2, "key_dim": 4})),
        "it",
        True,
    ),
    "dot along the wrong axis": (
        net(source("x", 5, 8), source("y", 6, 8), ("it", "Dot", (["x", "y"],), {"axes": 1})),
        "it",
        True,
    ),
    "sum of one": (
        net(source("x", 8), ("it", "Add", "x", {}), ("y", "Dense", "it", {"units": 1})),
        "it",
        True,
    ),
    "picture beside each word": (
        net(
            source("x", 64),
            source("y", 34, dtype="int32"),
            ("words", "Embedding", "y", {"input_dim": 500, "output_dim": 32}),
            ("it", "Concatenate", (["x", "words"],), {}),
            ("lstm", "LSTM", "it", {"units": 8}),
        ),
        "it",
        True,
    ),
    "mixed along the other axis": (
        net(
            source("x", 49, 32),
            ("turned", "Permute", "x", {"dims": [2, 1]}),
            ("dense", "Dense", "turned", {"units": 49}),
            ("it", "Add", (["x", "dense"],), {}),
        ),
        "it",
        True,
    ),
    "image times weights": (
        net(source("x", 8, 8, 3), source("y", 5), ("it", "Multiply", (["x", "y"],), {})),
        "it",
        True,
    ),
    "units as text in a wrapper": (
        chain(image(20, 4), wrapped("Bidirectional", layer("GRU", "gru", units="128"))),
        "it",
        True,
    ),
    "activation in a wrapper": (
        chain(image(20, 4), wrapped("Bidirectional", layer("GRU", "gru", units=8, activation="tahn"))),
        "it",
        True,
    ),
    "cell without units": (chain(image(20, 4), layer("RNN", cell=layer("GRUCell", "cell"))), "it", True),
    "no recurrent layer in both directions": (
        chain(image(20, 4), wrapped("Bidirectional", dense(8))),
        "it",
        True,
    ),
    "image step by step": (
        chain(image(16, 16, 3), wrapped("TimeDistributed", layer("Conv2D", "c", **CONV))),
        "it",
        True,
    ),
    "pooling of images on a sequence": (
        chain(image(12, 4), layer("Conv1D", "c", **CONV), layer("GlobalAveragePooling2D")),
        "it",
        True,
    ),
    "colours first": (chain(image(3, 32, 32), layer("Conv2D", filters=4, kernel_size=5)), "it", True),
    "samples in the shape of the input": (chain(image(None, 28, 28, 1), conv()), "it", True),
    "picture of a vector with channels": (chain(image(98), layer("Conv2DTranspose", **CONV)), "it", True),
    "five unpadded convolutions": (
        chain(
            image(12, 12, 1),
            *[conv(f"c{i}", kernel_size=5) for i in range(2)],
            conv(kernel_size=5),
            conv("c5"),
        ),
        "it",
        True,
    ),
    "whole number with a point": (chain(GRADIENT, conv(filters=16.0)), "it", True),
    "list for a number": (chain(GRADIENT, conv(filters=[8])), "it", True),
    "percent": (chain(image(4), layer("Dropout", rate="50%")), "it", True),
    "arguments by other names": (
        chain(image(8, dtype="int32"), layer("Embedding", vocab_size=100, embedding_dim=8)),
        "it",
        True,
    ),
    "required argument of a config": (chain(GRADIENT, layer("Rescaling")), "it", True),
    "Masking before a convolution": (
        chain(image(10, 3), layer("Masking", "mask"), layer("Conv1D", **CONV)),
        "it",
        True,
    ),
    "loose layer in the middle": (
        net(
            source("x", 8),
            ("a", "Dense", "x", {"units": 4}),
            ("it", "Dense", (), {"units": 4}),
            ("y", "Dense", "it", {"units": 1}),
            outputs=["y"],
        ),
        "it",
        True,
    ),
    "loose second output": (
        net(
            source("x", 8),
            ("a", "Dense", "x", {"units": 4}),
            ("y", "Dense", "a", {"units": 1}),
            ("it", "Dense", (), {"units": 1}),
            outputs=["y", "it"],
        ),
        "it",
        True,
    ),
    "second Input in a chain": (
        chain(image(8), dense(4), layer("InputLayer", batch_shape=[None, 4]), dense(1, "y")),
        "it",
        True,
    ),
}
