"""How a sample is chosen to be looked at. A way is one module with a `choose`, and a line in the table.

The module's docstring is the name for people. `choose` takes what a page may say, with types, and the keyword
`samples`: those of the data. It returns the sample.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from types import ModuleType
from typing import Any

from kerasviz.config.parts import part_of
from kerasviz.insight.choosers import at_random, by_class, by_index
from kerasviz.insight.samples import Samples, Taken
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text

CHOOSERS: Mapping[str, ModuleType] = {"by_index": by_index, "by_class": by_class, "at_random": at_random}
"""The ways by the name that a page has for them."""


def choose(chosen: Mapping[str, Any], samples: Samples) -> Taken:
    """Chooses a sample.

    Args:
        chosen: `{"class_name": way, "config": its arguments}`.
        samples: Of the data.

    Raises:
        RequestError: With code `no_sample`, where there is no such sample; with `bad_request`, where there is
            no such way.
    """
    name, config = chosen.get("class_name"), part_of(chosen, "config")
    way = CHOOSERS.get(name) if isinstance(name, str) else None
    try:
        if way is None:
            raise TypeError(name)
        inspect.signature(way.choose).bind(**{**config, "samples": samples})
    except TypeError as error:
        raise RequestError("bad_request", text("No sample is chosen so."), detail=str(error)) from None
    taken: Taken = way.choose(**config, samples=samples)
    return taken
