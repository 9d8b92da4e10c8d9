"""Whether a model may be made, and can learn with its setup: asked before it is built."""

from __future__ import annotations

from kerasviz.analysis.mistakes.compiling import wrong_arguments
from kerasviz.config import check_model
from kerasviz.config.oldarguments import todays_setup
from kerasviz.config.parts import part_of
from kerasviz.protocol import RequestError
from kerasviz.training.plan import Plan


def check_setup(plan: Plan) -> None:
    """Refuses a model that asks for code, and what Keras takes though nothing is learned with it.

    Such as a learning rate of 0: Keras is asked, which takes a moment once for each optimizer.

    Raises:
        ModelFileError: With what asks for code.
        RequestError: With the number of the optimizer.
    """
    compiled = todays_setup(part_of(plan.document, "compile_config"))
    check_model({**plan.document, "compile_config": compiled}, custom=True)
    for _, wrong in wrong_arguments("optimizer", compiled.get("optimizer")):
        raise RequestError("compile", wrong.message)
