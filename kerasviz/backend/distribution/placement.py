"""Where models lie: what each kind of place is asked."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Any
from weakref import WeakKeyDictionary

from kerasviz.protocol import RequestError
from kerasviz.protocol.text import Text

_PLACED: WeakKeyDictionary[Any, Placement] = WeakKeyDictionary()
"""The models that lie where a person chose."""


class Placement:
    """Where Keras puts a model by itself, or where a cell has put it.

    Attributes:
        names: Devices that were chosen, as Keras names them.
        copies: Copies of the model, which share each batch.
    """

    names: tuple[str, ...] = ()
    copies = 1

    def building(self, old: Any = None) -> AbstractContextManager[Any]:
        """What is built in this context lies here.

        Args:
            old: The model that it takes the place of: one that a cell has put on devices stays on these.
        """
        return nullcontext() if old is None or old in _PLACED else same_replicas(old)

    def training(self) -> AbstractContextManager[Any]:
        """Around the `fit` of a model that lies here."""
        return nullcontext()

    def holds(self, model: Any) -> bool:
        """Whether a model lies here, so that it need not be moved."""
        return model not in _PLACED

    def take(self, model: Any) -> None:
        """Remembers that a model lies here."""
        if self.names:
            _PLACED[model] = self
        else:
            _PLACED.pop(model, None)

    def joining(self, model: Any) -> AbstractContextManager[Any]:
        """Around the `fit` of a model that other processes train, too."""
        return nullcontext()

    def apart(self) -> AbstractContextManager[Any]:
        """What is computed in this context is computed in this process alone."""
        return nullcontext()

    def settle(self, model: Any) -> None:
        """Brings together what each of several processes has measured of its own share."""

    def on_batch(self, size: int) -> int:
        """Samples for `train_on_batch` that take as much memory as a batch of so many in `fit`."""
        return size

    def differences(self, model: Any, samples: int | None, size: int) -> list[Text]:
        """What is computed otherwise here than on one device.

        Args:
            model: A model that lies here.
            samples: That train; None where nobody knows.
            size: Samples in a batch.
        """
        return []


class WhereItIs(Placement):
    """Where the model is that another one takes the place of."""

    def building(self, old: Any = None) -> AbstractContextManager[Any]:
        """What is built in this context lies where the other one does."""
        return same_replicas(old)

    def holds(self, model: Any) -> bool:
        """It need not be moved."""
        return True

    def take(self, model: Any) -> None:
        """Nothing is chosen."""


BY_ITSELF = Placement()
"""Where nobody has chosen a device."""
WHERE_IT_IS = WhereItIs()


def same_replicas(model: Any) -> AbstractContextManager[Any]:
    """Makes what is built in this context lie on the devices of a model; None has none of its own."""
    if model is not None and (chosen := _PLACED.get(model)) is not None:
        return chosen.building(model)
    strategy = getattr(model, "distribute_strategy", None)
    scope: AbstractContextManager[Any] = nullcontext() if strategy is None else strategy.scope()
    return scope


def placed_at(model: Any) -> Placement | None:
    """Where a person put a model; None where Keras, or a cell, did."""
    return None if model is None else _PLACED.get(model)


def refused(sentence: str) -> RequestError:
    """What is wrong with the devices that were chosen."""
    return RequestError("devices", sentence)
