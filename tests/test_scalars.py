"""A letter's place in the file, for every way in which YAML lets a text be written."""

import random
import unicodedata

import pytest

from casebook.source import Document, parse

STYLES = {
    "plain": ("a: One 新华 two\n", "One 新华 two"),
    "plain over lines": ("x:\n  a: One\n    two 新华\n\n    three\n", "One two 新华\nthree"),
    "single quotes": ("a: 'It''s one''s 新华 \"q\"'\n", "It's one's 新华 \"q\""),
    "single quotes over lines": ("a: 'One\n   two''s\n\n   three'\n", "One two's\nthree"),
    "double quotes": ('a: "say \\"新\\u534e\\x41 \\U0001f600\\" x\\ny\\tz \\\\ w"\n', 'say "新华A 😀" x\ny\tz \\ w'),
    "double quotes over lines": ('a: "One\n   two \\\n   three\\\n   \\ four"\n', "One two three four"),
    "folded": ("a: >-\n  One\n  two 新华\n\n  three\n    indented\n  four\n", "One two 新华\nthree\n  indented\nfour"),
    "folded, with a comment": ("a: > # a note\n   One\n   two\n", "One two"),
    "folded, indentation given": ("a: >2-\n    One\n    two\n", "One\n  two"),
    "literal": ("a: |\n  One # no comment\n    two\n\n  三\n", "One # no comment\n  two\n\n三"),
    "literal in a list": ("- |-\n  One\n  two\n", "One\ntwo"),
    "in brackets": ("a: [one, 'two', three four]\n", "three four"),
    "composed from parts": ("a: Cafe\u0301 Xi\u0304n e\u0301\n", "Café Xīn é"),
    "with space around": ("a: '   One two  '\n", "One two"),
}


def only_text(document: Document) -> tuple[str | int, ...]:
    """The location of the last text in the document."""
    at: tuple[str | int, ...] = ()
    while not isinstance(value := document.at(at), str):
        assert isinstance(value, dict | list)
        at = (*at, list(value)[-1] if isinstance(value, dict) else len(value) - 1)
    return at


def letter_at(text: str, document: Document, offset: int) -> str:
    place = document.text_place(only_text(document), offset)
    return text.split("\n")[place.line - 1][place.column - 1 :]


@pytest.mark.parametrize("style", STYLES)
def test_every_letter_is_found_where_it_is_written(style: str) -> None:
    text, kept = STYLES[style]
    document, problems = parse(text, "a.yml")
    assert document is not None
    assert problems == []
    value = document.at(only_text(document))
    assert isinstance(value, str)
    assert unicodedata.normalize("NFC", value.strip()) == kept
    for offset, letter in enumerate(kept):
        rest = letter_at(text, document, offset)
        if not letter.isspace():
            assert rest.startswith((letter, "\\", unicodedata.normalize("NFD", letter))), (offset, rest)


@pytest.mark.parametrize(
    ("style", "found", "place"),
    [
        ("plain", "新", "1:8"),
        ("plain over lines", "新", "3:9"),
        ("plain over lines", "three", "5:5"),
        ("single quotes", "s one", "1:9"),
        ("single quotes over lines", "three", "4:4"),
        ("double quotes", "华", "1:12"),
        ("double quotes", "w", "1:47"),
        ("double quotes over lines", "four", "4:6"),
        ("folded", "新", "3:7"),
        ("folded", "indented", "6:5"),
        ("folded", "four", "7:3"),
        ("folded, with a comment", "One", "2:4"),
        ("literal", "two", "3:5"),
        ("literal", "三", "5:3"),
        ("literal in a list", "two", "3:3"),
        ("in brackets", "four", "1:23"),
        ("composed from parts", "Xīn", "1:10"),
        ("with space around", "two", "1:12"),
    ],
)
def test_lines_and_columns(style: str, found: str, place: str) -> None:
    document, _ = parse(STYLES[style][0], "a.yml")
    assert document is not None
    value = document.at(only_text(document))
    assert isinstance(value, str)
    kept = unicodedata.normalize("NFC", value.strip())
    assert str(document.text_place(only_text(document), kept.index(found))) == f"a.yml:{place}"


def test_spaces_stand_after_the_letter_before_them() -> None:
    document, _ = parse("a: >-\n  One  two\n  three\n", "a.yml")
    assert document is not None
    value = "One  two three"
    places = [str(document.text_place(("a",), offset)) for offset, letter in enumerate(value) if letter == " "]
    assert places == ["a.yml:2:6", "a.yml:2:7", "a.yml:2:11"]


@pytest.mark.parametrize(("offset", "place"), [(-5, "1:4"), (0, "1:4"), (3, "1:7"), (99, "1:7")])
def test_offsets_outside_the_text_stay_at_its_ends(offset: int, place: str) -> None:
    document, _ = parse("a: One\nb: two\n", "a.yml")
    assert document is not None
    assert str(document.text_place(("a",), offset)) == f"a.yml:{place}"


def test_what_is_no_text_has_only_its_own_place() -> None:
    document, _ = parse("a: 2011\nb: ''\nc:\nd: [x]\n", "a.yml")
    assert document is not None
    places = [str(document.text_place((key,), 2)) for key in ("a", "b", "c", "d", "none")]
    assert places == ["a.yml:1:4", "a.yml:2:4", "a.yml:3:3", "a.yml:4:4", "a.yml:1:1"]


def test_folded_texts_of_any_words_and_breaks() -> None:
    dice = random.Random(20261123)
    for _ in range(200):
        words = ["".join(dice.choices("abé新华'\"#:[@", k=dice.randint(1, 6))) for _ in range(dice.randint(1, 30))]
        body = "".join(word + dice.choice((" ", " ", "\n    ", "\n\n    ", "  ")) for word in words).rstrip()
        text = f"x:\n  a: {dice.choice(('>', '>-', '|', '|-', '|+'))}\n    {body}\n  b: 1\n"
        document, problems = parse(text, "a.yml")
        assert document is not None, problems
        value = document.at(("x", "a"))
        assert isinstance(value, str)
        for offset, letter in enumerate(value.strip()):
            place = document.text_place(("x", "a"), offset)
            if not letter.isspace():
                assert document.line(place.line)[place.column - 1] == letter
