"""Training by a loop of one's own: over epochs and batches, with `train_on_batch` or a step of a backend."""

from __future__ import annotations

from kerasviz.codegen.recipe.backendsteps import STEPS
from kerasviz.codegen.recipe.partarrays import Parts
from kerasviz.codegen.recipe.script import Script
from kerasviz.codegen.recipe.setup import Setup
from kerasviz.codegen.recipe.shuffled import order_line
from kerasviz.data.batches import DEFAULT_SIZE
from kerasviz.data.losses import ONE_HOT_LOSSES, loss_name
from kerasviz.writing.expressions import Expression, Group, lay_out, literal, sequence

_LEFT_OUT = ("steps_per_epoch", "validation_steps")


def write_batches(
    script: Script, setup: Setup, parts: Parts, model: str, callbacks: list[Expression]
) -> None:
    """Writes the training with `train_on_batch`.

    Args:
        script: Gets the statements; its notes say what is left out.
        setup: The plan.
        parts: Where the samples are.
        model: The variable of the model.
        callbacks: What makes them.
    """
    script.notes.append(
        "Metrics of an epoch are means over its batches, as train_on_batch measures each by itself."
    )
    script.imports.need("import numpy as np")
    x, y, *weights = parts.training.batch(_number(setup))
    items: list[tuple[str, Expression]] = [("", x), ("", y)]
    items += [("sample_weight=", weight) for weight in weights]
    if class_weight := setup.fit.get("class_weight"):
        script.add(*lay_out(_written(class_weight), "class_weight = "))
        items.append(("class_weight=", "class_weight"))
    items.append(("return_dict=", "True"))
    step = lay_out(Group(f"{model}.train_on_batch", "()", tuple(items)), "logs = ", indent=8)
    _epochs(
        script, setup, parts, model, callbacks,
        begin=["done, sizes = [], []"],
        step=[*step, "        done.append(logs)", "        sizes.append(len(batch))"],
        end=[
            "logs = {",
            "    name: np.average([batch[name] for batch in done], weights=sizes)",
            "    for name in done[0]",
            "}",
        ],
    )  # fmt: skip


def write_loop(
    script: Script, setup: Setup, parts: Parts, model: str, callbacks: list[Expression], backend: str
) -> None:
    """Writes the training with a step of a backend.

    Args:
        script: Gets the statements; its notes say what is left out.
        setup: The plan.
        parts: Where the samples are.
        model: The variable of the model.
        callbacks: What makes them.
        backend: One of `STEPS`.
    """
    script.imports.need("import numpy as np")
    rows = parts.training.batch(_number(setup))
    if class_weight := setup.fit.get("class_weight"):
        rows.append(_weights_of_classes(script, setup, parts, class_weight))
    way = STEPS[backend]
    for line in way.imports:
        script.imports.need(line)
    script.imports.backend = backend
    script.add(*way.before(setup, parts, model), 'mean_loss = keras.metrics.Mean(name="loss")')
    script.define(*way.step(setup, model, weighted=len(rows) > 2))
    step = lay_out(
        Group("train_step", "()", tuple(("", row) for row in [*way.state, *rows])), way.takes, indent=8
    )
    _epochs(
        script, setup, parts, model, callbacks,
        begin=[f"{model}.reset_metrics()", "mean_loss.reset_state()", *way.begin],
        step=[*step, "        mean_loss.update_state(loss, sample_weight=len(batch))"],
        end=[
            *way.end,
            f"logs = {{name: float(value) for name, value in {model}.get_metrics_result().items()}}",
            'logs["loss"] = float(mean_loss.result())',
        ],
    )  # fmt: skip


def _epochs(
    script: Script,
    setup: Setup,
    parts: Parts,
    model: str,
    callbacks: list[Expression],
    *,
    begin: list[str],
    step: list[str],
    end: list[str],
) -> None:
    """Writes the loop over epochs and batches around a step."""
    if parts.training.structures[1] != "array":
        script.notes.append("The loss of each output is its mean over samples; fit may count batches alike.")
    for name in _LEFT_OUT:
        if setup.fit.get(name):
            script.notes.append(f"Left out: {name}. Each epoch takes all samples.")
    first, count = int(setup.fit.get("initial_epoch") or 0), parts.training.count
    if callbacks:
        made = Group(
            "keras.callbacks.CallbackList",
            "()",
            (("", sequence(callbacks)), ("add_history=", "True"), ("model=", model)),
        )
        script.add(
            *lay_out(made, "callbacks = "), f"{model}.stop_training = False", "callbacks.on_train_begin()"
        )
    if parts.training.is_augmented:
        script.imports.need("import math")
        script.add(f"steps_per_epoch = math.ceil({count} / {setup.batch_size})")
    lines = [
        f"for epoch in range({first + 1}, {setup.epochs + 1}):",
        *(["    callbacks.on_epoch_begin(epoch - 1)"] if callbacks else []),
        *(f"    {line}" for line in begin),
        f"    {order_line(setup, 'epoch', count)}",
        f"    for start in range(0, {count}, {setup.batch_size}):",
        f"        batch = order[start : start + {setup.batch_size}]",
    ]
    if callbacks:
        number = f"start // {setup.batch_size}"
        lines += [f"        callbacks.on_train_batch_begin({number})", *step]
        lines += [f"        callbacks.on_train_batch_end({number}, {{}})"]
    else:
        lines += step
    lines += [f"    {line}" for line in [*end, *_validation(setup, parts, model)]]
    lines += ["    callbacks.on_epoch_end(epoch - 1, logs)"] if callbacks else []
    lines += [
        '    measured = ", ".join(f"{name}: {value:.4f}" for name, value in logs.items())',
        f'    print(f"Epoch {{epoch}}/{setup.epochs}: {{measured}}")',
    ]
    lines += [] if callbacks else ["    history.append(logs)"]
    lines += [f"    if {model}.stop_training:", "        break"] if callbacks else []
    if callbacks:
        script.add(*lines, "callbacks.on_train_end()", f"history = {model}.history")
    else:
        script.add("history = []", *lines)


def _number(setup: Setup) -> str:
    """The expression for the number of a batch since training began."""
    return f"epoch * steps_per_epoch + start // {setup.batch_size}"


def _validation(setup: Setup, parts: Parts, model: str) -> list[str]:
    """Statements that measure the samples that are held out, in the epochs that say so."""
    if parts.validation is None:
        return []
    x, y, *weights = parts.validation.values()
    items: list[tuple[str, Expression]] = [("", x), ("", y)]
    items += [("sample_weight=", weight) for weight in weights]
    if setup.validation_size != DEFAULT_SIZE:
        items.append(("batch_size=", literal(setup.validation_size)))
    items += [("return_dict=", "True"), ("verbose=", "0")]
    every = setup.fit.get("validation_freq") or 1
    indent = 4 if every == 1 else 8
    lines = [
        line[4:]
        for line in lay_out(Group(f"{model}.evaluate", "()", tuple(items)), "held_out = ", indent=indent)
    ]
    lines.append(" " * (indent - 4) + 'logs |= {f"val_{name}": value for name, value in held_out.items()}')
    if every == 1:
        return lines
    asked = f"epoch in {every}" if isinstance(every, list) else f"epoch % {int(every)} == 0"
    return [f"if {asked}:", *lines]


def _weights_of_classes(script: Script, setup: Setup, parts: Parts, class_weight: dict[int, float]) -> str:
    """Makes a weight for each sample of that of its class, as `fit` does; returns that of a batch."""
    y = parts.training.names[1]
    is_one_hot = loss_name(setup.compile_config["loss"]) in ONE_HOT_LOSSES
    labels = f"{y}.argmax(axis=-1)" if is_one_hot else f"{y}.reshape(-1)"
    script.add(
        *lay_out(_written(class_weight), "class_weight = "),
        f"weights = [class_weight.get(int(label), 1.0) for label in {labels}]",
        'weights = np.array(weights, dtype="float32")',
    )
    return "weights[batch]"


def _written(class_weight: dict[int, float]) -> Expression:
    return Group(
        "", "{}", tuple((f"{literal(key)}: ", literal(value)) for key, value in class_weight.items())
    )
