"""The weights that a script starts from: those of a file beside it, as the editor takes them."""

from __future__ import annotations

from kerasviz.codegen.recipe.script import Script
from kerasviz.writing.expressions import call, lay_out, literal


def write_weights(script: Script, file: str, model: str, *, is_compiled: bool) -> None:
    """Writes what gives a model the weights of a file.

    Args:
        script: Gets the statements.
        file: Name of the file, beside the document.
        model: The variable of the model.
        is_compiled: Whether the model has an optimizer, which goes on from the state in the file.
    """
    script.section("Weights: those of a file, for each layer that has its name and shapes there")
    name = file.lower()
    if name.endswith(".weights.h5"):
        script.add(*lay_out(call(f"{model}.load_weights", literal(file))))
    elif name.endswith((".h5", ".hdf5")):
        script.notes.append(f"The optimizer starts without the state that {file} may hold.")
        options = {"by_name": "True", "skip_mismatch": "True"}
        script.add(*lay_out(call(f"{model}.load_weights", literal(file), **options)))
    elif name.endswith(".keras"):
        script.add(*_of_model(file, model))
        if is_compiled:
            script.add(*_state(model))
    else:
        script.notes.append(f"Keras can't read the weights of {file} here: save the model as .keras first.")


def _of_model(file: str, model: str) -> list[str]:
    """By the names of layers: `load_weights` goes by their order, which edits change."""
    return [
        *lay_out(call("keras.saving.load_model", literal(file)), "saved = "),
        "kept = {layer.name: layer.get_weights() for layer in saved.layers}",
        f"for layer in {model}.layers:",
        "    values = kept.get(layer.name, [])",
        "    if [v.shape for v in values] == [v.shape for v in layer.get_weights()]:",
        "        layer.set_weights(values)",
    ]


def _state(model: str) -> list[str]:
    return [
        f"mine, other = {model}.optimizer, saved.optimizer",
        f"mine.build({model}.trainable_variables)",
        "if type(mine) is type(other) and [v.shape for v in mine.variables] == [",
        "    v.shape for v in other.variables",
        "]:",
        "    for variable, value in zip(mine.variables, other.variables, strict=True):",
        '        if variable.name != "learning_rate":',
        "            variable.assign(value)",
    ]
