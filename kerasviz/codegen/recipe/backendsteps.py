"""One step of training in the API of each backend."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from kerasviz.codegen.recipe.partarrays import Parts
from kerasviz.codegen.recipe.setup import Setup
from kerasviz.writing.expressions import call, flat, lay_out


class _Definition(Protocol):
    def __call__(self, setup: Setup, model: str, *, weighted: bool) -> list[str]: ...


@dataclass(frozen=True)
class Step:
    """How a backend learns from a batch.

    Attributes:
        imports: Import lines.
        step: Writes the function `train_step`.
        before: Writes what comes before it.
        state: What the function takes before the samples.
        takes: What its result is given to.
        begin: Statements at the beginning of an epoch.
        end: Statements at its end.
    """

    imports: tuple[str, ...]
    step: _Definition
    before: Callable[[Setup, Parts, str], list[str]] = lambda setup, parts, model: []
    state: tuple[str, ...] = ()
    takes: str = "loss = "
    begin: tuple[str, ...] = ()
    end: tuple[str, ...] = ()


def _is_scaled(setup: Setup) -> bool:
    """Whether the optimizer multiplies the loss, so that small gradients are no zeros in float16."""
    optimizer = setup.compile_config.get("optimizer")
    if not isinstance(optimizer, Mapping):
        return False
    config = optimizer.get("config")
    scale = config.get("loss_scale_factor") if isinstance(config, Mapping) else None
    return optimizer.get("class_name") == "LossScaleOptimizer" or scale is not None


def _tensorflow(setup: Setup, model: str, *, weighted: bool) -> list[str]:
    weight, loss = (", w" if weighted else ""), "loss"
    scaled = []
    if _is_scaled(setup):
        loss = "scaled_loss"
        scaled = [f"        scaled_loss = {model}.optimizer.scale_loss(loss)"]
    return [
        *([] if setup.compile_config.get("run_eagerly") else ["@tf.function"]),
        f"def train_step(x, y{weight}):",
        "    with tf.GradientTape() as tape:",
        f"        y_pred = {model}(x, training=True)",
        f"        loss = {model}.compute_loss(x, y, y_pred{weight})",
        *scaled,
        f"    gradients = tape.gradient({loss}, {model}.trainable_variables)",
        f"    {model}.optimizer.apply(gradients, {model}.trainable_variables)",
        f"    {model}.compute_metrics(x, y, y_pred{weight})",
        "    return loss",
    ]


def _torch(setup: Setup, model: str, *, weighted: bool) -> list[str]:
    weight = ", w" if weighted else ""
    scaled = f"{model}.optimizer.scale_loss(loss)" if _is_scaled(setup) else "loss"
    return [
        f"def train_step(x, y{weight}):",
        f"    {model}.zero_grad()",
        f"    y_pred = {model}(x, training=True)",
        f"    loss = {model}.compute_loss(x, y, y_pred{weight})",
        f"    {scaled}.backward()",
        f"    gradients = [variable.value.grad for variable in {model}.trainable_variables]",
        "    with torch.no_grad():",
        f"        {model}.optimizer.apply(gradients, {model}.trainable_variables)",
        f"        {model}.compute_metrics(x, y, y_pred{weight})",
        "    return loss.detach()",
    ]


def _jax(setup: Setup, model: str, *, weighted: bool) -> list[str]:
    weight = ", w" if weighted else ""
    scaled = f"{model}.optimizer.scale_loss(loss)" if _is_scaled(setup) else "loss"
    given = {"x": "x", "y": "y", "y_pred": "y_pred", **({"sample_weight": "w"} if weighted else {})}
    measured = call(f"{model}.stateless_compute_loss", "trainable", "others", "measures", **given)
    gradients = call("gradient", "trainable", "others", "measures", "x", "y", *(["w"] if weighted else []))
    return [
        f"def loss_of(trainable, others, measures, x, y{weight}):",
        f"    y_pred, others = {model}.stateless_call(trainable, others, x, training=True)",
        *lay_out(measured, "loss, (_, others, measures) = ", indent=4),
        f"    return {scaled}, (loss, y_pred, others, measures)",
        "",
        "",
        *([] if setup.compile_config.get("run_eagerly") else ["@jax.jit"]),
        f"def train_step(state, x, y{weight}):",
        "    trainable, others, slots, measures = state",
        "    gradient = jax.grad(loss_of, has_aux=True)",
        *lay_out(gradients, "gradients, (loss, y_pred, others, measures) = ", indent=4),
        f"    trainable, slots = {model}.optimizer.stateless_apply(slots, gradients, trainable)",
        f"    mapping = list(zip({model}.metrics_variables, measures))",
        "    with keras.StatelessScope(state_mapping=mapping) as scope:",
        f"        {model}.compute_metrics(x, y, y_pred{weight})",
        f"    measures = [scope.get_current_value(one) for one in {model}.metrics_variables]",
        "    return loss, (trainable, others, slots, measures)",
    ]


def _before_jax(setup: Setup, parts: Parts, model: str) -> list[str]:
    first = parts.training.batch("0", f":{setup.batch_size}")
    return [
        "# A first look at a batch makes the variables of the metrics; nothing is learned.",
        f"{model}.evaluate({', '.join(map(flat, first[:2]))}, verbose=0)",
        f"{model}.optimizer.build({model}.trainable_variables)",
        "groups = (",
        f"    {model}.trainable_variables,",
        f"    {model}.non_trainable_variables,",
        f"    {model}.optimizer.variables,",
        f"    {model}.metrics_variables,",
        ")",
    ]


STEPS: Mapping[str, Step] = {
    "tensorflow": Step(("import tensorflow as tf",), _tensorflow),
    "jax": Step(
        ("import jax",),
        _jax,
        before=_before_jax,
        state=("state",),
        takes="loss, state = ",
        begin=("state = tuple([one.value for one in group] for group in groups)",),
        end=(
            "for group, values in zip(groups, state):",
            "    for variable, value in zip(group, values):",
            "        variable.assign(value)",
        ),
    ),
    "torch": Step(("import torch",), _torch),
}
"""The step by the name of the backend."""
