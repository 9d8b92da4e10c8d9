"""Names of layers that the backend does not take: in TensorFlow's graphs, and of PyTorch's parameters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import keras


def refused_names(names: Iterable[str], model: str = "") -> Iterator[str]:
    """Yields the names that no layer may have which is called in a graph.

    Args:
        names: Of layers.
        model: That of the model around them, which may be none of these either.
    """
    if keras.config.backend() != "tensorflow":
        return
    import tensorflow as tf

    graph = tf.Graph()
    with graph.name_scope("model"):
        for name in (model, *names):
            try:
                with graph.name_scope(name):
                    pass
            except ValueError:
                yield name


def refused_owners(names: Iterable[str]) -> Iterator[str]:
    """Yields the names under which no layer may have weights.

    Args:
        names: Of layers with weights.
    """
    if keras.config.backend() != "torch":
        return
    import torch

    for name in names:
        try:
            torch.nn.ParameterDict({f"{name}/kernel": torch.nn.Parameter(torch.zeros(1))})
        except KeyError:
            yield name
