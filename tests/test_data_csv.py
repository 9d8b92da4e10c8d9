"""Tables as text, as people have them: how they are written is found out."""

import bz2
import gzip
import io
import itertools
import lzma
import pickle
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from kerasviz import data
from kerasviz.data.delimited.dialect import Chosen
from kerasviz.data.delimited.rowreader import RowReader
from kerasviz.data.delimited.textfile import TextFile
from kerasviz.data.delimited.wholerows import count_rows, whole_rows
from kerasviz.protocol import RequestError

NONE = float("nan")


def packed(**files: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


PLACES = "臺北縣風景區管理處、位於南投縣的日月潭是臺灣最大的湖泊、每年都有很多遊客來這裡看風景"
# bytes, what must be found, the columns with their last values
TABLES: dict[str, tuple[bytes, dict[str, Any], dict[str, Any]]] = {
    "German Excel": (
        "Datum;Stadt;Preis;Anteil\n31.12.2020;Köln;1.234,50;0,5\n02.01.2021;Ulm;12.345,00;1,0\n".encode(
            "cp1252"
        ),
        {"delimiter": ";", "decimal": ",", "thousands": ".", "encoding": "cp1252", "dates": "%d.%m.%Y"},
        {"Datum": datetime(2021, 1, 2), "Stadt": "Ulm", "Preis": 12345.0, "Anteil": 1.0},
    ),
    "Excel's sep": (
        b"sep=;\r\na;b\r\n1,5;2\r\n2,5;3\r\n",
        {"delimiter": ";", "decimal": ",", "skip": 1},
        {"a": 2.5, "b": 3},
    ),
    "write.table of R": (
        b'mpg cyl disp\n"Mazda RX4" 21.0 6 160\n"Datsun 710" 22.8 4 108\n',
        {"delimiter": " ", "header": True},
        {"rownames": "Datsun 710", "mpg": 22.8, "cyl": 4, "disp": 108},
    ),
    "write.csv of R": (
        b'"","x","y"\n"1",0.5,"a"\n"3",NA,"b"\n',
        {"missing": "NA", "quote": '"'},
        {"rownames": 3, "x": NONE, "y": "b"},
    ),
    "Titanic": (
        b'Id,Survived,Name,Age,Cabin\n1,0,"Braund, Mr. Owen Harris",22,\n6,0,"Moran, Mr. James",,C85\n',
        {"delimiter": ",", "quote": '"'},
        {"Id": 6, "Survived": 0, "Name": "Moran, Mr. James", "Age": NONE, "Cabin": "C85"},
    ),
    "Eurostat": (
        b"freq,unit,geo\\TIME\t2019 \t2020 \nA,PC,AT\t1.5 \t2.5 b\nA,PC,BE\t: \t3.1 \nA,PC,DE\t1.1 \t0.9 p\n",
        {"delimiter": "\t", "missing": ":"},
        {"freq,unit,geo\\TIME": "A,PC,DE", "2019": 1.1, "2020": 0.9},
    ),
    "adult of UCI": (
        b"39, State-gov, Bachelors, <=50K\n50, ?, HS-grad, <=50K\n38, Private, HS-grad, >50K\n",
        {"header": False},
        {"column 1": 38, "column 2": "Private", "column 3": "HS-grad", "column 4": ">50K"},
    ),
    "auto-mpg of UCI": (
        b'18.0   8   307.0      130.0  70  1\t"chevrolet chevelle"\n'
        b'25.0   4   98.00      ?      71  1\t"ford pinto"\n16.0   8   98.00      99  71  1\t"ford pinto"\n',
        {"delimiter": " ", "header": False, "missing": "?"},
        {"column 1": 16.0, "column 4": 99.0, "column 7": "ford pinto"},
    ),
    "World Bank": (
        b'\xef\xbb\xbf"Data Source","Indicators",\r\n\r\n"Last Updated","2023-07-25",\r\n\r\n'
        b'"Country","Indicator","1960","1961",\r\n"Aruba","Population, total","54608","55811",\r\n'
        b'"Angola","Population, total","5357195","5441333",\r\n"Chad","Population, total","","3",\r\n',
        {"skip": 4, "header": True},
        {"Country": "Chad", "Indicator": "Population, total", "1960": NONE, "1961": 3},
    ),
    "UTF-16": (
        "name\tcity\tn\r\nJosé\tCórdoba\t1\r\nÅsa\tMalmö\t2\r\n".encode("utf-16"),
        {"encoding": "utf-16", "delimiter": "\t"},
        {"name": "Åsa", "city": "Malmö", "n": 2},
    ),
    "UTF-16 without a mark": (
        "name,n\nJose,1\nAnn,2\n".encode("utf-16-le"),
        {"encoding": "utf-16-le"},
        {"name": "Ann", "n": 2},
    ),
    "Japanese": (
        ("品名,数\n" + "東京の大きいりんご,1\n" * 9 + "大阪,2\n").encode("shift_jis"),
        {},
        {"品名": "大阪", "数": 2},
    ),
    "two encodings": (
        b"name;ort\n" + "Müller;Köln\n".encode() * 30 + "Jörg;Gießen\n".encode("cp1252"),
        {"encoding": "utf-8"},
        {"name": "Jörg", "ort": "Gießen"},
    ),
    "old Mac": (b"a,b\r1,2\r3,4\r", {}, {"a": 3, "b": 4}),
    "line breaks in quotes": (
        'id,review,stars\n1,"Great!\nWould ""buy"" 😀",5\n2,"Schlecht, so",1\n3,"très\n\nbien",4\n'.encode(),
        {"line_breaks": True, "quote": '"'},
        {"id": 3, "review": "très\n\nbien", "stars": 4},
    ),
    "comments": (b"# by hand\n# 2020\na,b\n1,2\n# between\n3,4\n", {"comment": "#"}, {"a": 3, "b": 4}),
    "comments and a title": (
        b"# c\n# c\nTitle of it\n\na,b\n1,2\n3,4\n5,6\n7,8\n6,6\n",
        {"comment": "#", "skip": 4},
        {"a": 6, "b": 6},
    ),
    "a header after #": (b"#x,y\n1,2\n3,4\n", {"comment": "", "header": True}, {"x": 3, "y": 4}),
    "names twice and none": (
        b"a,a,b,,b\n1,2,3,4,5\n6,7,8,9,10\n",
        {},
        {"a": 6, "a.1": 7, "b": 8, "column 4": 9, "b.1": 10},
    ),
    "iris of UCI": (
        b"5.1,3.5,1.4,0.2,Iris-setosa\n4.9,3.0,1.4,0.2,Iris-setosa\n6.2,2.2,4.5,1.5,Iris-versicolor\n",
        {"header": False},
        {"column 1": 6.2, "column 5": "Iris-versicolor"},
    ),
    "dollars, per cent, post codes": (
        b'Date,Sales,Share,Zip\n01/31/2020,"$1,234.50",12%,01067\n03/31/2020,"$12,000.25",8%,99999\n',
        {"thousands": ",", "dates": "%m/%d/%Y"},
        {"Date": datetime(2020, 3, 31), "Sales": 12000.25, "Share": 8.0, "Zip": "99999"},
    ),
    "data.gouv.fr": (
        b"code;nom;population;date\n01001;L'Abergement;767;2020-01-01\n75056;Paris;2 165 423;2020-01-03\n",
        {"delimiter": ";", "thousands": " "},
        {"code": "75056", "nom": "Paris", "population": 2165423.0, "date": datetime(2020, 1, 3)},
    ),
    "Swiss": (b"a;b\n1'234.50;x\n1'000'000.10;y\n", {"thousands": "'"}, {"a": 1000000.1, "b": "y"}),
    "inches": (
        b'part\tsize\n12" pipe\t3\n6" pipe\t4\nscrew\t5\n',
        {"quote": ""},
        {"part": "screw", "size": 5},
    ),
    "the first of each month": (
        b"Month,Sold\n01/01/1949,112\n01/02/1949,118\n01/03/1949,132\n",
        {"dates": "%d/%m/%Y"},
        {"Month": datetime(1949, 3, 1), "Sold": 132},
    ),
    "numbers as names": (
        b"date,0,1\n2020-01-31,4,5.5\n2020-02-29,6,7\n",
        {"header": True},
        {"date": datetime(2020, 2, 29), "0": 6, "1": 7.0},
    ),
    "a blank before quotes": (
        b'id, name, n\n1, "x, y", 2\n2, "says ""a, "", b", 3\n3, plain, 4\n',
        {"delimiter": ",", "quote": '"'},
        {"id": 3, "name": "plain", "n": 4},
    ),
    "two numbers with a blank": (
        b"# x and y\n# by hand\n# three lines of it, or more\n# than rows\n15.55 28.65\n14.9 27.55\n-1 3\n",
        {"delimiter": " ", "header": False, "comment": "#"},
        {"column 1": -1.0, "column 2": 3.0},
    ),
    "blanks between thousands": (b"12 000\n7 500\n1 250\n", {"delimiter": ","}, {"column 1": 1250.0}),
    "old Mac, saved once more": (b"a,b\r1,2\r3,4\r5,6\r\n", {}, {"a": 5, "b": 6}),
    "one column in quotes": (
        b'"02:09:19"\n"02:10:45"\n"02:10:58"\n',
        {"header": False},
        {"column 1": "02:10:58"},
    ),
    "titles with all the commas": (
        b'"Emissions, by year",,\nin tonnes,,\n,,\nYear,2000,2001\nTimber,"2,666","2,274"\nClay,498,853\n',
        {"skip": 3, "header": True},
        {"Year": "Clay", "2000": 498.0, "2001": 853.0},
    ),
    "a comma behind rows alone": (
        b"Outbreaks of 2015\n\nplace,kind,size\nIowa,Layer,10,\nOhio,Game,20,\nUtah,Game,30,\n",
        {"header": True},
        {"place": "Utah", "kind": "Game", "size": 30},
    ),
    "a sign for none": (
        "a,b\n1,†\n2,0.5\n3,1.5\n~,2.5\n".encode(),
        {"missing": "~ †"},
        {"a": NONE, "b": 2.5},
    ),
    "Chinese beside addresses": (
        ("name,url\n" + f"{PLACES},http://www.example.org/long/path/of/letters\n" * 9).encode("big5"),
        {"encoding": "big5"},
        {"name": PLACES},
    ),
    "single quotes": (b"a,b\n'x, y',1\n'z',2\n'w',3\n", {"quote": "'"}, {"a": "w", "b": 3}),
    "a comma at the end of each row": (b"a,b,\n1,2,\n3,4,\n", {}, {"a": 3, "b": 4}),
    "one column": (b"y\n1\n2\n3\n", {"header": True}, {"y": 3}),
    "gz": (gzip.compress(b"a,b\n1,2\n"), {"packed": "gzip"}, {"a": 1, "b": 2}),
    "bz2": (bz2.compress(b"a,b\n1,2\n"), {"packed": "bzip2"}, {"a": 1, "b": 2}),
    "xz": (lzma.compress(b"a,b\n1,2\n"), {"packed": "xz"}, {"a": 1, "b": 2}),
    "zip of a Mac": (packed(**{"t.csv": "a,b\n1,2\n", "__MACOSX/._t.csv": "x"}), {"packed": "zip"}, {"a": 1}),
}

REFUSED = {
    "a PNG picture": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "a notebook": b'{\n "cells": [\n  {}]}',
    "is empty": b"",
    "empty.": b"\n\n  \n",
    "a PDF document": b"%PDF-1.4\n",
    "a pickle of Python": pickle.dumps({"a": 1}),
    "a web page": b"\n<!DOCTYPE html>\n<html>",
    "holds zero bytes": b"a,b\n1,\x002\n",
    "is JSON": b'[{"a": 1}]',
    "does not look like a table": b"A text. It has words, and commas, too.\nThe second one.\nAnd a third.\n",
    "does not look like a table.": b"One paragraph of a text, which goes on and on without an end, as they "
    b"do, and has commas, of course, more than one, but no line end, nor a value that is a number.\n",
    "is a program": b"import os\nprint(1, 2)\n",
    "is damaged": gzip.compress(bytes(range(40, 100)) * 100)[:-20],
    "holds 2 files: t.csv and u.csv": packed(**{"t.csv": "a", "u.csv": "b"}),
    "a workbook or a document": packed(**{"[Content_Types].xml": ""}),
    "grows to more than": gzip.compress(b"a,b\n" + b"1,2\n" * 2**25),
    "a placeholder of Git LFS": b"version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 2\n",
    "a row of more than 64 MB": gzip.compress(b"1,2" * 2**25, 1),
}


def load(folder: Path, content: bytes, **config: Any) -> Any:
    (folder / "t.csv").write_bytes(content)
    return of_file("t.csv", folder, **config)


def of_file(file: str, folder: Path, **config: Any) -> Any:
    return data.load({"class_name": "csv", "config": {"file": file, **config}}, {}, folder)


@pytest.mark.parametrize("name", TABLES)
def test_it_is_found_out_how_a_table_is_written(name: str, tmp_path: Path) -> None:
    content, found, last = TABLES[name]
    table = load(tmp_path, content)
    assert found.items() <= table.found.items()
    (frame,) = table.parts()
    assert tuple(frame.columns) == table.columns
    for column, value in last.items():
        assert pd.isna(frame[column].iloc[-1]) if value is NONE else frame[column].iloc[-1] == value, column
    sampled = table.sample(1000, lambda share: None)
    assert sampled.rows == len(frame)
    pd.testing.assert_frame_equal(sampled.frame, frame, check_index_type=False)


@pytest.mark.parametrize("sentence", REFUSED)
def test_what_is_no_table_is_refused(sentence: str, tmp_path: Path) -> None:
    with pytest.raises(RequestError, match=sentence):
        load(tmp_path, REFUSED[sentence]).sample(10, lambda share: None)


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        ("", "Choose a file"),
        (3, "Choose a file"),
        ("none.csv", "There is no file none.csv"),
        (".", "is a folder"),
        ("/dev/zero", "is a device"),
        ("https://example.org/t.csv", "is an address"),
        ("a\0b", "Choose a file"),
        ("~nobody-of-this-name/t.csv", "can't be read"),
    ],
)
def test_what_is_no_file_is_refused(file: Any, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(RequestError, match=sentence):
        of_file(file, tmp_path)


@pytest.mark.parametrize(
    ("config", "first"),
    [
        ({"delimiter": ";"}, [1.5]),
        ({"decimal": ".", "delimiter": ","}, [1, 5]),
        ({"header": False}, ["a"]),
        ({"missing": ["1"], "delimiter": ","}, [NONE, 5]),
        ({"skip": 1, "header": False}, [1, 5]),
        ({"quote": "", "encoding": "latin-1"}, [1, 5]),
    ],
)
def test_what_a_person_says_is_done(config: dict[str, Any], first: list[Any], tmp_path: Path) -> None:
    (frame,) = load(tmp_path, b"a,b\n1,5\n2,6\n", **config).parts()
    assert len(frame.columns) >= len(first)
    for value, expected in zip(frame.iloc[0], first, strict=False):
        assert pd.isna(value) if expected is NONE else value == expected


@pytest.mark.parametrize(
    ("config", "sentence"),
    [
        ({"delimiter": ";;"}, "Expected one character as delimiter"),
        ({"encoding": "klingon"}, "There is no encoding 'klingon'"),
        ({"encoding": "zlib_codec"}, "There is no encoding"),
    ],
)
def test_what_a_person_says_wrong_is_told(config: dict[str, Any], sentence: str, tmp_path: Path) -> None:
    with pytest.raises(RequestError, match=sentence):
        load(tmp_path, b"a,b\n1,5\n", **config)


def test_a_large_table_comes_by_parts_of_the_same_kinds(tmp_path: Path) -> None:
    rows = [f'{at},{at / 4},"line\nbreak {at}",2020-01-{at % 28 + 1:02}\n' for at in range(5000)]
    (tmp_path / "t.csv").write_text("n,x,words,day\n" + "".join(rows))
    file = TextFile(tmp_path / "t.csv", None, Chosen())
    parts = list(file.parts(whole=1000, part=10_000))
    assert len(parts) > 10
    table = pd.concat(parts)
    assert list(table.index) == list(range(5000))
    assert {str(part.day.dtype)[:10] for part in parts} == {"datetime64"}
    assert table.words.iloc[-1] == "line\nbreak 4999"


def test_a_value_that_is_none_of_its_column_is_missing_and_told(tmp_path: Path) -> None:
    rows = b"".join(b"%d,%d.5,2020-01-0%d,true\n" % (at, at, at % 9 + 1) for at in range(60))
    (tmp_path / "t.csv").write_bytes(b"n,x,day,is\n" + rows)
    file = TextFile(tmp_path / "t.csv", None, Chosen())
    reader = RowReader(file.dialect, rows)
    later = reader.read(b"x,?,never,perhaps\n1,2,2020-01-31,false\n", whole=False)
    assert later.isna().sum().to_list() == [1, 1, 1, 1]
    assert later.iloc[1].to_list() == [1, 2, datetime(2020, 1, 31), False]
    (first,) = load(tmp_path, b"n,x,day,is\n" + rows + b"what,1,2020-01-01,true\n").parts()
    assert first.n.isna().sum() == 1
    assert "1 value of n is not of the kind of the others, and is taken as missing." in reader.notes()


def test_rows_of_another_length_are_left_out_and_told(tmp_path: Path) -> None:
    table = load(tmp_path, b"a,b,c\n" + b"1,2,3\n" * 9 + b"Source: me\n")
    sampled = table.sample(100, lambda share: None)
    assert sampled.rows == 9
    assert sampled.notes == ["1 row has another number of values than there are columns, and is left out."]


ROWS = b'a,"b\n\nc"\n\n1,2\r\n\r\n3,"x ""y"" \n"\nlast,row\n'


@pytest.mark.parametrize("cut", range(len(ROWS) + 1))
def test_rows_end_where_no_quote_is_open(cut: int) -> None:
    end = whole_rows(ROWS[:cut], '"')
    assert count_rows(ROWS[:end], '"') + count_rows(ROWS[end:], '"') == count_rows(ROWS, '"') == 4


def test_a_million_columns_are_too_many(tmp_path: Path) -> None:
    header = ",".join(map("c{}".format, range(1_000_000))).encode()
    with pytest.raises(RequestError, match="more than 100,000 columns"):
        load(tmp_path, header + b"\n" + b",".join(itertools.repeat(b"1", 1_000_000)) + b"\n")
