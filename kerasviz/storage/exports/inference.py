"""A model as it predicts, which is what is exported."""

import re
from collections.abc import Callable
from typing import Any

import keras

from kerasviz.protocol.text import Text, text


def taken_by(model: keras.Model) -> Any:
    """What a model takes: its symbolic inputs, or those of the shapes that its code was built for.

    Raises:
        KeyError: When its code takes several arguments.
    """
    if isinstance(model, keras.Sequential):
        return model.inputs[0]
    if getattr(model, "inputs", None):
        return model.input
    return keras.tree.map_shape_structure(
        lambda shape: keras.KerasTensor((None, *shape[1:]), model.input_dtype),
        (model.get_build_config() or {})["input_shape"],
    )


class Inference(keras.Model):  # type: ignore[misc]
    """Calls a model with `training=False`, and shares its weights.

    Keras 3.15 exports what `model(x)` computes, where a layer of augmentation changes its images at random,
    because its `call` has `training=True`. `model.predict` does not do that.

    Args:
        model: The model, which stays as it is.
        tell: Told, as `call` begins and ends, that the model is traced and that it is converted.
        converting: The sentence for the latter.

    Attributes:
        output_names: Keys of its outputs in a dict, or names of the layers that give them; nothing where
            only its code knows.
    """

    def __init__(self, model: keras.Model, tell: Callable[[Text], None], converting: Text) -> None:
        super().__init__(name=model.name)
        self._tell, self._converting = tell, converting
        self.model = model
        self.output_names = _output_names(model)
        self.built = True  # which it is without a call, and Keras exports nothing else
        if keras.backend.backend() == "torch":
            list(self.parameters())  # Keras registers them when asked; PyTorch takes others for constants

    def call(self, inputs: Any) -> Any:
        """Computes what `model.predict` does."""
        self._tell(text("Tracing the model…"))
        outputs = self.model(inputs, training=False)
        self._tell(self._converting)
        return outputs


def signature_of(taken: Any, samples: int | None = None) -> list[Any]:
    """What `model.export` takes as `input_signature`.

    Args:
        taken: The inputs, as `taken_by` gives them.
        samples: How many at a time; None for any number, or what the inputs say.
    """

    def spec(each: Any) -> keras.InputSpec:
        shape = (samples or each.shape[0], *each.shape[1:])
        return keras.InputSpec(each.dtype, shape=shape, name=_as_written(each.name))

    return [keras.tree.map_structure(spec, taken)]


def _output_names(model: keras.Model) -> list[str]:
    if isinstance(model, keras.Sequential):
        return [model.layers[-1].name]
    layers: list[str] = getattr(model, "output_names", [])
    if not layers:
        return []
    paths = [path for path, _ in keras.tree.flatten_with_path(model.output)]
    keys = [path[-1] if path else None for path in paths]
    return [key if isinstance(key, str) else name for key, name in zip(keys, layers, strict=True)]


def _as_written(name: str) -> str:
    """A name that TensorFlow takes for a node of its graph."""
    plain = re.sub(r"[^A-Za-z0-9_.>-]", "_", name)
    return plain if plain[:1].isalnum() or plain[:1] == "." else f"input_{plain}"
