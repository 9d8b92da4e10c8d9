"""The script of a table as text reads the rows that the editor reads, whatever pandas makes of the file."""

import bz2
import gzip
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from test_data_csv import TABLES, load, packed

from kerasviz import data
from kerasviz.data.preparation.seentable import seen_table
from kerasviz.data.preview.look import look
from kerasviz.writing.snippet import Snippet

# what pandas reads in another way, unless it is told more than how the values are written
PECULIAR = {
    "a footer": b'"Month","Passengers"\n"1949-01",112\n"1949-02",118\n"1949-03",132\n\nTotals, 1949-60\n',
    "a footer in one value": b'a;b\n1,5;x\n2,5;"y\nz"\n3,5;w\nEnd\n',
    "no header, a footer": b"1,2,x\n3,4,y\n6,7,z\n6,7,z\nend\n",
    "a longer row": b"a,b\n1,2,3\n3,4\n5,6\n8,9\n5,2\n5,3\n5,1\n",
    "a footer after blanks": b"a b c\n1 2 3\n4 5 6\n7   8 9\n 1 2 3\nend of the table now\n",
    "a footer of an old Mac": b"a,b\r1,2\r3,4\r6,7\rend\r",
    "a footer, in gz": gzip.compress(b"\xef\xbb\xbfa,b\n1,2\n3,4\n6,7\nend\n"),
    "a footer, in bz2": bz2.compress(b"a,b\n1,2\n3,4\n6,7\nend\n"),
    "a footer, in zip": packed(**{"t.csv": "a,b\n1,2\n3,4\n6,7\nend\n"}),
    "a footer, in UTF-16": "name\tn\r\nJosé\t1\r\nÅsa\t2\r\nAnn\t2\r\nEva\t3\r\nend\r\n".encode("utf-16"),
    "a title and a footer": b"Title of it\n\na,b\n1,2\n3,4\n5,6\n7,8\n6,6\nend\n",
    "the mark of comments in values": b"# by hand\nlang,n\nC#,1\nF#,2\n# mid\nC,3\n",
    "comments after //": b"// by hand\n// more\na,b\n1,2\n3,4\n5,6\n7,8\n",
    "bytes that cp1252 has not": b"name;ort\nM\xfcller;K\xf6ln\nJ\x81rg;x\nwelt;x\nwort;y\nworte;y\n",
    "dates of two kinds": b"a,b,n\n2020-01-31,31.01.2020,1\n2020-02-29,,2\n,28.02.2020,2\n",
    "two time zones": b"a,n\n2020-01-31T10:00:00+01:00,1\n2020-06-30T10:00:00+02:00,2\n",
    "parts of seconds": b"d,n\n2020-01-01 10:00:00.5,1\n2020-01-01 11:30:00,2\n",
    "blanks around words": b"a , b\n x ,1\ny , 2\nz, 3\n",
    "groups of digits in whole numbers": b'a,b\n"1,234",1\n"12,345",2\n"1,000,000",3\n',
    "marks of several kinds": b"a,b,c\n1,-,x\n.,2,None\n3,4,NA\n5,6,?\n7,8,n/a\n",
    "yes, no, missing": b"a,b\ntrue,True\nfalse,\nTRUE,False\n",
}


def code_of(folder: Path, **config: Any) -> Snippet:
    code = data.code_of({"class_name": "csv", "config": {"file": "t.csv", **config}}, folder=folder)
    assert code is not None
    return code


def alike(frame: pd.DataFrame) -> pd.DataFrame:
    """The table, its dates in one unit and its missing values all the same."""
    for name in frame:
        if isinstance(frame[name].dtype, pd.DatetimeTZDtype) or frame[name].dtype.kind == "M":
            frame[name] = frame[name].dt.as_unit("us")
        elif frame[name].dtype == object:
            frame[name] = frame[name].where(frame[name].notna(), None)
    return frame


def by_code(folder: Path) -> pd.DataFrame:
    """What the script reads; beside it lies its file."""
    code, namespace = code_of(folder), {}  # type: ignore[var-annotated]
    exec("\n".join([*code.imports, *code.lines]), namespace)
    table: pd.DataFrame = namespace[code.gives["table"]]
    return table


@pytest.mark.parametrize("name", [*TABLES, *PECULIAR])
def test_the_code_reads_the_same(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (frame,) = load(tmp_path, PECULIAR[name] if name in PECULIAR else TABLES[name][0]).parts()
    monkeypatch.chdir(tmp_path)
    pd.testing.assert_frame_equal(alike(by_code(tmp_path)), alike(frame), check_dtype=False)


def test_the_code_knows_of_a_footer_far_below_once_it_was_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    table = load(tmp_path, b"a,b\n" + b"1,2\n" * 100_000 + b"end\n")
    assert "csv.reader" not in str(code_of(tmp_path).lines)
    (frame,) = table.parts()
    code, namespace = code_of(tmp_path), {}  # type: ignore[var-annotated]
    exec("\n".join([*code.imports, *code.lines]), namespace)
    assert namespace["table"].shape == frame.shape == (100_000, 2)


@pytest.mark.parametrize("first", ["utf-8", "cp1252"])
def test_the_code_knows_of_strange_bytes_far_below(
    first: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "Köln,1\n".encode(first) * 60_000
    table = load(tmp_path, b"place,n\n" + rows + b"M\xfcnchen \x81,2\n")
    (frame,) = table.parts()
    monkeypatch.chdir(tmp_path)
    pd.testing.assert_frame_equal(by_code(tmp_path), frame, check_dtype=False)


@pytest.mark.parametrize("late", [b"7", b"2020-01-31", b"words", b"$1200.5"])
@pytest.mark.parametrize("looked", [False, True])
def test_columns_that_begin_empty_have_what_stands_below(
    late: bytes, looked: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = load(tmp_path, b"a,b\n" + b"10000,\n" * 60_000 + b'1,"%s"\n' % late * 5)
    if looked:
        table.sample(1000, lambda share: None)
    (frame,) = table.parts()
    monkeypatch.chdir(tmp_path)
    pd.testing.assert_frame_equal(alike(by_code(tmp_path)), alike(frame), check_dtype=False)
    assert frame.b.dtype.kind == {b"7": "f", b"2020-01-31": "M", b"$1200.5": "f"}.get(late, "O")


def test_two_documents_with_files_of_one_name_have_code_of_their_own(tmp_path: Path) -> None:
    written = {"here": b"a;b\n1,5;2\n2,5;3\n", "there": b"a\tc\n1\t2\n2\t3\n"}
    chosen = {"class_name": "csv", "config": {"file": "t.csv"}}
    for name, content in written.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "t.csv").write_bytes(content)
        look(data.load(chosen, {}, tmp_path / name))
    found = {}
    for name in written:
        folder = tmp_path / name
        snippet, known = data.code_of(chosen, folder=folder), seen_table(chosen, folder)
        assert snippet is not None and known is not None
        found[name] = 'sep=";"' in snippet.lines[2], [column["name"] for column in known.columns]
    assert found == {"here": (True, ["a", "b"]), "there": (False, ["a", "c"])}
    nobody = data.code_of(chosen, folder=tmp_path)
    assert nobody is not None and nobody.notes and seen_table(chosen, tmp_path) is None


def test_code_of_a_file_that_nobody_looked_at_has_what_is_said(tmp_path: Path) -> None:
    code = code_of(tmp_path, file="never.csv", delimiter=";", missing=["?"])
    assert code.lines == ('table = pd.read_csv("never.csv", sep=";", na_values=["?"])',)
    assert "not known here before" in code.notes[0]
