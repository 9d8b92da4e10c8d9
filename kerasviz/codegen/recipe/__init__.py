"""The whole recipe of a document as a script without kerasviz: data, model, training, evaluation."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import keras

from kerasviz.codegen.recipe.callbacklist import callback_expressions
from kerasviz.codegen.recipe.datalines import Streams, write_data
from kerasviz.codegen.recipe.fitscript import write_fit, write_fit_of_batches
from kerasviz.codegen.recipe.loopscript import write_batches, write_loop
from kerasviz.codegen.recipe.partarrays import Parts
from kerasviz.codegen.recipe.script import Script
from kerasviz.codegen.recipe.setup import Setup, setup_of
from kerasviz.codegen.recipe.streamsteps import write_stream_steps
from kerasviz.codegen.recipe.weightlines import write_weights
from kerasviz.codegen.statements import ModelWriter
from kerasviz.codegen.variables import Names
from kerasviz.config.parts import part_of
from kerasviz.data.batches import DEFAULT_SIZE
from kerasviz.protocol.text import text
from kerasviz.writing.expressions import Expression, Group, lay_out, literal

BACKENDS = ("tensorflow", "jax", "torch")
RECIPES = ("fit", "batch", *BACKENDS, "loop")
"""Ways to train: `fit`; `train_on_batch`; a loop of one's own for a backend, or for the one in use."""

_OWN_NAMES = frozenset(
    "after augmentation augmented batch Batches batches breaks callbacks class_weight classes clock "
    "columns deviation done end epoch first groups held_out history kept logs loss_of mean_loss "
    "measured mine missing order other parts prepare Prepared PreparedLoader random results rows saved "
    "seconds seen series sizes start starts state steps steps_per_epoch stretch table target "
    "test_begins train_end train_step values variable weights when whole windows".split()
)
"""Variables and functions of a script, which no layer may have."""


def write_recipe(
    document: Mapping[str, Any],
    model: keras.Model,
    variable: str,
    recipe: str,
    write_model: Callable[[ModelWriter], None],
    folder: Path | None = None,
) -> str:
    """Writes a script that trains what a document says.

    Args:
        document: Today's Keras JSON with its plan. Nothing beside it is read.
        model: Its model, which may be without weights.
        variable: The name that the model gets.
        recipe: One of `RECIPES`.
        write_model: Has a writer write the statements that define and compile the model.
        folder: Where the document is; the working directory where it is None.

    Returns:
        Python source.

    Raises:
        ValueError: If there is no such recipe.
    """
    if recipe not in RECIPES:
        known = ", ".join(RECIPES)
        raise ValueError(text("Expected a recipe ({known}), received: {recipe}.", known=known, recipe=recipe))
    recipe = keras.backend.backend() if recipe == "loop" else recipe
    setup, names = setup_of(document, folder), Names(_OWN_NAMES)
    writer = ModelWriter(variable, names)
    script, target = Script(writer.imports), writer.target
    parts = write_data(script, setup, model, names)
    script.section("Model")
    if setup.seed is not None:
        script.add(f"keras.utils.set_random_seed({setup.seed})")
    write_model(writer)
    script.add(*writer.lines)
    file = part_of(document, "kerasviz").get("weights")
    if isinstance(file, str) and file:
        write_weights(script, file, target, is_compiled=bool(setup.compile_config.get("optimizer")))
    if parts is not None and setup.compile_config.get("loss"):
        if isinstance(parts, Streams):  # drawing the weights comes before what batches draw
            parts = write_stream_steps(script, setup, parts, model, names)
        script.section("Training")
        callbacks = callback_expressions(setup.training.get("callbacks"), script, writer.value)
        _train(recipe, script, setup, parts, target, callbacks, writer)
        on_torch = recipe == "torch" or (recipe != "fit" and keras.backend.backend() == "torch")
        if on_torch and _draws_without_seed(model):
            script.notes.append(
                "Dropout without a seed of its own draws from PyTorch's only generator, as fit's batches do: "
                "give it a seed to measure the same."
            )
        _finish(script, setup, parts, target, model.name)
    elif parts is not None:
        script.notes.append("No loss is chosen yet: the script ends with the model.")
    return script.text()


def _train(
    recipe: str,
    script: Script,
    setup: Setup,
    parts: Parts | Streams,
    model: str,
    callbacks: list[Expression],
    writer: ModelWriter,
) -> None:
    if isinstance(parts, Streams):
        if recipe != "fit":
            script.notes.append("Batches that come one after the other are trained on with fit.")
        write_fit_of_batches(script, setup, parts, model, callbacks, writer.value)
    elif recipe == "fit":
        write_fit(script, setup, parts, model, callbacks, writer.value)
    elif recipe == "batch":
        write_batches(script, setup, parts, model, callbacks)
    else:
        write_loop(script, setup, parts, model, callbacks, recipe)


def _draws_without_seed(model: keras.Model) -> bool:
    layers = model._flatten_layers(include_self=False)
    return any(layer.get_config().get("seed", 0) is None for layer in layers)


def _finish(script: Script, setup: Setup, parts: Parts | Streams, model: str, name: str) -> None:
    """Evaluates with samples that nothing has seen, where there are some, and saves the model."""
    if parts.test is not None:
        script.section("Evaluation")
        items: list[tuple[str, Expression]] = []
        if isinstance(parts, Streams):
            items.append(("", parts.test))
        else:
            values = parts.test.values()
            items += [("", value) for value in values[:2]]
            items += [("sample_weight=", value) for value in values[2:]]
        if isinstance(parts, Parts) and setup.validation_size != DEFAULT_SIZE:
            items.append(("batch_size=", literal(setup.validation_size)))
        items.append(("return_dict=", "True"))
        script.add(*lay_out(Group(f"{model}.evaluate", "()", tuple(items)), "results = "), "print(results)")
    file = re.sub(r"[^\w.-]+", "_", name) + ".keras"
    script.add(*lay_out(Group(f"{model}.save", "()", (("", literal(file)),))))
