"""Turns a Keras config of any age into that of today's Keras."""

import copy
from typing import Any

from kerasviz.config.compileconfig import Keeps, by_output, modern_compile_config
from kerasviz.config.graphconverter import GraphConverter
from kerasviz.config.modelfileerror import ModelFileError
from kerasviz.config.origin import read_source
from kerasviz.config.rules.argumentobjects import plain
from kerasviz.config.rules.knownwidths import write_known_widths
from kerasviz.config.rules.masks import write_masks
from kerasviz.protocol.text import Text, text


def convert(
    config: Any,
    version: str | None = None,
    training: Any = None,
    keeps: Keeps = lambda name: False,
    keeps_model: Keeps = lambda name: False,
) -> tuple[dict[str, Any], list[Text]]:
    """Converts a config.

    A layer that today's Keras can't build keeps the config that it has in the file.

    Args:
        config: What stands in the file.
        version: The Keras that wrote it, where the file says so outside its config.
        training: The `training_config` of a `.h5` file, or None.
        keeps: Which losses, metrics and optimizers of the user's own are kept, by registered name.
        keeps_model: Which models of the user's own classes stay that, by registered name.

    Returns:
        The config in today's form, and a sentence for each change that was made.

    Raises:
        ModelFileError: When it is no Keras model.
    """
    source = read_source(config, version, training)
    converter = GraphConverter(source.version, keeps_model)
    given = copy.deepcopy(source.model)
    try:
        if converter.old:
            write_known_widths(given)
        model = converter.model(given)
        if converter.old:
            write_masks(model, converter.report)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        if isinstance(error, ModelFileError):
            raise
        raise ModelFileError(
            text(
                "The graph of the model is incomplete: a layer, a call, an input or an output is missing, or "
                "not as Keras writes it. Save the model again."
            )
        ) from error
    compile_config, dropped = modern_compile_config(
        source.model.get("compile_config"), plain(source.training), keeps
    )
    if compile_config:
        outputs = _outputs(model["config"].get("output_layers"))
        several = converter.old and len(outputs) > 1
        model["compile_config"] = by_output(compile_config, outputs) if several else compile_config
    return model, [*converter.report.sentences(), *dropped]


def _outputs(references: Any) -> list[str]:
    """Names the outputs of a model, where they are a list or a dict; none for another structure."""
    if isinstance(references, dict):
        return list(references)
    if not isinstance(references, list):
        return []
    return [str(item[0]) for item in references if isinstance(item, list) and len(item) == 3]
