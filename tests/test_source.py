"""YAML read strictly: what words mean, where values stand, what is refused, and that no file can hurt."""

import random
from pathlib import Path

import pytest

from casebook.problems import Problem
from casebook.source import DEPTH_LIMIT, KEY_LIMIT, PROBLEMS_LIMIT, SOURCE_RULES, VALUES_LIMIT, Document, parse, read
from casebook.textfile import TEXTFILE_RULES
from casebook.values import TEXT_LIMIT


def document(text: str) -> Document:
    found, problems = parse(text, "a.yml")
    assert problems == []
    assert found is not None
    return found


def told(text: str) -> list[tuple[str, str]]:
    """Rule and place of every problem, after what holds for all of them."""
    _, problems = parse(text, "a.yml")
    for problem in problems:
        assert problem.rule in SOURCE_RULES | TEXTFILE_RULES
        assert problem.remedy
        assert problem.message.isprintable()
    return [(problem.rule, str(problem.place).removeprefix("a.yml:")) for problem in problems]


# ---------- what words mean ----------


@pytest.mark.parametrize(
    "word",
    "no NO No off yes on y n True FALSE Null NULL 08 010 0o10 0x1F 1:30 12:30:45 1e3 1_000 +5 3.9 -0 00 .5 .inf .nan = 2014-05-01 2014-05 "
    "2001-12-14T21:59:43Z x：1 11:00 - a<<b ~x 9999999999999999999 １２ 新华".split(),
)
def test_words_stay_text(word: str) -> None:
    text = f"a: {word}" if word != "-" else "a: '-'"
    assert document(text).data == {"a": word}


@pytest.mark.parametrize(
    ("word", "value"),
    [("true", True), ("false", False), ("null", None), ("~", None), ("", None), ("0", 0), ("7", 7), ("2011", 2011), ("-12", -12)],
)
def test_the_few_words_with_a_meaning(word: str, value: object) -> None:
    found = document(f"a: {word}\nb: [{word or '~'}]").data
    assert found == {"a": value, "b": [value]}
    assert isinstance(found, dict)
    assert type(found["a"]) is type(value)


@pytest.mark.parametrize("word", ["true", "null", "~", "7", ""])
def test_quoted_words_are_text(word: str) -> None:
    assert document(f"a: '{word}'\nb: \"{word}\"\nc: |-\n  {word}\n").data == {"a": word, "b": word, "c": word}


def test_a_comment_ends_a_plain_text_and_no_other() -> None:
    assert document("a: one #1\nb: 'one #1'\nc: one#1\n# d: x\n").data == {"a": "one", "b": "one #1", "c": "one#1"}


@pytest.mark.parametrize(("text", "data"), [("", None), ("# only a note\n", None), ("---\n", None), ("---\na: b\n...\n", {"a": "b"}), ("x", "x")])
def test_small_files(text: str, data: object) -> None:
    found = document(text)
    assert found.data == data
    assert str(found.place(())) in ("a.yml:1:1", "a.yml:2:1")


def test_groups_and_lists_are_plain_and_in_order() -> None:
    data = document("z: {b: [1, x], a: }\ny:\n- - 1\n  - k: v\n- []\n? x\n: {}\n").data
    assert data == {"z": {"b": [1, "x"], "a": None}, "y": [[1, {"k": "v"}], []], "x": {}}
    assert list(data) == ["z", "y", "x"]


# ---------- where values stand ----------

PLACED = """\
# A note first
title: 新华 community
names: {chinese: 新华, pinyin: 'Xīnhuá'}
summary:
  - text: >-
      One
      two
    grade: A
  -   text: |
        three
empty:
themes: [a, "b"]
"""


@pytest.mark.parametrize(
    ("at", "value", "key"),
    [
        ((), "2:1", "2:1"),
        (("title",), "2:8", "2:1"),
        (("names",), "3:8", "3:1"),
        (("names", "chinese"), "3:18", "3:9"),
        (("names", "pinyin"), "3:30", "3:22"),
        (("summary",), "5:3", "4:1"),
        (("summary", 0), "5:5", "5:5"),
        (("summary", 0, "text"), "5:11", "5:5"),
        (("summary", 0, "grade"), "8:12", "8:5"),
        (("summary", 1, "text"), "9:13", "9:7"),
        (("empty",), "11:7", "11:1"),
        (("themes", 1), "12:13", "12:13"),
        # what is not there has the place of the nearest thing around it
        (("summary", 1, "grade"), "9:7", "9:7"),
        (("summary", 7, "text"), "5:3", "5:3"),
        (("title", "x", 0), "2:8", "2:8"),
        (("none",), "2:1", "2:1"),
    ],
)
def test_places_of_values_and_keys(at: tuple[str | int, ...], value: str, key: str) -> None:
    found = document(PLACED)
    assert str(found.place(at)) == f"a.yml:{value}"
    assert str(found.key_place(at)) == f"a.yml:{key}"


def test_places_are_the_same_with_other_line_ends() -> None:
    for end in ("\r\n", "\r"):
        found = document(PLACED.replace("\n", end))
        assert str(found.place(("summary", 0, "grade"))) == "a.yml:8:12"
        assert found.line(2) == "title: 新华 community"


def test_lines_are_shown_as_written() -> None:
    found = document(PLACED)
    assert [found.line(number) for number in (0, 1, 12, 13, 99, -1)] == ["", "# A note first", 'themes: [a, "b"]', "", "", ""]


def test_values_are_found_by_location() -> None:
    found = document(PLACED)
    assert found.at(("summary", 0, "text")) == "One two"
    for at in ((0,), ("summary", "text"), ("summary", -1), ("summary", 2), ("title", 0), ("none",)):
        with pytest.raises(KeyError):
            found.at(at)


# ---------- what is refused ----------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: &x 1\nb: *x\n", [("alias", "1:4"), ("alias", "2:4")]),
        ("a: &x {b: 1}\nc: &y [1]\n", [("alias", "1:4"), ("alias", "2:4")]),
        ("a: &Co runs it\n", [("alias", "1:4")]),
        ("a: &x 1\n*x : 2\n", [("alias", "1:4"), ("alias", "2:1")]),
        ("a: !!python/object/apply:os.system ['true']\n", [("tag", "1:4")]),
        ("a: !x 1\nb: !!str 5\nc: ! y\n", [("tag", "1:4"), ("tag", "2:4"), ("tag", "3:4")]),
        ("!!map {a: 1}", [("tag", "1:1")]),
        ("!!str a: 1", [("tag", "1:1")]),
        ("%TAG ! tag:x,2000:\n---\na: !y 1\n", [("tag", "3:4")]),
        ("a: 1\n---\nb: 2\n---\nc: 3", [("several-documents", "2:1")]),
        ("a: 1\nb: 2\na: 3\n", [("duplicate-key", "3:1")]),
        ("a: 1\nb: {c: 1, 'c': 2, c: 3}\n", [("duplicate-key", "2:11"), ("duplicate-key", "2:19")]),
        ("Title: 1\ntitle: 2\n", [("duplicate-key", "2:1")]),
        ("caf\u00e9: 1\ncafe\u0301: 2\n", [("duplicate-key", "2:1")]),
        ("- a: 1\n- a: 1\n", []),
        ("7: x\ntrue: y\n~: z\n: w\n", [*(("key-not-text", f"{line}:1") for line in (1, 2, 3)), ("yaml-syntax", "4:1")]),
        ("'7': x\nno: y\n2014-05-01: z\n", []),
        ("? [a]\n: b\n", [("key-not-text", "1:3")]),
        ("title: {{ page.title }}\n", [("key-not-text", "1:9")]),
        (f"{'k' * KEY_LIMIT}: 1\n{'l' * (KEY_LIMIT + 1)}: 1\n", [("key-not-text", "2:1")]),
        ("b: {a: 1}\nc:\n  <<: {d: 1}\n", [("merge-key", "3:3")]),
        (f"a: {'x' * TEXT_LIMIT}\nb:\n- '{'x' * (TEXT_LIMIT + 1)}'\n", [("too-long", "3:3")]),
        ("a: x\x00\n", [("hidden-character", "1:5")]),
        ("a: \u202ex\n", [("hidden-character", "1:4")]),
    ],
)
def test_what_is_refused_and_where(text: str, expected: list[tuple[str, str]]) -> None:
    assert told(text) == expected


def test_all_that_can_be_told_is_told_at_once() -> None:
    assert told("a: 1\na: &x 2\nb: !y 3\n7: 4\nc: *x\nd: {e: 1, e: 2}\nf: [\n") == [
        ("duplicate-key", "2:1"),
        ("alias", "2:4"),
        ("tag", "3:4"),
        ("key-not-text", "4:1"),
        ("alias", "5:4"),
        ("duplicate-key", "6:11"),
        ("yaml-syntax", "8:1"),
    ]


def test_a_repeated_key_names_both_places_and_leaves_the_first() -> None:
    found, (problem,) = parse("a:\n  b: 1\n  c: 2\n  b: {d: [x]}\n", "a.yml")
    assert problem.message == "'b' stands already in this group: a.yml:2:3"
    assert found is not None
    assert found.data == {"a": {"b": 1, "c": 2}}
    assert str(found.place(("a", "b"))) == "a.yml:2:6"


def test_a_key_repeated_in_other_letters_is_named_in_both() -> None:
    _, (problem,) = parse("Title: 1\ntitle: 2\n", "a.yml")
    assert problem.message == "'title' repeats 'Title', which stands already in this group: a.yml:1:1"


def test_a_document_comes_with_problems_only_if_its_shape_is_certain() -> None:
    certain = ["a: 1\na: 2\n", "a: 1\n7: 2\n", f"a: {'x' * 5_000}", "a: 1\n<<: {b: 1}\n"]
    uncertain = ["a: *x\n", "a: !x b\n", "a: 1\n---\nb: 2\n", "a: [\n", "a: \u200b\n", "[" * 50]
    assert [parse(text, "a.yml")[0] is not None for text in certain + uncertain] == [True] * 4 + [False] * 6


def test_a_text_too_long_is_cut_in_the_data() -> None:
    found, (problem,) = parse(f"a: {'x' * (TEXT_LIMIT + 1)}", "a.yml")
    assert found is not None
    assert found.data == {"a": "x" * TEXT_LIMIT}
    assert str(TEXT_LIMIT + 1) in problem.message


# ---------- files meant to hurt ----------


def laughs(levels: int) -> str:
    lines = ["a0: &a0 lol"] + [f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]" for level in range(1, levels)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (laughs(10), "alias"),
        ("&a [*a]", "alias"),
        ("[" * 100_000, "too-deep"),
        ("{a: " * 100_000, "too-deep"),
        ("- " * 100_000, "too-deep"),
        ("{" * 100_000, "key-not-text"),
        ("? " * 100_000, "key-not-text"),
        ("\n".join(" " * depth + "a:" for depth in range(800)), "too-deep"),
        ("a: [" + "x, " * 100_000 + "]", "too-many-values"),
        ("- a\n" * 100_000, "too-many-values"),
        ("a: 1\n" * 50_000, "duplicate-key"),
        ("---\n" * 100_000, "several-documents"),
        ("*a\n" * 100_000, "alias"),
        ("[" + "*a, " * 90_000, "alias"),
        ("a: '" + "x" * 390_000, "yaml-syntax"),
        ("a: '" + "x" * 390_000 + "'", "too-long"),
        ("x" * 390_000 + ": 1", "too-long"),
        ("\u200b" * 300_000, "hidden-character"),
        ("%" * 300_000, "yaml-syntax"),
        ("9" * 300_000, "too-long"),
        ("a: " + "9" * 3_900, None),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_hostile_file_is_answered(text: str, rule: str | None) -> None:
    rules = [rule for rule, _ in told(text)]
    assert len(rules) <= PROBLEMS_LIMIT + 1
    assert (rules[0] if rules else None) == rule


def test_the_limits_are_the_last_that_is_allowed() -> None:
    assert told("[" * DEPTH_LIMIT + "]" * DEPTH_LIMIT) == []
    assert told("[" * (DEPTH_LIMIT + 1) + "]" * (DEPTH_LIMIT + 1)) == [("too-deep", f"1:{DEPTH_LIMIT + 1}")]
    assert told("- a\n" * (VALUES_LIMIT - 1)) == []
    assert told("- a\n" * VALUES_LIMIT) == [("too-many-values", f"{VALUES_LIMIT}:3")]


def test_a_file_is_read_from_the_root(tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "a.yml").write_bytes(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
    found, problems = read(tmp_path, "cases/a.yml")
    assert problems == []
    assert found is not None
    assert (found.file, found.data, str(found.place(("b",)))) == ("cases/a.yml", {"a": 1, "b": 2}, "cases/a.yml:2:4")
    assert [problem.rule for problem in read(tmp_path, "cases/none.yml")[1]] == ["missing-file"]


# ---------- chance ----------

SEEDS = [PLACED, "a: &x 1\nb: *x\n", "- 'it''s'\n- \"\\u4e2d \\\"\n", "a:\n- b: |2\n     c\n  d: {e: [f, {g: h}]}\n", "? a\n: b\n<<: c\n--- \n"]
SIGNS = [
    *list("\n\t :-[]{}'\"|>&*!%@`,?#~<=\\\x00\x85\u2028\ufeff\u3000新é"),
    "\r\n", ": ", "- ", "\n  ", "\n---\n", "<<: ", "�", "{{ x }}", "：", "a: ",
]


def mutated(dice: random.Random, text: str) -> str:
    for _ in range(dice.randint(1, 6)):
        start = dice.randrange(len(text) + 1)
        text = text[:start] + dice.choice(SIGNS) * dice.choice((1, 1, 1, 30)) + text[start + dice.choice((0, 0, 1, 5)) :]
    return text


def survives(text: str, found: Document | None, problems: list[Problem]) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert found is not None or problems
    for problem in problems:
        assert problem.rule in SOURCE_RULES | TEXTFILE_RULES
        assert 1 <= problem.place.line <= len(lines)
        assert 1 <= problem.place.column <= len(lines[problem.place.line - 1]) + 1
        assert problem.remedy


def every_location(value: object, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at] + [found for key, part in inner for found in every_location(part, (*at, key))]


def test_no_text_whatever_raises() -> None:
    dice = random.Random(20261123)
    for _ in range(3_000):
        text = mutated(dice, dice.choice(SEEDS))
        found, problems = parse(text, "a.yml")
        survives(text, found, problems)
        if found:
            for at in every_location(found.data):
                value = found.at(at)
                places = [found.place(at), found.key_place(at)]
                places += [found.text_place(at, offset) for offset in range(len(value))] if isinstance(value, str) else []
                assert all(place.line <= text.count("\n") + text.count("\r") + 1 for place in places)


def test_no_bytes_whatever_raise(tmp_path: Path) -> None:
    dice = random.Random(20261124)
    path = tmp_path / "a.yml"
    for _ in range(500):
        data = bytearray(dice.choice(SEEDS).encode(errors="replace"))
        for _ in range(dice.randint(1, 4)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        path.write_bytes(dice.randbytes(50) if dice.random() < 0.2 else data)
        found, problems = read(tmp_path, "a.yml")
        assert found is not None or problems
