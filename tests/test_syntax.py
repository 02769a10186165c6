"""The usual mistakes in YAML, each with the place and the words that an editor is told."""

import pytest

from casebook.source import parse

MISTAKES = [
    # a sign that means something to YAML, at the head of a text
    ("text: [@key, p. 1] says it", "1:7", "what begins with '[' is a list or group"),
    ("text: [see] there\nb: 1", "1:7", "what begins with '[' is a list or group"),
    ("text: @key", "1:7", "a text can't begin with '@'"),
    ("text: `code`", "1:7", "a text can't begin with '`'"),
    ("text: %5", "1:7", "a text can't begin with '%'"),
    ("text: *Stressed* word", "1:7", "a text can't begin with '*'"),
    ("text: > quoted", "1:7", "a text can't begin with '>'"),
    ("text: ] x", "1:7", "a text can't begin with ']'"),
    ("text: , x", "1:7", "a text can't begin with ','"),
    ("text: [one, two", "1:7", "what begins with '[' here is not closed"),
    ("text: {a", "1:7", "what begins with '{' here is not closed"),
    ("@key: x", "1:1", "a text can't begin with '@'"),
    ("%5", "1:1", "a text can't begin with '%'"),
    # colons
    ("title: One: two", "1:11", "a colon with a space inside a text begins a new field"),
    ("- title: One: two", "1:13", "a colon with a space inside a text begins a new field"),
    ("text: One\n  who said: two", "2:11", "a colon with a space inside a text begins a new field"),
    ("title：新华\nb: 1", "1:6", "a full-width colon '：' follows the key"),
    ("a: 1\nnames：\n  chinese: x", "2:6", "a full-width colon '：' follows the key"),
    ("- a：1\n  b: 1", "1:4", "a full-width colon '：' follows the key"),
    ("title:One\nb: 1", "1:6", "no space follows the colon of a key"),
    ("a: 1\nstray\nb: 2", "2:1", "this line is neither a field nor part of the text above"),
    # quotation marks
    ("text: 'One\nb: 1\n", "1:7", "this quotation mark is never closed"),
    ('text: "One\nb: 1\n', "1:7", "this quotation mark is never closed"),
    ("text: 'it's'", "1:11", "the text goes on after the closing quotation mark"),
    ('text: "One" two', "1:13", "the text goes on after the closing quotation mark"),
    ('text: "C:\\q"', "1:10", "a backslash in a text between double quotes"),
    # indentation
    ("a:\n\tb: 1", "2:1", "a tab stands where spaces should"),
    ("a: 1\n\tb: 1", "2:1", "a tab stands where spaces should"),
    ("a: |\n\tb", "2:1", "a tab stands where spaces should"),
    ("a: 1\n  b: 2", "2:3", "this field is indented under one that has a value already"),
    ("a:\n    b: 1\n  c: 2", "3:3", "this line is indented neither like the one above nor like any group"),
    ("a: 1\n- b", "2:1", "a list's item stands here among the fields of a group"),
    ("- a\nb: 1", "2:1", "this line stands at the same level as a list"),
    ("a: - b", "1:4", "a list begins on the line of its key"),
    # the rest
    ("%YAML 9.9\n---\na: 1", "1:1", "this can't be read as YAML"),
]


@pytest.mark.parametrize(("text", "place", "message"), MISTAKES, ids=[text for text, _, _ in MISTAKES])
def test_a_mistake_is_named_where_it_stands(text: str, place: str, message: str) -> None:
    document, problems = parse(text, "a.yml")
    assert document is None
    assert [(problem.rule, str(problem.place)) for problem in problems] == [("yaml-syntax", f"a.yml:{place}")]
    assert problems[0].message.startswith(message)
    assert problems[0].remedy.endswith(".")
