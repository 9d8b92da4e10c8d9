"""The callback that holds a run at the end of an epoch."""

from __future__ import annotations

import keras

from kerasviz.training.callbacks.recorder import Logs, Recorder


class Holding(keras.callbacks.Callback):  # type: ignore[misc]
    """Holds between two epochs, where that is asked for; it comes after all others, so that they are done.

    Args:
        recorder: Of the run.
    """

    def __init__(self, recorder: Recorder) -> None:
        super().__init__()
        self._recorder = recorder

    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:
        """Waits as long as the run is to hold; after the last epoch there is nothing to wait for."""
        control = self._recorder.run.control
        if self.model.stop_training or epoch + 1 >= self.params["epochs"]:
            return
        control.ends("epoch")
        if control.pausing:
            self._recorder.hold()
        if control.stopping:
            self.model.stop_training = True
