"""What the numbers of a run depend on beside its plan: data and first weights, told by digests."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import keras
import numpy as np

from kerasviz.config.parts import part_of
from kerasviz.data.dataset import Data, Stream
from kerasviz.data.streams.fingerprint import fingerprint
from kerasviz.protocol import JSON
from kerasviz.protocol.text import Text, all_of, text

WHOLE_BYTES = 2**27
"""Of a larger array some rows are looked at, evenly spaced: reading all would hold up a run."""
BLOCKS = 64
_WHERE = frozenset({"versions", "device", "digests", "seed_drawn", "place", "model_name"})
"""What of a written plan is not the plan."""


def digests(data: Data | Stream, model: Any) -> JSON:
    """Tells the data and the weights of a run that is about to begin from others.

    Args:
        data: As `fit` takes it; of a stream what it tells, as nobody knows what it will bring.
        model: A built model.
    """
    return {"data": _of_data(data), "weights": digest([*model.variables])}


def digest(values: Any) -> str:
    """A digest of arrays, with their shapes and dtypes, in any structure."""
    known = hashlib.blake2b(digest_size=16)
    for value in keras.tree.flatten(values):
        if value is None:
            continue
        array = value if isinstance(value, np.ndarray) else np.asarray(keras.ops.convert_to_numpy(value))
        known.update(f"{array.shape} {array.dtype}".encode())
        for rows in _looked_at(array):
            known.update(repr(rows.tolist()).encode() if rows.dtype.kind in "OT" else rows.tobytes())
    return known.hexdigest()


def not_repeated(plan: Mapping[str, Any], earlier: Iterable[Mapping[str, Any]]) -> Text | None:
    """Says why a run need not give the numbers of an earlier one, although plan and seed are the same.

    Args:
        plan: What is written of the run.
        earlier: The same of others, the latest first.

    Returns:
        None where the numbers should be the same, and where there is no such run.
    """
    if plan.get("seed") is None:
        return None
    same = (other for other in earlier if _planned(other) == _planned(plan))
    differences = [list(_differences(other, plan)) for other in same]
    if not all(differences) or not differences:
        return None
    return text(
        "An earlier run had the same plan and seed. Its numbers may be others, because of {what}.",
        what=all_of(differences[0]),
    )


def _differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Text]:
    if _digest(before, "data") != _digest(after, "data"):
        yield text("other data")
    if _digest(before, "weights") != _digest(after, "weights"):
        yield text("other weights at the start")
    old, new = {**before.get("versions", {})}, {**after.get("versions", {})}
    pairs = [(name, old.get(name), new.get(name)) for name in {**old, **new}]
    pairs.append((text("the device"), before.get("device"), after.get("device")))
    for name, one, other in pairs:
        if one != other:
            yield text("{name} ({before} → {after})", name=name, before=str(one), after=str(other))


def _planned(plan: Mapping[str, Any]) -> JSON:
    document = {key: value for key, value in part_of(plan, "document").items() if key != "kerasviz"}
    return {**{key: value for key, value in plan.items() if key not in _WHERE}, "document": document}


def _of_data(data: Data | Stream) -> str | None:
    if isinstance(data, Stream):
        return digest(fingerprint(data))
    parts = [part for part in (data, data.validation) if part is not None]
    return digest([[part.x, part.y, part.sample_weight] for part in parts])


def _digest(plan: Mapping[str, Any], name: str) -> Any:
    return part_of(plan, "digests").get(name)


def _looked_at(array: np.ndarray) -> Iterator[np.ndarray]:
    if array.nbytes <= WHOLE_BYTES or array.ndim == 0 or len(array) < BLOCKS:
        yield array
        return
    size = max(1, len(array) * WHOLE_BYTES // array.nbytes // BLOCKS)
    for start in np.linspace(0, len(array) - size, BLOCKS).astype(int):
        yield array[start : start + size]
