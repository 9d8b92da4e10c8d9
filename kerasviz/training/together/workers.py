"""The processes that train one model together, and how they agree on what is not computed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from kerasviz.backend.batchshare import Share
from kerasviz.backend.distribution.placement import Placement


class WorkerFailed(Exception):
    """A worker can't go on. Its one argument is the `KerasError` as JSON, which goes to any process."""


class Workers:
    """All of them, seen from one; each asks for the same in the same order.

    What they say to each other is JSON: what one of them says is never executed by another.

    Args:
        share: Which of them this is; None where there is only one.
        placement: Where their model lies.
        lines: To the others: the first worker has one to each, each other one has one to the first.
    """

    def __init__(
        self, share: Share | None, lines: Sequence[Connection] = (), placement: Placement | None = None
    ) -> None:
        self.share = share
        self.placement = placement
        self.rank = 0 if share is None else share.rank
        self._lines = lines

    @property
    def is_first(self) -> bool:
        """Whether this one writes the folder of the run, and hears what is asked of it."""
        return self.rank == 0

    def agree(self, value: Any = None) -> Any:
        """What the first worker says; the others wait for it."""
        if self.is_first:
            for line in self._lines:
                line.send_bytes(json.dumps(value).encode())
            return value
        return json.loads(self._lines[0].recv_bytes())

    def agree_on_path(self, path: Path | None) -> Path | None:
        """The path that the first worker has found."""
        found = self.agree(None if path is None else str(path))
        return None if found is None else Path(found)

    def gather(self, value: Any) -> list[Any]:
        """What each worker says, for the first one; for the others, nothing."""
        if self.is_first:
            return [value, *(json.loads(line.recv_bytes()) for line in self._lines)]
        self._lines[0].send_bytes(json.dumps(value).encode())
        return []


ALONE = Workers(None)
"""The one process of most runs."""
