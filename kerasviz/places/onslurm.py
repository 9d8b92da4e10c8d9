"""On a cluster with SLURM."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Slurm:
    """As a job of SLURM, which goes on when the kernel is restarted or shut down.

    At its time limit, and when others go first, the job returns to the queue, and the run goes on from its
    last backup. The folder of the document has to lie on storage that all machines of the cluster share.
    Variables of the notebook that it trains on are copied there. The trained model comes back to the kernel
    when the run ends.

    Args:
        partition: Where it waits for its turn. By default that of the cluster.
        minutes: Time limit of the job. A run that takes longer returns to the queue, and goes on.
        gpus: GPUs, on one machine. Several share each batch.
        cpus: CPU cores. By default as many as the cluster gives.
        gigabytes: Memory of the machine. By default as much as the cluster gives.
        account: Who pays.
        more: More arguments of `sbatch`, such as `{"qos": "low", "constraint": "a100"}`.
        requeues: How often it returns to the queue at its time limit.
        backend: What Keras computes with. By default it is that of the kernel.
        layout: On JAX, which variables are divided among GPUs, for models that are too large for one: for
            a pattern of their paths the axes, such as `{".*kernel": [null, "model"]}`.
        shards: GPUs that one copy of a model with a layout is divided among. By default all.
        cluster: `local` runs the job on this machine, without SLURM, to try it.
    """

    partition: str | None = None
    minutes: int = 60
    gpus: int = 0
    cpus: int | None = None
    gigabytes: float | None = None
    account: str | None = None
    more: dict[str, str] | None = None
    requeues: int = 100
    backend: Literal["tensorflow", "jax", "torch"] | None = None
    layout: dict[str, list[str | None]] | None = None
    shards: int | None = None
    cluster: Literal["slurm", "local"] = "slurm"
