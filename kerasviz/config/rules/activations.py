"""Activations whose function changed under an unchanged name."""

from typing import Any

from kerasviz.config.rules.rule import Layer, rule
from kerasviz.protocol.text import text

HARD_SIGMOID_2: dict[str, Any] = {
    "module": "keras",
    "class_name": "Sequential",
    "config": {
        "name": "hard_sigmoid_of_keras_2",
        "layers": [
            {
                "module": "keras.layers",
                "class_name": "Rescaling",
                "config": {"name": "fifth_and_half", "scale": 0.2, "offset": 0.5},
                "registered_name": None,
            },
            {
                "module": "keras.layers",
                "class_name": "ReLU",
                "config": {"name": "to_one", "max_value": 1.0},
                "registered_name": None,
            },
        ],
    },
    "registered_name": None,
}
"""min(max(x / 5 + 1 / 2, 0), 1), which Keras 1 and 2 called hard_sigmoid, made of layers."""


@rule(
    says=text(
        "Kept the hard_sigmoid of Keras 2, min(max(0.2 x + 0.5, 0), 1): that of Keras 3 has another slope"
    ),
    source="https://github.com/keras-team/keras/issues/19477",
)
def hard_sigmoid(layer: Layer) -> bool:
    """Keras 3 computes min(max(x / 6 + 0.5, 0), 1), so the same weights would give other numbers."""
    config = layer["config"]
    found = [key for key, value in config.items() if key.endswith("activation") and _names_it(value)]
    for key in found:
        config[key] = HARD_SIGMOID_2
    return bool(found)


def _names_it(value: Any) -> bool:
    if isinstance(value, dict) and value.get("class_name") == "function":
        value = value.get("config")
    return bool(value == "hard_sigmoid")


RULES = (hard_sigmoid,)
