"""What of a drawing somebody waits for, so that it comes first."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Collection, Mapping, Sequence

from kerasviz.analysis.order import Node, node_id
from kerasviz.analysis.reading import LayerConfig

QUICK = 0.05
"""Seconds for which nobody who looks at some calls minds that others are computed, too."""


class Pace:
    """Puts the calls that somebody looks at before all others, which may be left out.

    Args:
        nodes: Ids of the calls, in the model that is looked at; empty for all, of which none is left out.
        go_on: Called before each call; what it raises ends the passage.
        until: When there is time for others no longer, as `time.perf_counter` tells it.
    """

    def __init__(
        self,
        nodes: Collection[str] = (),
        go_on: Callable[[], None] = lambda: None,
        until: float | None = None,
    ) -> None:
        self._nodes = nodes
        self._go_on = go_on
        self._until = time.perf_counter() + QUICK if until is None else until
        self._needed: set[Node] = set()
        self._has_left = False
        self._inside: list[Pace] = []

    @property
    def is_whole(self) -> bool:
        """Whether nothing was left out so far."""
        return not self._has_left and all(pace.is_whole for pace in self._inside)

    def inside(self, is_around: bool) -> Pace:
        """The pace in a model that is called.

        Args:
            is_around: Whether what is looked at is in it.
        """
        self._inside.append(Pace(self._nodes if is_around else (), self._go_on, self._until))
        return self._inside[-1]

    def order(
        self, order: Sequence[Node], layers: Mapping[str, LayerConfig], around: Collection[Node] | None
    ) -> Sequence[Node]:
        """Puts what is looked at first, with all that it depends on.

        Args:
            order: Each call after those that it depends on.
            layers: By their names.
            around: Calls of models in which it is; None where it is here.
        """
        if not self._nodes:
            self._until = math.inf
            return order
        ids = self._nodes
        needed = {node for node in order if node_id(node) in ids} if around is None else set(around)
        for node in reversed(order):
            links = layers[node[0]].links
            if node in needed and links:
                needed.update((each.layer, each.call) for each in links[node[1]])
        self._needed = needed
        return sorted(order, key=lambda node: node not in needed)  # which keeps the order of each half

    def leaves_out(self, node: Node) -> bool:
        """Whether there is no time for a call, which is about to be computed.

        Raises:
            Exception: What `go_on` raises.
        """
        self._go_on()
        if node in self._needed or time.perf_counter() < self._until:
            return False
        self._has_left = True
        return True
