"""When `fit` validates."""

from __future__ import annotations

from kerasviz.training.run.control import Control


class UntilStopped(list[int]):
    """Epochs after which `fit` validates: those asked for, but none once stop is asked.

    Keras begins the validation of an epoch that was stopped, which may first have to be compiled.
    """

    def __init__(self, control: Control, frequency: int | list[int]) -> None:
        super().__init__()
        self._control = control
        self._frequency = frequency

    def __contains__(self, epoch: object) -> bool:
        if self._control.stopping or not isinstance(epoch, int):
            return False
        every = self._frequency
        return epoch in every if isinstance(every, list) else epoch % every == 0
