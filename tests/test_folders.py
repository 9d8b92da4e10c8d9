"""Folders of images, texts and sounds by class, as people have them."""

import shutil
import wave
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
from conftest import BACKEND, layer, planned, tensorflow_only
from PIL import Image

from kerasviz.data import code_of, load
from kerasviz.data.balancing import balanced
from kerasviz.data.preview.look import look
from kerasviz.data.sampleorder import SampleOrder
from kerasviz.data.streams.fitstream import fit_stream
from kerasviz.execution.thread import DISK
from kerasviz.models.firstmodel import first_model
from kerasviz.models.keeper import Keeper
from kerasviz.protocol import RequestError
from kerasviz.training.fit import fit
from kerasviz.training.plan import read_plan
from kerasviz.training.run.run import Run

SIZES = {"daisy": 6, "rose": 9, "tulip": 5}
"""Pictures of each class."""


def picture(number: int, height: int = 24, width: int = 32) -> Image.Image:
    pixels = np.random.default_rng(number).integers(0, 255, (height, width, 3), dtype="uint8")
    return Image.fromarray(pixels)


@pytest.fixture
def flowers(tmp_path):
    """The folder of /tasks: pictures of different sizes, two broken, a CMYK, a PNG with alpha, and junk."""
    root, outside = tmp_path / "flowers", tmp_path / "outside"
    outside.mkdir()
    picture(99).save(outside / "secret.jpg")
    number = 0
    for name, count in SIZES.items():
        (root / name).mkdir(parents=True)
        for index in range(count):
            picture(number, 20 + number, 30 + number).save(root / name / f"{index}.jpg")
            number += 1
    picture(50).convert("CMYK").save(root / "daisy" / "cmyk.jpg")
    picture(51).convert("RGBA").save(root / "daisy" / "alpha.PNG")
    (root / "daisy" / "deeper").mkdir()
    picture(52).convert("L").save(root / "daisy" / "deeper" / "grey.jpeg")
    whole = (root / "rose" / "0.jpg").read_bytes()
    (root / "rose" / "half.jpg").write_bytes(whole[: len(whole) // 2])
    (root / "tulip" / "page.jpg").write_text("<html>Not found</html>")
    picture(53).save(root / "tulip" / "new.webp")
    for junk in ("notes.txt", "rose/Thumbs.db", "rose/.DS_Store", "tulip/list.txt"):
        (root / junk).write_text("junk")
    (root / ".ipynb_checkpoints").mkdir()
    (root / "rose" / "linked.jpg").symlink_to(outside / "secret.jpg")
    (root / "stolen").symlink_to(outside)
    return root


def images(root: Path, **config: Any) -> Any:
    return load({"class_name": "images", "config": {"path": root.name, **config}}, {}, root.parent)


def in_order(reader: Any, size: int = 4) -> list[Any]:
    order = SampleOrder(len(reader.targets), size, None, lambda: 0)
    return list(reader.batches(order).as_numpy_iterator())


def test_what_can_be_read_is_found_and_the_rest_is_named(flowers):
    stream = images(flowers)
    assert stream.class_names == ["daisy", "rose", "tulip"] and stream.classes == 3
    assert np.bincount(stream.batches.targets).tolist() == [9, 9, 5] and stream.samples == 23
    assert stream.notes == [
        "2 files can't be read as an image and are left out: rose/half.jpg, tulip/page.jpg.",
        "1 link leads out of the folder and is left out: rose/linked.jpg. Put the file in its place.",
        "1 file of another format is left out: tulip/new.webp. Convert it.",
    ]
    assert "daisy/cmyk.jpg" in images(flowers, color_mode="grayscale").notes[0]
    assert not [file for file in stream.batches.files if "outside" in file or "linked" in file]
    x, y = map(np.concatenate, zip(*in_order(stream.batches), strict=True))
    assert x.shape[0] == 23 and x.shape[-1] == 3 and x.dtype == "float32" and x.max() > 200
    np.testing.assert_array_equal(y, stream.batches.targets)


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"crop_to_aspect_ratio": True},
        {"pad_to_aspect_ratio": True, "interpolation": "nearest"},
        {"color_mode": "grayscale"},
    ],
    ids=str,
)
def test_pictures_are_those_of_keras_number_by_number(flowers, options):
    for broken in ("rose/half.jpg", "tulip/page.jpg", "rose/linked.jpg", "daisy/cmyk.jpg"):
        (flowers / broken).unlink()
    (flowers / "stolen").unlink()
    reader = images(flowers, height=16, width=20, **options).batches
    plain = keras.utils.image_dataset_from_directory(
        flowers, image_size=(16, 20), shuffle=False, batch_size=None, verbose=False, **options
    )
    known = dict(zip(plain.file_paths, plain.as_numpy_iterator(), strict=True))
    x, y = map(np.concatenate, zip(*in_order(reader), strict=True))
    for file, sample, label in zip(reader.files, x, y, strict=True):
        np.testing.assert_array_equal(sample, known[file][0])
        assert label == known[file][1]


def test_the_order_is_another_in_each_epoch_and_can_be_repeated_and_continued(flowers):
    reader = images(flowers, height=8, width=8).batches
    epoch = 0

    def labels(seed: int, step: int | None = None, batches: int = 3) -> list[int]:
        order = SampleOrder(23, 8, seed, lambda: epoch, step)
        taken = reader.batches(order).take(batches).as_numpy_iterator()
        return [float(picture.sum()) for x, _ in taken for picture in x]

    first = labels(7)
    assert first == labels(7) and sorted(first) == sorted(labels(8)) and first != labels(8)
    epoch = 1
    assert labels(7) != first
    epoch = 0
    endless = labels(7, 0, 6)
    assert endless[:23] == first
    assert endless[16:] == labels(7, 2, 4)  # the last batch of a turn has what is left


def document(shape: Any, *layers: Any) -> Any:
    return {
        "module": "keras",
        "class_name": "Sequential",
        "config": {
            "name": "net",
            "layers": [
                layer("InputLayer", batch_shape=[None, *shape], name="in"),
                *layers,
                layer("Dense", units=3, activation="softmax", name="out"),
            ],
        },
        "registered_name": None,
        "compile_config": {"optimizer": "adam", "loss": "sparse_categorical_crossentropy", "metrics": []},
    }


def trained(drawn: Any, chosen: Any, folder: Path, **training: Any) -> tuple[Run, list[float]]:
    run, seen = Run("net", 2), []
    plan = read_plan(planned(drawn, fit={"batch_size": 8}, data=chosen, **training), "fresh")

    def heard(curves: Any) -> None:
        if curves and "loss" in curves["epoch"]:
            seen.extend(curves["epoch"]["loss"]["y"])

    run.end(fit(plan, Keeper(folder), run, {}, heard, DISK.submit))
    return run, seen


def test_a_network_trains_on_flowers_and_a_seed_repeats_it(flowers):
    drawn = document((12, 12, 3), layer("Rescaling", scale=1 / 255, offset=0.0), layer("Flatten"))
    chosen = {"class_name": "images", "config": {"path": "flowers"}}
    split = {"class_name": "by_class", "config": {"validation": 0.3}}
    run, losses = trained(drawn, chosen, flowers.parent, seed=3, split=split)
    assert (run.state, run.steps_per_epoch, run.step) == ("finished", 2, 4)
    assert losses == trained(drawn, chosen, flowers.parent, seed=3, split=split)[1] != []
    run, _ = trained(drawn, chosen, flowers.parent)  # the validation split of fit
    assert run.steps_per_epoch == 3


def test_sizes_are_those_that_a_model_takes_or_proposed(flowers):
    assert images(flowers).batches.read(np.arange(1)).shape[1:] == (28, 40, 3)
    assert images(flowers).proposed == {"height": 28, "width": 40}
    assert images(flowers, height=10, width=12).batches.read(np.arange(1)).shape == (1, 10, 12, 3)

    def made(*shape: int | None) -> keras.Model:
        layers = [keras.Input(shape), keras.layers.GlobalMaxPooling2D(), keras.layers.Dense(3)]
        model = keras.Sequential(layers)
        model.compile("sgd", "sparse_categorical_crossentropy")
        return model

    fitted = fit_stream(images(flowers), made(14, 15, 3), 8, 0.0)
    assert fitted.batches.read(np.arange(2)).shape == (2, 14, 15, 3)
    assert fit_stream(images(flowers), made(None, None, 3), 8, 0.0).example.x.shape == (2, 28, 40, 3)
    with pytest.raises(RequestError, match=r"expects samples of shape \(14, 15, 1\)"):
        fit_stream(images(flowers), made(14, 15, 1), 8, 0.0)
    with pytest.raises(RequestError, match="has classes 0 to 2"):
        two = keras.Sequential([keras.Input((4, 4, 3)), keras.layers.Flatten(), keras.layers.Dense(2)])
        two.compile("sgd", "sparse_categorical_crossentropy")
        fit_stream(images(flowers), two, 8, 0.0)


def test_folders_called_train_and_test_are_parts(flowers):
    root = flowers.parent / "parted"
    for part in ("Train", "val", "test_set"):
        for number, name in enumerate(("cat", "dog")):
            (root / part / name).mkdir(parents=True)
            picture(number).save(root / part / name / "1.png")
    stream = images(root)
    assert stream.class_names == ["cat", "dog"]
    assert [len(part.files) for part in (stream.batches, stream.validation, stream.test)] == [2, 2, 2]
    (root / "val" / "bird").mkdir()
    with pytest.raises(RequestError, match="val has the class 'bird', which Train has not"):
        images(root)


def test_what_is_no_such_folder_is_said(flowers):
    for path, said in {
        "nothing": "There is no folder nothing",
        "flowers/notes.txt": "is a file. Choose the folder",
        "flowers/rose": "has no folders with files that end with",
        "": "Choose a folder",
        "../../etc/passwd": "There is no folder|is a file",
    }.items():
        with pytest.raises(RequestError, match=said):
            load({"class_name": "images", "config": {"path": path}}, {}, flowers.parent)
    only = flowers.parent / "only" / "deep" / "rose"
    only.mkdir(parents=True)
    picture(1).save(only / "1.jpg")
    with pytest.raises(RequestError, match="one folder only, 'deep', and so one class"):
        images(flowers.parent / "only")
    with pytest.raises(RequestError, match="either cropped or padded"):
        images(flowers, crop_to_aspect_ratio=True, pad_to_aspect_ratio=True)


@tensorflow_only("it takes text as an input")
def test_texts_by_class(tmp_path):
    for name, said in {"bad": "dull", "good": "größte Freude 🎉"}.items():
        (tmp_path / "reviews" / name).mkdir(parents=True)
        for number in range(3):
            (tmp_path / "reviews" / name / f"{number}.txt").write_text(f"{said} {number}", "utf-8")
    (tmp_path / "reviews" / "good" / "old.txt").write_bytes("größte".encode("latin-1"))
    chosen = {"class_name": "texts", "config": {"path": "reviews", "max_length": 6}}
    stream = load(chosen, {}, tmp_path)
    assert stream.notes == ["1 file can't be read as text in UTF-8 and is left out: good/old.txt."]
    assert sorted(set(stream.batches.read(np.arange(6)))) == ["dull 0", "dull 1", "dull 2", "größte"]
    words = keras.layers.TextVectorization(vocabulary=["dull", "freude"], output_sequence_length=4)
    model = keras.Sequential([keras.Input((1,), dtype="string"), words, keras.layers.Dense(2)])
    model.compile("sgd", "sparse_categorical_crossentropy")
    fitted = fit_stream(stream, model, 8, 0.0)
    x, y = in_order(fitted.batches)[0]
    assert x.shape == (4, 1) and x.dtype == object and set(y) <= {0, 1}


def write_sound(path: Path, frames: int, rate: int = 8000, width: int = 2) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as sound:
        sound.setparams((1, width, rate, 0, "NONE", ""))
        sound.writeframes(b"\x00\x40" * frames)


def test_sounds_by_class(tmp_path):
    write = write_sound
    for name in ("no", "yes"):
        for number in range(3):
            write(tmp_path / "words" / name / f"{number}.wav", 100 + number)
    write(tmp_path / "words" / "no" / "deep.wav", 100, width=1)
    write(tmp_path / "words" / "no" / "other.wav", 100, rate=44100)
    stream = load({"class_name": "sounds", "config": {"path": "words"}}, {}, tmp_path)
    assert "1 file can't be read as WAV sound of 16 bits and is left out: no/deep.wav." in stream.notes
    assert any("sampling rates: 8000 and 44100" in note for note in stream.notes)
    x, y = in_order(stream.batches)[0]
    assert x.shape == (4, 101, 1) and x.max() == pytest.approx(0.5) and set(y) <= {0, 1}
    model = keras.Sequential([keras.Input((40, 1)), keras.layers.Flatten(), keras.layers.Dense(2)])
    model.compile("sgd", "sparse_categorical_crossentropy")
    assert fit_stream(stream, model, 8, 0.0).example.x.shape == (2, 40, 1)


def test_a_look_at_a_folder_shows_each_class_and_counts_all(flowers):
    preview = look(images(flowers))
    assert preview["kind"] == "images" and preview["rows"] == 23
    assert {each["name"]: each["count"] for each in preview["classes"]} == {"daisy": 9, "rose": 9, "tulip": 5}
    assert {each["label"] for each in preview["samples"]} == {"daisy", "rose", "tulip"}
    assert all(each["picture"].startswith("data:image/png") for each in preview["samples"])
    assert preview["samples"][0]["file"].startswith("daisy/")
    assert "rose/half.jpg" in preview["notes"][0]
    assert preview["found"] == {"height": "20 … 39", "width": "30 … 49"}
    assert preview["proposed"]["data"] == {"height": 28, "width": 40}
    assert preview["proposed"]["split"]["class_name"] == "by_class"
    assert preview["questions"] == [] and preview["proposed"]["class_weight"] is None


def test_uneven_classes_are_asked_about_with_weights_that_make_up_for_it(flowers):
    for number in range(40):
        shutil.copy(flowers / "rose" / "0.jpg", flowers / "rose" / f"more{number}.jpg")
    for number in range(6):
        shutil.copy(flowers / "daisy" / "0.jpg", flowers / "tulip" / f"more{number}.jpg")
    (flowers / "violet").mkdir()
    assert any("1 folder has no samples" in note for note in images(flowers).notes)
    (flowers / "violet").rmdir()
    preview = look(images(flowers))
    assert [each["sentence"] for each in preview["questions"] if each["code"] == "imbalance"] == []
    (flowers / "daisy" / "more.jpg").write_bytes((flowers / "daisy" / "0.jpg").read_bytes())
    for number in range(10):
        shutil.copy(flowers / "rose" / "0.jpg", flowers / "rose" / f"yet{number}.jpg")
    stream = images(flowers)
    (asked,) = look(stream)["questions"]
    assert asked["sentence"].startswith("rose has 59 samples and daisy only 10.")
    weights = look(stream)["proposed"]["class_weight"]
    assert weights == {"0": 2.6667, "1": 0.452, "2": 2.4242}
    assert balanced(stream, 0.0) == {"0": 2.667, "1": 0.452, "2": 2.424}


def first(chosen: Any, folder: Path, **plan: Any) -> tuple[Any, list[str]]:
    empty = {"config": {"name": "net"}, "kerasviz": {"training": {"data": chosen, **plan}}}
    made, reasons = first_model(empty, load(chosen, {}, folder))
    return made, [str(reason) for reason in reasons]


def kinds(made: Any) -> list[str]:
    return [each["class_name"] for each in made["config"]["layers"]]


def test_a_first_model_for_pictures_augments_them_and_trains(flowers):
    chosen = {"class_name": "images", "config": {"path": "flowers", "width": 32}}
    made, reasons = first(chosen, flowers.parent)
    assert kinds(made)[:2] == ["InputLayer", "Rescaling"]  # too small to be turned
    chosen["config"]["height"] = 32
    made, reasons = first(chosen, flowers.parent)
    assert kinds(made)[:6] == [
        "InputLayer",
        "RandomFlip",
        "RandomRotation",
        "RandomZoom",
        "Rescaling",
        "Conv2D",
    ]
    assert made["config"]["layers"][-1]["config"]["units"] == 3
    assert any("flipped, turned and zoomed" in reason for reason in reasons)
    plan = made["kerasviz"]["training"]
    assert plan["split"]["class_name"] == "by_class" and plan["data"] == chosen
    plan["fit"] = {"epochs": 1, "batch_size": 8}
    run, _ = trained(made, plan.pop("data"), flowers.parent, split=plan["split"])
    assert run.state == "finished"


@pytest.mark.thorough
def test_steps_of_a_folder_augment_those_that_train_and_a_seed_repeats_it(flowers):
    chosen = {"class_name": "images", "config": {"path": "flowers"}}
    steps = [
        {"class_name": "RandomFlip", "config": {}},
        {"class_name": "Rescaling", "config": {"scale": 1 / 255}},
    ]
    drawn = document((12, 12, 3), layer("Flatten"))
    run, losses = trained(drawn, chosen, flowers.parent, seed=3, preparation=steps)
    assert run.state == "finished"
    assert losses == trained(drawn, chosen, flowers.parent, seed=3, preparation=steps)[1] != []
    still = trained(drawn, chosen, flowers.parent, seed=3, preparation=steps[1:])[1]
    assert losses != still


@tensorflow_only("it takes text as an input")
def test_the_words_of_a_folder_are_those_of_the_texts_that_train(tmp_path):
    for name in ("bad", "good"):
        (tmp_path / "reviews" / name).mkdir(parents=True)
        for number in range(10):
            text = f"{name} word{name}{number}"
            (tmp_path / "reviews" / name / f"{number}.txt").write_text(text, "utf-8")
    chosen = {"class_name": "texts", "config": {"path": "reviews"}}
    made, _ = first(chosen, tmp_path)
    assert kinds(made)[:4] == ["InputLayer", "TextVectorization", "Embedding", "GlobalAveragePooling1D"]
    words = made["config"]["layers"][1]["config"]["vocabulary"]
    assert {"bad", "good"} < set(words) and len([word for word in words if word.startswith("word")]) == 16
    assert len(first(chosen, tmp_path, split={"class_name": "share", "config": {"validation": 0.5}})[0][
        "config"]["layers"][1]["config"]["vocabulary"]) == 12  # fmt: skip
    made["kerasviz"]["training"]["fit"] = {"epochs": 1}
    run, _ = trained(made, chosen, tmp_path)
    assert run.state == "finished"


@pytest.mark.thorough
def test_a_first_model_for_sounds(tmp_path):
    for number in range(12):
        write_sound(tmp_path / "words" / ("no", "yes")[number % 2] / f"{number}.wav", 400 + number)
    chosen = {"class_name": "sounds", "config": {"path": "words"}}
    made, reasons = first(chosen, tmp_path)
    assert "Conv1D" in kinds(made) and made["kerasviz"]["training"]["data"]["config"]["length"] == 405
    assert reasons[0].startswith("The sounds are brought to 405 values")
    run, _ = trained(made, chosen, tmp_path)
    assert run.state == "finished"


def test_the_code_of_a_folder_reads_it(flowers, monkeypatch):
    monkeypatch.chdir(flowers.parent)
    for options in (
        {"height": 8, "width": 9},
        {"crop_to_aspect_ratio": True, "color_mode": "grayscale"},
        {"pad_to_aspect_ratio": True, "interpolation": "nearest"},
    ):
        reader = images(flowers, **options).batches
        snippet = code_of({"class_name": "images", "config": {"path": "flowers", **options}})
        lines = [line for function in snippet.defines for line in function]
        made: dict[str, Any] = {}
        exec("\n".join([*snippet.imports, *lines, *snippet.lines]), made)
        assert [str(flowers.parent / file) for file in made["files"]] == reader.files
        np.testing.assert_array_equal(made["labels"], reader.targets)
        some = np.arange(len(reader.targets))
        close = 0 if BACKEND == "tensorflow" else 1e-5
        np.testing.assert_allclose(made["read"](made["files"]), reader.read(some), rtol=close)
