"""Gives batches to `fit`, and says which arguments of `fit` their kind does not allow, and why."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from kerasviz.backend.batchshare import Share
from kerasviz.config.training import FIT_DEFAULTS
from kerasviz.data.batches import DEFAULT_SIZE
from kerasviz.data.classweights import check_class_weight
from kerasviz.data.dataset import Loaded, Stream
from kerasviz.data.sampleorder import SampleOrder
from kerasviz.data.streams.batchkinds import is_endless, is_py_dataset, steps_of
from kerasviz.data.streams.cutshort import Take, at_once
from kerasviz.data.streams.fitstream import fit_stream
from kerasviz.data.streams.readbatches import ReadBatches
from kerasviz.data.streams.reader import Reader
from kerasviz.data.streams.sharing import cut_batches
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import Text, text
from kerasviz.training.epochlength import check_ends
from kerasviz.training.fitlimits import refused, unused, weighted
from kerasviz.training.run.run import Run
from kerasviz.training.seenbatches import SeenBatches


def fitted_stream(stream: Stream, model: Any, arguments: dict[str, Any], take: Take = at_once) -> Stream:
    """Adapts batches to a compiled model, and checks the arguments of `fit`.

    Args:
        stream: As a source gives it.
        model: A compiled `keras.Model`.
        arguments: Those of `fit`.
        take: How a batch is taken.

    Returns:
        The batches as `fit` takes them; `notes` says what was changed and what is left aside.

    Raises:
        RequestError: With what does not go together, and the way out.
    """
    if not isinstance(stream.batches, Reader):
        check_ends(stream, arguments)
        stream = dataclasses.replace(stream, notes=[*stream.notes, *_left_aside(stream, arguments)])
    stream = fit_stream(stream, model, arguments["batch_size"], _share(stream, arguments), take=take)
    _check_weights(stream, arguments.get("class_weight"))
    return stream


def check_repeatable(data: Loaded) -> None:
    """Refuses what would use the batches of a Python generator up.

    Raises:
        RequestError: With code `no_data`.
    """
    if isinstance(data, Stream) and isinstance(data.batches, Iterator):
        raise RequestError(
            "no_data",
            text(
                "{name} gives its batches only once, so they are left for training. Make it a "
                "tf.data.Dataset or a keras.utils.PyDataset to try several values.",
                name=data.name,
            ),
        )


def feed_stream(
    stream: Stream, arguments: dict[str, Any], seed: int, run: Run, share_of_worker: Share | None = None
) -> tuple[Any, ...]:
    """Makes the batches of a run.

    Args:
        stream: As `fitted_stream` gives it.
        arguments: Those of `fit`; those that `fit` takes beside the batches are left in it.
        seed: Of the order of samples that are read by number.
        run: Tells how far it is.
        share_of_worker: The part of each batch that this process computes, where it is one of several.

    Returns:
        The positional arguments of `fit`.
    """
    share, size = _share(stream, arguments), arguments.pop("batch_size") or DEFAULT_SIZE
    arguments.pop("validation_split")
    of_validation = arguments.pop("validation_batch_size", None) or size
    batches, held_out = stream.batches, stream.validation
    if isinstance(batches, Reader):
        samples = len(batches.targets)
        if share:
            at = math.floor(samples * (1.0 - share))
            held_out = batches.part(np.arange(at, samples))
            batches = batches.part(np.arange(at))
        step = run.step if arguments.get("steps_per_epoch") else None
        chosen = seed if arguments.get("shuffle", True) else None
        order = SampleOrder(len(batches.targets), size, chosen, lambda: run.epoch, step, share_of_worker)
        batches = _in_batches(batches, order, share_of_worker)
        arguments["shuffle"] = False  # again
    else:
        if run.epoch:
            run.note(
                text(
                    "{name} begins with its first batch again: kerasviz can't tell where it was. The numbers "
                    "may differ from those of a run without an interruption.",
                    name=stream.name,
                )
            )
        if not is_py_dataset(batches) or is_endless(batches):
            arguments["shuffle"] = False  # Keras warns of it else
        if stream.begin is not None:
            stream.begin(seed)
        if share_of_worker is not None:
            batches = cut_batches(batches, share_of_worker)
    held_out, test = (_in_order(part, of_validation, share_of_worker) for part in (held_out, stream.test))
    passing = SeenBatches(stream.name, arguments.get("class_weight"))
    run.saw = passing.seen
    if held_out is not None:
        arguments["validation_data"] = passing.validation(held_out)
    unseen = held_out if test is None else test
    run.held_out = None if unseen is None else (unseen,)
    return (passing.training(batches),)


def _in_order(part: Any, size: int, share: Share | None) -> Any:
    """Batches of samples that are only measured."""
    if not isinstance(part, Reader):
        return part if part is None or share is None else cut_batches(part, share)
    return _in_batches(part, SampleOrder(len(part.targets), size, None, lambda: 0, share=share), share)


def _in_batches(reader: Reader, order: SampleOrder, share: Share | None) -> Any:
    """A worker that shares batches takes each when it is its turn, as that tells how it is shared."""
    return reader.batches(order) if share is None else ReadBatches(reader, order)


def _share(stream: Stream, arguments: dict[str, Any]) -> float:
    """The part of samples that are read by number which `fit` is to validate on."""
    can_be_split = isinstance(stream.batches, Reader) and stream.validation is None and not stream.is_divided
    return float(arguments["validation_split"] or 0.0) if can_be_split else 0.0


def _left_aside(stream: Stream, arguments: dict[str, Any]) -> list[Text]:
    """What was chosen for `fit` and can't be done with batches; defaults are nobody's choice."""
    notes = [
        text("{argument} is not used: {reason}", argument=name, reason=reason)
        for name, reason in unused(stream).items()
        if _is_chosen(name, arguments.get(name), stream)
    ]
    steps, there = arguments.get("steps_per_epoch"), steps_of(stream.batches)
    if steps and there and steps > there:
        notes.append(
            text(
                "An epoch has {there} batches and not {steps}: {name} has no more.",
                there=there,
                steps=steps,
                name=stream.name,
            )
        )
    return notes


def _is_chosen(name: str, value: Any, stream: Stream) -> bool:
    """Whether a person misses an argument that is left aside."""
    if name == "validation_split":  # its default is to validate
        return bool(value) and stream.validation is None
    return bool(value) and value != FIT_DEFAULTS.get(name)


def _check_weights(stream: Stream, class_weight: Any) -> None:
    """Says where weights of classes can't be used.

    Raises:
        RequestError: With code `class_weight`.
    """
    if not class_weight:
        return
    if isinstance(stream.batches, Reader):
        assert stream.example is not None
        check_class_weight(class_weight, dataclasses.replace(stream.example, y=stream.batches.targets))
        return
    if stream.example is not None and stream.example.sample_weight is not None:
        raise RequestError("class_weight", weighted(stream.name))
    for sentence in refused(stream).values():
        raise RequestError("class_weight", sentence)
    if stream.example is not None and isinstance(stream.example.y, (list, dict)):
        check_class_weight(class_weight, stream.example)
