"""The changes of a document, as one page sends them, and what they do to the analysis."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kerasviz.config.budget import most, way_on
from kerasviz.kernel.payload import object_of
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.text import text

if TYPE_CHECKING:
    from kerasviz.analysis.weightspecs import Place

KEPT = 16
"""Revisions that a page may base a change on; they share their layers."""
MAX_LAYERS = 20_000


class Revisions:
    """Follows the revisions of one page.

    `announce` is called where messages come in, `places` on any thread, the others on the analysis thread.
    """

    def __init__(self) -> None:
        self.latest: int | None = None
        self._layers: OrderedDict[int, list[JSON]] = OrderedDict()
        self._analyzer: Any = None
        self._analyzed: tuple[int | None, Any] = None, None
        self._start_over = True

    def announce(self, revision: object) -> None:
        """Hears of a revision that will be analysed: work on older ones ends as soon as it can.

        Raises:
            RequestError: With code `bad_request`, when it is no number.
        """
        if not isinstance(revision, int):
            raise RequestError("bad_request", text("Expected a number as revision."))
        self.latest = revision

    def take(self, payload: JSON) -> JSON:
        """Puts a revision together.

        Args:
            payload: `AnalyzePayload`: layers as text, and `[start, count]` runs of those of revision `base`.

        Returns:
            The whole model. Layers that did not change are the same dicts as in the base.

        Raises:
            RequestError: With code `unknown_base`, when the page must send everything.
        """
        revision, base, model, items = (payload.get(key) for key in ("revision", "base", "model", "layers"))
        if not isinstance(revision, int) or not isinstance(model, str) or not isinstance(items, list):
            raise RequestError("bad_request", text("Expected revision, model and layers in analyze."))
        if base is None:
            self._layers.clear()
            self._start_over = True
        elif base not in self._layers:
            message = text("Revision {base} is not known here; send the whole model.", base=repr(base))
            raise RequestError("unknown_base", message)
        layers: list[JSON] = []
        allowed = most(MAX_LAYERS, "seconds")
        for item in items:
            layers.extend([object_of(item)] if isinstance(item, str) else self._run(base, item))
            if len(layers) > allowed:
                raise RequestError(
                    "too_large",
                    text(
                        "Expected at most {count} layers. {way_on}",
                        count=f"{allowed:,}",
                        way_on=way_on("seconds"),
                    ),
                )
        self._layers[revision] = layers
        if len(self._layers) > KEPT:
            self._layers.popitem(last=False)
        shell = object_of(model)
        config = shell.get("config")
        return {**shell, "config": {**(config if isinstance(config, dict) else {}), "layers": layers}}

    def analyze(self, revision: int, model: JSON) -> JSON:
        """Analyses a revision; the result holds what changed since the one analysed before.

        Raises:
            RequestError: With code `superseded`, when a newer revision waits.
        """
        self._check(revision)
        from kerasviz.analysis import Analyzer

        edited = not self._start_over
        if self._start_over:
            self._analyzer, self._start_over = Analyzer(), False
        try:
            update = self._analyzer.update(model, trusted=edited)
        except BaseException:
            self._layers.clear()  # the next change gets `unknown_base`, and the page sends everything
            raise
        self._analyzed = revision, self._analyzer.snapshot
        return {"revision": revision, **update}

    def fixes(self, revision: Any) -> JSON:
        """Looks for fixes of the mistakes in the revision that was analysed last.

        Raises:
            RequestError: With code `superseded`, as soon as a newer revision waits.
        """
        self._last(revision)
        return {"revision": revision, **self._analyzer.fixes(lambda: self._check(revision))}

    def places(self, revision: Any) -> Mapping[str, Place]:
        """Tells what the layers are in the revision that was analysed last.

        Raises:
            RequestError: With code `superseded`, when it is another one.
        """
        from kerasviz.analysis.weightspecs import places_in

        return places_in(self._last(revision))

    def _last(self, revision: Any) -> Any:
        analyzed, snapshot = self._analyzed
        if revision != analyzed:
            raise _superseded(revision, analyzed)
        return snapshot

    def _check(self, revision: int) -> None:
        if revision != self.latest:
            raise _superseded(revision, self.latest)

    def _run(self, base: int | None, item: Any) -> list[JSON]:
        known = self._layers[base] if base is not None else []
        match item:
            case [int(start), int(count)] if 0 <= start <= start + count <= len(known):
                return known[start : start + count]
        raise RequestError(
            "bad_request",
            text("Expected a layer or a run of the base's layers, received: {item}.", item=f"{item!r:.80}"),
        )


def _superseded(revision: Any, newer: int | None) -> RequestError:
    message = text(
        "Revision {newer} came before {revision} was done.", newer=str(newer), revision=f"{revision!r:.40}"
    )
    return RequestError("superseded", message)
