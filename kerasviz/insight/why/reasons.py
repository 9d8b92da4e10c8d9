"""What of a sample counts for an answer of the model: asked for, computed and told."""

from __future__ import annotations

import inspect
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from kerasviz.backend.isolation import aside
from kerasviz.catalog.sources import described
from kerasviz.config.parts import part_of
from kerasviz.insight.outputs.predictions import Goal
from kerasviz.insight.passage.layersource import LayerSource
from kerasviz.insight.samples.samples import Samples, Taken
from kerasviz.insight.samples.tablerows import Value
from kerasviz.insight.why import METHODS
from kerasviz.insight.why.attribution import Attribution
from kerasviz.insight.why.explained import Explained
from kerasviz.insight.why.places import places_of
from kerasviz.insight.why.shownweights import parts_of_page
from kerasviz.protocol import JSON, RequestError, finite
from kerasviz.protocol.text import text
from kerasviz.protocol.why import Why, WhyMethod


@dataclass(frozen=True)
class Asked:
    """What somebody wants to know.

    Attributes:
        method: `{"class_name", "config"}`; None for the first that fits.
        output: Which output of the model, counted from 0.
        target: Which of its answers; None for what the model says.
        go_on: Told from time to time how far it is, from 0 to 1, None where that is unknown; what it raises
            ends it.
    """

    method: Mapping[str, Any] | None = None
    output: int = 0
    target: int | None = None
    go_on: Callable[[float | None], None] = lambda share: None


class Reasons:
    """What may explain one answer about one sample. Made on the thread that holds the model.

    Args:
        document: Keras JSON.
        inputs: What goes in, `(1, ...)` each, in the order of the Inputs.
        source: Gives the layers.
        goal: What is to be predicted.
        samples: Those of the data, where there is data.
        asked: What somebody wants to know.
        values: What is in the columns of the sample, where it is a row of a table.

    Attributes:
        takes_long: Whether `weigh` takes seconds: then it has copies of the layers, for any thread.
    """

    def __init__(
        self,
        document: JSON,
        inputs: Sequence[Any],
        source: LayerSource,
        goal: Goal,
        samples: Samples | None,
        asked: Asked,
        values: Mapping[str, Value] | None = None,
    ) -> None:
        began = time.perf_counter()
        self._asked = asked
        self._source = source
        self._values = values or {}

        def explained(source: LayerSource) -> Explained:
            names = goal.class_names
            check = lambda: asked.go_on(None)  # noqa: E731
            return Explained(document, inputs, source, asked.output, asked.target, names, samples, check)

        self.explained = aside(lambda: explained(source))
        self.places = places_of(self.explained)
        self.unfit = {name: each.unfit(self.explained, self.places) for name, each in METHODS.items()}
        self.name = self._chosen()
        self.takes_long = self.name is not None and getattr(METHODS[self.name], "TAKES_LONG", False)
        if self.takes_long:
            self.explained = aside(lambda: explained(source.apart()))
        aside(lambda: (self.explained.value, self.explained.score))  # makes all layers that will be called
        self._seconds = time.perf_counter() - began

    def _chosen(self) -> str | None:
        """The method that is used: the one that was asked for, or the first that fits."""
        wanted = (self._asked.method or {}).get("class_name")
        if wanted is not None and wanted not in METHODS:
            raise RequestError(
                "bad_request", text("There is no such attribution method."), detail=repr(wanted)
            )
        fitting = [name for name, unfit in self.unfit.items() if unfit is None]
        return wanted if wanted in fitting else next(iter(fitting), None)

    def why(self) -> Why:
        """Computes and tells it.

        Raises:
            RequestError: With a sentence, where it can't be computed.
        """
        began = time.perf_counter()
        explained, answer = self.explained, self.explained.answer
        method = None if self.name is None else METHODS[self.name]
        config = {} if method is None else self._config(method)
        weighed = [] if method is None else aside(lambda: self._weighed(method, config))
        seconds = self._seconds + (0.0 if self.takes_long else time.perf_counter() - began)
        is_score = method is not None and method.OF_SCORE
        return Why(
            methods=sorted(self._methods(), key=lambda each: each["unfit"] is not None),
            method=None if self.name is None else {"class_name": self.name, "config": config},
            outputs=explained.output_nodes,
            output=explained.output,
            answers=list(answer.names),
            target=answer.target,
            says=explained.says,
            probability=finite(explained.value) if answer.is_probability else None,
            value=finite(explained.score if is_score else explained.value),
            is_score=is_score and answer.is_probability,
            is_of_data=getattr(method, "OF_DATA", False),
            is_signed=method is not None and method.IS_SIGNED,
            parts=parts_of_page(weighed, self._values),
            notes=[note for each in weighed for note in each.notes],
            weights=self._source.weights,
            seconds=seconds,
        )

    def _config(self, method: ModuleType) -> dict[str, Any]:
        """The arguments of the method that a page gave; those of another one are passed over."""
        asked = self._asked.method
        if asked is None or asked.get("class_name") != self.name:
            return {}
        return dict(part_of(asked, "config"))

    def _weighed(self, method: ModuleType, config: Mapping[str, Any]) -> list[Attribution]:
        given: dict[str, Any] = {"explained": self.explained, "places": self.places}
        if "go_on" in inspect.signature(method.weigh).parameters:
            given["go_on"] = self._asked.go_on
        try:
            inspect.signature(method.weigh).bind(**{**config, **given})
        except TypeError as error:
            raise RequestError(
                "bad_request", text("There is no such attribution method."), detail=str(error)
            ) from None
        weighed: list[Attribution] = method.weigh(**{**config, **given})
        return weighed

    def _methods(self) -> list[WhyMethod]:
        return [self._method(name, module) for name, module in METHODS.items()]

    def _method(self, name: str, module: ModuleType) -> WhyMethod:
        entry = described(name, module, module.weigh)
        schema = entry["schema"]
        choices = module.choices(self.explained, self.places) if hasattr(module, "choices") else {}
        properties = {
            argument: {**each, "enum": choices[argument]} if argument in choices else each
            for argument, each in schema["properties"].items()
        }
        return WhyMethod(
            class_name=name,
            title=schema["title"],
            summary=entry["summary"],
            schema={**schema, "properties": properties},
            means=module.MEANS,
            means_not=module.MEANS_NOT,
            unfit=self.unfit[name],
        )


def values_of(taken: Taken, samples: Samples | None) -> dict[str, Value]:
    """What is in the columns of a sample, where it is a row of a table as it stands there."""
    if samples is None or samples.rows is None or taken.part is None or taken.index is None:
        return {}
    rows, block = samples.row(taken.part, taken.index)
    return {name: rows.value(name, block) for name in block}
