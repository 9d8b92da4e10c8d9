"""How a sample is chosen to be looked at. A way is one module with a `choose`, and a line in the table.

The module's docstring is the name for people. `choose` takes what a page may say, with types, and one
keyword: `samples`, those of the data, or `own`, what a sample of somebody's own is made for, which knows the
data, too. What takes `of` gets the sample that is chosen there. It returns the sample. A way that not all
models and data allow has a `fits`, too: whether these do.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any

from kerasviz.config.parts import part_of
from kerasviz.insight.choosers import at_random, by_index, by_row, changed, of_class, of_new_data, over_plane
from kerasviz.insight.own import Own
from kerasviz.insight.samples.samples import Samples, Taken
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text

CHOOSERS: Mapping[str, ModuleType] = {
    "by_index": by_index,
    "of_class": of_class,
    "of_new_data": of_new_data,
    "at_random": at_random,
    "by_row": by_row,
    "changed": changed,
    "over_plane": over_plane,
}
"""The ways by the name that a page has for them."""


def choose(chosen: Mapping[str, Any], samples: Callable[[], Samples | None], own: Callable[[], Own]) -> Taken:
    """Chooses a sample.

    Args:
        chosen: `{"class_name": way, "config": its arguments}`.
        samples: Loads the data; None where there is none: then a sample of it is one at random.
        own: Tells what a sample of somebody's own is made for.

    Raises:
        RequestError: With code `no_sample`, where there is no such sample; with `bad_request`, where there is
            no such way.
    """
    name, config = chosen.get("class_name"), part_of(chosen, "config")
    way = CHOOSERS.get(name) if isinstance(name, str) else None
    try:
        if way is None:
            raise TypeError(name)
        here = "own" if "own" in inspect.signature(way.choose).parameters else "samples"
        inspect.signature(way.choose).bind(**{**config, here: None})
        if config.get("of") is not None:
            config = {**config, "of": choose(part_of(config, "of"), samples, own)}
    except TypeError as error:
        raise RequestError(
            "bad_request", text("There is no such way to choose a sample."), detail=str(error)
        ) from None
    given = own() if here == "own" else samples()
    if given is None:
        if hasattr(way, "fits"):
            raise RequestError("no_sample", text("Choose data on the Train tab first."))
        return own().random()
    taken: Taken = way.choose(**{**config, here: given})
    return taken


def further_ways(own: Own) -> list[str]:
    """The ways that can be gone for a model and its data, of those that can't be for all."""
    return [
        name
        for name, way in CHOOSERS.items()
        if (fits := getattr(way, "fits", None)) is not None and fits(own)
    ]
