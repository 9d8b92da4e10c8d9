"""On a cluster with Ray."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Ray:
    """By Ray Train on several workers, which share each batch; it goes on when the kernel is shut down.

    Where a worker is lost, all begin again from the last backup. The folder of the document has to lie on
    storage that all machines of the cluster share. Variables of the notebook that it trains on are copied
    there. The trained model comes back to the kernel when the run ends.

    Args:
        workers: Processes that share each batch; in a sweep, trials that train at the same time.
        cpus: CPU cores of each worker.
        gpus: GPUs of each worker.
        resources: What else each worker needs, such as `{"accelerator_type:A100": 0.01}`.
        retries: How often it begins again where a worker is lost.
        backend: What Keras computes with. By default it is that of the kernel, and JAX where that is
            TensorFlow.
        cluster: By default that which this machine belongs to, or that of the variable RAY_ADDRESS of the
            kernel. `local` starts one on this machine for the run, to try it.
    """

    workers: int = 2
    cpus: float = 1.0
    gpus: int = 0
    resources: dict[str, float] | None = None
    retries: int = 3
    backend: Literal["jax", "torch"] | None = None
    cluster: Literal["ray", "local"] = "ray"

    @property
    def worker_resources(self) -> dict[str, float]:
        """What a worker asks Ray for."""
        gpus = {"GPU": float(self.gpus)} if self.gpus else {}
        return {"CPU": self.cpus, **gpus, **(self.resources or {})}
