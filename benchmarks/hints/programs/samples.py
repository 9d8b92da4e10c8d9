"""Data of the programs that nobody ships: made by hand, each like a set that people know."""

from __future__ import annotations

import numpy as np

Arrays = tuple[np.ndarray, np.ndarray]


def logic() -> Arrays:
    """Exclusive or."""
    return np.array([[1, 1], [1, 0], [0, 0], [0, 1]], "float32"), np.array([0, 1, 0, 1])


def letters(count: int = 1500, kinds: int = 8) -> Arrays:
    """Sixteen whole numbers from 0 to 15 that describe a letter."""
    draw = np.random.default_rng(21)
    middle = draw.uniform(2, 13, (kinds, 16))
    y = draw.integers(0, kinds, count)
    x = np.clip(np.round(middle[y] + draw.normal(0, 2.2, (count, 16))), 0, 15)
    return x.astype("float32"), y


def packets(count: int = 1200, *, scaled: bool, classes: int = 2) -> Arrays:
    """Ports, sizes, durations and flags of packets, and whether they are an attack."""
    draw = np.random.default_rng(22)
    y = draw.integers(0, classes, count)
    port = draw.integers(0, 65536, count)
    size = draw.lognormal(6 + 0.8 * (y % 2), 0.6, count)
    lasts = draw.exponential(1 + 3 * (y > 1), count)
    flags = (draw.random((count, 6)) < 0.2 + 0.3 * (y[:, None] % 2)) * 1.0
    rest = draw.normal(size=(count, 2)) + y[:, None]
    x = np.column_stack([port, size, lasts, flags, rest])
    return ((x - x.mean(0)) / x.std(0) if scaled else x).astype("float32"), y


def adult(count: int = 3000) -> Arrays:
    """Age, a weight in the hundred thousands, years of school, gains and hours; whether income is high."""
    draw = np.random.default_rng(23)
    age, school = draw.integers(17, 90, count), draw.integers(1, 17, count)
    weight = draw.lognormal(12, 0.5, count)
    gain = np.where(draw.random(count) < 0.08, draw.lognormal(8.5, 1, count), 0)
    hours = np.clip(draw.normal(40, 12, count), 1, 99)
    codes = draw.integers(0, 9, (count, 7))
    score = 0.04 * (age - 40) + 0.35 * (school - 11) + 0.03 * (hours - 40) + 1.5 * (gain > 5000) - 0.7
    y = (score + 0.4 * (codes[:, 0] - 4) + draw.logistic(0, 0.6, count) > 0) * 1
    return np.column_stack([age, weight, school, gain, hours, codes]), y


def passengers(count: int = 1200) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Class, sex, age, fare and relatives of passengers, and who survived."""
    draw = np.random.default_rng(24)
    rank = draw.choice([1, 2, 3], count, p=[0.25, 0.2, 0.55])
    sex = draw.integers(0, 2, count)
    age = np.clip(draw.normal(30, 14, count), 0.5, 80)
    fare = draw.lognormal(4.8 - 0.8 * rank, 0.6, count)
    kin = draw.poisson(0.8, count)
    score = 2.6 * sex - 1.1 * (rank - 2) - 0.03 * (age - 30) - 0.3 * kin - 1.1
    y = (score + draw.logistic(0, 0.7, count) > 0) * 1
    return {"rank": rank, "sex": sex, "age": age, "fare": fare, "kin": kin}, y


def houses(count: int = 1500) -> Arrays:
    """Income, age, rooms, people and place of districts, and the price of a house in dollars."""
    draw = np.random.default_rng(25)
    income, age = draw.lognormal(1.2, 0.45, count), draw.integers(1, 52, count)
    rooms, people = draw.lognormal(1.6, 0.25, count), draw.lognormal(7, 0.7, count)
    north, west = draw.uniform(32, 42, count), draw.uniform(-124, -114, count)
    price = 45000 * income + 600 * age + 8000 * rooms - 12000 * abs(west + 120 + 0.8 * (north - 37))
    price = np.clip(price + 40000 + draw.normal(0, 25000, count), 15000, 500001)
    return np.column_stack([income, age, rooms, people, north, west]), price


def cars(count: int = 400) -> Arrays:
    """Cylinders, displacement, horsepower, weight, acceleration and year of cars, and miles for a gallon."""
    draw = np.random.default_rng(26)
    size = draw.choice([4, 6, 8], count, p=[0.5, 0.2, 0.3])
    displaced = size * 38 - 40 + draw.normal(0, 20, count)
    power, weight = (
        35 + 0.38 * displaced + draw.normal(0, 12, count),
        1500 + 8 * displaced + draw.normal(0, 250, count),
    )
    swift, year = 24 - 0.07 * power + draw.normal(0, 1.5, count), draw.integers(70, 83, count)
    miles = 46 - 0.0065 * weight + 0.75 * (year - 76) + draw.normal(0, 2, count)
    return np.column_stack([size, displaced, power, weight, swift, year]), np.clip(miles, 9, 47)


def travellers() -> np.ndarray:
    """Monthly passengers of an airline for twelve years: a trend and a season that grows with it."""
    month = np.arange(144)
    season = np.tile([0.91, 0.89, 1.02, 0.98, 0.98, 1.11, 1.23, 1.22, 1.06, 0.92, 0.8, 0.9], 12)
    return (115 + 2.6 * month) * season + np.random.default_rng(27).normal(0, 6, 144)


def weather(count: int = 3000) -> np.ndarray:
    """Temperature, pressure and humidity by the hour."""
    draw = np.random.default_rng(28)
    hour = np.arange(count)
    slow = np.convolve(draw.normal(0, 1, count + 199), np.ones(200) / 14, "valid")
    warm = 10 + 4 * np.sin(hour * 2 * np.pi / 24) + 4 * slow + draw.normal(0, 0.3, count)
    press = 1013 - 3 * slow + draw.normal(0, 0.5, count)
    wet = np.clip(70 - 2 * (warm - 10) + draw.normal(0, 4, count), 5, 100)
    return np.column_stack([warm, press, wet])


def movements(count: int = 700, length: int = 48) -> Arrays:
    """Three axes of a sensor while somebody walks, runs, climbs or sits."""
    draw = np.random.default_rng(29)
    y = draw.integers(0, 4, count)
    pace, force = np.array([0.35, 0.7, 0.25, 0.0])[y], np.array([1.0, 2.2, 1.2, 0.0])[y]
    step = np.arange(length)[None, :, None]
    phase = draw.uniform(0, 6.3, (count, 1, 3))
    swing = force[:, None, None] * np.sin(pace[:, None, None] * step * np.array([1.0, 1.0, 0.5]) + phase)
    still = np.array([0, 0, 1.0]) + draw.normal(0, 0.35, (count, length, 3))
    return (swing + still).astype("float32"), y


GOOD = "great lovely superb moving funny brilliant warm clever fresh honest".split()
BAD = "dull awful boring weak flat silly tired clumsy cold empty".split()
PLAIN = (
    "the a this that film movie plot actor scene story music ending was is felt seemed with and but "
    "very quite rather really so it i we they saw watched thought found in of at to for on".split()
)


def reviews(count: int = 1200, length: int = 30, seed: int = 30) -> tuple[np.ndarray, np.ndarray, int]:
    """Short reviews as numbers of words, with zeros behind them; whether they are good; words there are."""
    draw = np.random.default_rng(seed)
    words = ["", *PLAIN, *GOOD, *BAD]
    number = {word: at for at, word in enumerate(words)}
    y = draw.integers(0, 2, count)
    x = np.zeros((count, length), "int32")
    for row, good in zip(x, y, strict=True):
        said = draw.integers(6, length)
        some = draw.choice(PLAIN, said)
        told = draw.random(said) < 0.22
        own = draw.choice(GOOD if good else BAD, said)
        other = draw.choice(BAD if good else GOOD, said)
        some = np.where(told, np.where(draw.random(said) < 0.15, other, own), some)
        row[:said] = [number[word] for word in some]
    return x, y, len(words)


def textures(count: int = 600, side: int = 16) -> Arrays:
    """Coloured pictures of stripes, dots, checks and slopes, from 0 to 255 as whole numbers."""
    draw = np.random.default_rng(31)
    y = draw.integers(0, 4, count)
    across, down = np.meshgrid(np.arange(side), np.arange(side))
    x = np.zeros((count, side, side, 3))
    for picture, kind in zip(x, y, strict=True):
        pace, phase = draw.uniform(0.8, 1.4), draw.uniform(0, 6.3)
        turned = draw.uniform(-0.3, 0.3)
        form = (
            np.sin(pace * (across + turned * down) + phase),
            np.sin(pace * across + phase) * np.sin(pace * down + phase),
            np.sin(pace * (down + turned * across) + phase),
            ((across - side / 2) * np.cos(phase) + (down - side / 2) * np.sin(phase)) / side * 2,
        )[kind]
        colour = draw.uniform(0.3, 1, 3)
        picture[:] = (form[..., None] * 0.4 + 0.5) * colour + draw.normal(0, 0.06, picture.shape)
    return (np.clip(x, 0, 1) * 255).astype("uint8"), y
