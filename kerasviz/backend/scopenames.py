"""Names of layers that the backend does not take: TensorFlow has them in its graphs."""

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
