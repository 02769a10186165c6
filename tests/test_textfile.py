"""What may stand in a file before anyone asks what it means."""

import os
from pathlib import Path

import pytest

from casebook.textfile import SHOWN_LIMIT, SIZE_LIMIT, hidden_characters, place_at, read_text, shortened


def faults(root: Path, data: bytes) -> list[tuple[str, int, int]]:
    (root / "a.yml").write_bytes(data)
    text, problems = read_text(root, "a.yml")
    assert (text is None) == bool(problems)
    assert all(problem.remedy for problem in problems)
    return [(problem.rule, problem.place.line, problem.place.column) for problem in problems]


@pytest.mark.parametrize(
    "data",
    [
        "title: 新华社区\n".encode(),
        "title: 新华社区\n".encode("utf-8-sig"),
        "title: 新华社区\r\n".encode(),
        "title: 新华社区\r".encode(),
    ],
    ids=["plain", "byte order mark", "Windows line end", "old Mac line end"],
)
def test_text_comes_the_same_from_every_editor(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.yml").write_bytes(data)
    assert read_text(tmp_path, "a.yml") == ("title: 新华社区\n", [])


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("a: é\nb: 社区".encode("utf-16"), ("encoding", 1, 1)),
        ("a: é".encode("utf-16-be"), ("encoding", 1, 1)),
        (b"a: b\n" * 3 + "b: x".encode("utf-16-le"), ("hidden-character", 4, 2)),
        ("title: Xīn\nname: x 社区".encode().replace("社".encode(), "社".encode("gbk")), ("encoding", 2, 9)),
        ("a: 1\r\nb: é".encode("latin-1"), ("encoding", 2, 4)),
        (b"\xef\xbb\xbfa: \xe9 ", ("encoding", 1, 4)),
        (b"a: \xed\xa0\x80", ("encoding", 1, 4)),
        (b"a: \xe7\xa4", ("encoding", 1, 4)),
    ],
    ids=["UTF-16", "UTF-16 without mark", "UTF-16 within", "GBK", "Latin-1", "after a mark", "half a letter", "cut off"],
)
def test_other_encodings_are_refused_at_their_first_letter(tmp_path: Path, data: bytes, expected: tuple[str, int, int]) -> None:
    assert faults(tmp_path, data)[0] == expected


def test_the_encoding_is_guessed(tmp_path: Path) -> None:
    for encoding, name in (("gbk", "GBK"), ("latin-1", "Latin-1"), ("utf-16", "UTF-16")):
        (tmp_path / "a.yml").write_bytes("café 1".encode(encoding) if encoding != "gbk" else "社区".encode(encoding))
        assert name in read_text(tmp_path, "a.yml")[1][0].message


@pytest.mark.parametrize(
    "letter",
    "\x00 \x07 \x0b \x0c \x1b \x7f \x85 \xad \u034f \u061c \u200b \u200d \u200e \u2028 \u2029 \u202e \u2066 \u2060 \u3164 \ufeff \ufffc \ufffd"
    " \ue000 \uffff \U000e0041 \U000f0000".split(" "),
)
def test_a_hidden_character_is_refused_with_its_place(letter: str) -> None:
    (problem,) = hidden_characters(f"a: 1\nb: 新{letter}x\n", "a.yml")
    assert str(problem.place) == "a.yml:2:5"
    assert f"U+{ord(letter):04X}" in problem.message
    assert problem.remedy
    assert problem.message.isprintable()


def test_half_a_letter_is_refused() -> None:
    assert [str(problem.place) for problem in hidden_characters("a: \ud800", "a.yml")] == ["a.yml:1:4"]


def test_an_indentation_that_only_looks_like_one_is_refused() -> None:
    problems = hidden_characters("a:\n\u3000b: 1\n \xa0 c: 2\nd: e\xa0f　g\n", "a.yml")
    assert [str(problem.place) for problem in problems] == ["a.yml:2:1", "a.yml:3:2"]


def test_a_damaged_file_does_not_flood_the_report() -> None:
    assert len(hidden_characters("\u200b\n" * 5_000, "a.yml")) == SHOWN_LIMIT


def test_letters_that_show_are_left_alone() -> None:
    assert hidden_characters("Xīnhuá shèqū\t新华，〇㐀 “quote” – — … ’ · 😀 é e\u0301 ½ ㎡\n", "a.yml") == []


def test_a_large_file_is_refused_unread(tmp_path: Path) -> None:
    assert faults(tmp_path, b"a" * SIZE_LIMIT) == []
    assert faults(tmp_path, b"a" * 10_000_000) == [("file-size", 1, 1)]
    assert read_text(tmp_path, "a.yml", limit=20_000_000)[0] == "a" * 10_000_000


def test_what_is_no_file_of_the_project_is_refused(tmp_path: Path) -> None:
    root = tmp_path / "project"
    (root / "folder").mkdir(parents=True)
    (tmp_path / "secret").write_text("x", encoding="utf-8")
    (root / "inside").write_text("x", encoding="utf-8")
    (root / "out").symlink_to(tmp_path / "secret")
    (root / "fine").symlink_to(root / "inside")
    (root / "loop").symlink_to(root / "loop")
    (root / "zero").symlink_to("/dev/zero")
    os.mkfifo(root / "pipe")
    found = {name: read_text(root, name) for name in ("out", "../secret", "loop", "zero", "pipe", "folder", "none", "a\0b", "x" * 5_000)}
    rules = {name: [problem.rule for problem in problems] for name, (text, problems) in found.items() if text is None}
    strange, missing = ["strange-file"], ["missing-file"]
    assert list(rules.values()) == [strange, strange, missing, strange, strange, strange, missing, missing, missing]
    assert read_text(root, "fine") == ("x", [])


def test_place_counts_lines_and_letters_from_one() -> None:
    assert [str(place_at("新\n\nab", "f", index)) for index in (0, 1, 2, 3, 4, 5)] == ["f:1:1", "f:1:2", "f:2:1", "f:3:1", "f:3:2", "f:3:3"]


def test_quotations_in_messages_are_short_and_on_one_line() -> None:
    assert shortened("two\n lines") == "two lines"
    assert shortened("a" * 40) == "a" * 40
    assert len(shortened("word " * 1_000_000)) <= 40
    assert shortened(" " * 100 + "x").endswith("...")
