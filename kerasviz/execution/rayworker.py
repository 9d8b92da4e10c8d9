"""What each worker of Ray does: it joins the others, and executes the run with them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ray.train
import ray.util
from ray.train.collective import broadcast_from_rank_zero

from kerasviz.training.run.folder import ENDED, STATE, RunFolder
from kerasviz.training.run.run import Run


def work(asked: dict[str, Any]) -> None:
    """Executes a run with the other workers.

    Args:
        asked: `job`, `folder` and `key`, as `raydriver` gives them.
    """
    context = ray.train.get_context()
    from kerasviz.backend.batchshare import Share
    from kerasviz.training.together.meeting import free_address

    share = Share(context.get_world_rank(), context.get_world_size())
    host = ray.util.get_node_ip_address()
    addresses = broadcast_from_rank_zero([free_address(host), free_address(host)])

    from kerasviz.execution.joinedrun import execute_joined

    def take_shares(variables: dict[str, Any]) -> None:
        from kerasviz.data.streams.raybatches import RayBatches

        for value in variables.values():
            if isinstance(value, RayBatches):
                value.take_share(share.count, ray.train.get_dataset_shard(value.key))
                share.is_cut = True

    key = bytes.fromhex(asked["key"])
    execute_joined(Path(asked["job"]), Path(asked["folder"]), share, addresses, key, take=take_shares)


def train_trial(asked: dict[str, Any]) -> None:
    """Executes a run alone: a trial of a sweep.

    Args:
        asked: `job` and `folder` of the run.
    """
    folder = RunFolder(Path(asked["folder"]))
    if folder.read(STATE).get("state") in ENDED:  # it was withdrawn
        return
    from kerasviz.execution.rooms import import_rooms_of_keras
    from kerasviz.execution.runnerprocess import print_to
    from kerasviz.execution.thread import DISK

    import_rooms_of_keras()
    from kerasviz.execution.jobrun import execute

    def began(run: Run) -> None:
        DISK.submit(folder.leave_queue)

    execute(Path(asked["job"]), print_to, again=True, began=began)
