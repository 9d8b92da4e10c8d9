"""A save that does not end leaves the old file."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import few

from kerasviz.storage.atomic import replaced


@pytest.mark.skipif(not hasattr(os, "fork"), reason="killing at a random moment needs fork")
@pytest.mark.parametrize(("name", "kills"), few([("m.keras", 12), ("m.h5", 12)], 2))
def test_killed_at_any_moment_or_the_disk_full_the_old_or_the_new_file_loads(name, kills, tmp_path):
    script = Path(__file__).with_name("interrupted_saves.py")
    done = subprocess.run(
        [sys.executable, str(script), str(tmp_path / name), str(kills)],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    replaced_count = int(done.stdout.split()[0])
    assert 0 < replaced_count < kills  # the moments were spread over the whole save


def test_an_error_leaves_the_old_file_and_nothing_beside_it(tmp_path):
    path = tmp_path / "m.json"
    path.write_text("old")
    with pytest.raises(RuntimeError), replaced(path) as beside:
        beside.write_text("new")
        raise RuntimeError
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"^There is no folder '.*nowhere'\. Create it first\.$"):
        with replaced(tmp_path / "nowhere" / "model.keras"):
            pass


def test_the_new_file_has_the_permissions_of_the_old(tmp_path):
    path = tmp_path / "m.json"
    path.write_text("old")
    path.chmod(0o640)
    with replaced(path) as beside:
        beside.write_text("new")
    assert path.read_text() == "new" and path.stat().st_mode & 0o777 == 0o640


def test_a_link_is_followed(tmp_path):
    (tmp_path / "real.json").write_text("old")
    (tmp_path / "link.json").symlink_to("real.json")
    with replaced(tmp_path / "link.json") as beside:
        beside.write_text("new")
    assert (tmp_path / "real.json").read_text() == "new" and (tmp_path / "link.json").is_symlink()


def test_a_folder_takes_the_place_of_a_folder(tmp_path):
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "old").write_text("old")
    with replaced(tmp_path / "m") as beside:
        beside.mkdir()
        (beside / "new").write_text("new")
    assert [file.name for file in (tmp_path / "m").iterdir()] == ["new"]
    assert list(tmp_path.iterdir()) == [tmp_path / "m"]


def abandoned(folder, name, process=2**22 + 1, age=7200.0):
    """A file as a save of that name leaves it that was killed, and a process number that no system gives."""
    path = folder / f".kerasviz-{process}-0a1b2c3d.{name}"
    path.write_text("half")
    os.utime(path, (path.stat().st_atime, path.stat().st_mtime - age))
    return path


def test_a_save_removes_what_a_killed_one_left(tmp_path):
    left = abandoned(tmp_path, "m.json")
    with replaced(tmp_path / "m.json") as beside:
        beside.write_text("new")
    assert not left.exists()


def test_a_save_leaves_what_may_be_somebody_s(tmp_path):
    kept = [
        abandoned(tmp_path, "m.json", age=0),  # may be of another machine
        abandoned(tmp_path, "m.json", process=os.getpid()),
        abandoned(tmp_path, "other.json"),
        abandoned(tmp_path, "m.json.old"),  # the only good copy while there is no m.json
        tmp_path / ".12345678.m.json",
    ]
    kept[-1].write_text("mine")
    with replaced(tmp_path / "m.json") as beside:
        beside.write_text("new")
    assert all(path.exists() for path in kept)
