"""Workers that train one model: they find each other, do the same, and are refused where they do not."""

from concurrent.futures import ThreadPoolExecutor
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client

import keras
import pytest

from kerasviz.backend.batchshare import Share
from kerasviz.protocol import RequestError
from kerasviz.training.together.meeting import free_address, meet
from kerasviz.training.together.sameweights import check_same
from kerasviz.training.together.sharedcontrol import SharedControl
from kerasviz.training.together.workers import Workers

COUNT, KEY = 3, b"theirs"


def together(do):
    """What each of the workers returns; their lines are real."""
    address = free_address("127.0.0.1")

    def one(rank):
        share = Share(rank, COUNT)
        return do(Workers(share, meet(share, address, KEY)))

    with ThreadPoolExecutor(COUNT) as pool:
        return [*pool.map(one, range(COUNT))]


def test_all_hear_what_the_first_one_says():
    assert together(lambda workers: workers.agree(f"of {workers.rank}")) == ["of 0"] * COUNT
    assert together(lambda workers: workers.gather(workers.rank))[0] == [0, 1, 2]


def test_nobody_else_is_answered():
    address = free_address("127.0.0.1")
    host, _, port = address.rpartition(":")
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(meet, Share(0, 2), address, KEY)
        while True:
            try:
                with pytest.raises(AuthenticationError):
                    Client((host, int(port)), authkey=b"guessed")
                break
            except ConnectionRefusedError:  # nobody listens yet
                continue
        assert pool.submit(meet, Share(1, 2), address, KEY).result()
        assert len(first.result()) == 1


def model(bias):
    made = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2, kernel_initializer="ones")])
    made.layers[0].bias.assign([0.0, bias])
    return made


@pytest.mark.parametrize("other", [0.0, 1e-7])
def test_workers_with_other_weights_are_refused(other):
    models = [model(0.0), model(0.0), model(other)]

    def check(workers):
        try:
            check_same(workers, models[workers.rank])
        except RequestError as error:
            return error.error["message"]

    said = together(check)
    assert len(set(said)) == 1
    assert (said[0] is None) == (not other)
    assert not other or "weights of worker 2 are not those of worker 0" in said[0]


def test_what_is_asked_is_done_by_all_at_the_same_time():
    def run(workers):
        control = SharedControl(workers)
        if workers.is_first:
            assert control.defers({"action": "pause"}) and not control.pausing
        control.agree()
        paused = control.pausing
        if workers.is_first:
            control.defers({"action": "change", "what": "learning_rate", "value": 0.5})
            control.defers({"action": "stop"})
        control.wait_while(lambda: control.pausing)
        return paused, control.stopping, [*control.take_changes()]

    assert together(run) == [(True, True, [("learning_rate", 0.5)])] * COUNT


def test_each_computes_its_share_and_all_compute_what_does_not_divide():
    shares = [Share(rank, COUNT) for rank in range(COUNT)]
    assert [[*range(6)][share.of(6)] for share in shares] == [[0, 1], [2, 3], [4, 5]]
    assert not any(share.is_whole for share in shares)
    assert all(share.of(4) == slice(None) and share.is_whole for share in shares)
