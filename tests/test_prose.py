"""What texts may hold, and where their links lead."""

import pytest

from casebook.prose import faults, links, plain_words, quoted, running_code, with_addresses


@pytest.mark.parametrize(
    "text",
    [
        "Plain words, *emphasis* and **strong** ones. [@key, p. 12]",
        "A [link](https://example.org/a_(b)?c=1&d=2) and [another](case:guiyang/xinhua-community).",
        "Fewer than 130,000 at first; 5 < 6 and 7 > 6. [@a, opening; @b, art. 3]",
        "Reward in place of subsidy (以奖代补, yǐ jiǎng dài bǔ). [@a, opening]",
        "It cost 1. 5 was the number. [@a, opening]",
        "A dash - and 3 * 4. [@a, opening]",
    ],
)
def test_what_a_text_may_hold(text: str) -> None:
    assert list(faults(text)) == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("<b>bold</b>", "HTML"),
        ("a <script>alert(1)</script>", "HTML"),
        ("a <!-- b -->", "HTML"),
        ("a </p>", "HTML"),
        ("x <img src=x onerror=y>", "HTML"),
        ("![a](b.png)", "an image"),
        ("a {: .b }", "brace"),
        ("{{ page }}", "brace"),
        ("{% if %}", "brace"),
        ("a {#b}", "brace"),
        ("a[^1]", "a footnote"),
        ("# A", "a heading"),
        ("- a", "a list"),
        ("1. a", "a list"),
        ("> a", "a block quotation"),
        ("```\na\n```", "a code block"),
        ("a | b\n|---|---|", "a table"),
        ("[a][b]", "a reference link"),
        ("[a]: https://b.org", "a reference link"),
        ("a\n\nb", "a second paragraph"),
        ("\\bibliography", "a page command"),
        ("///Footnotes Go Here///", "a page command"),
    ],
)
def test_what_a_text_may_not_hold(text: str, what: str) -> None:
    assert any(what in fault.message and fault.remedy for fault in faults(text))


def test_a_fault_points_at_its_first_letter() -> None:
    assert [fault.offset for fault in faults("words <b>x")] == [6]


def test_links_with_scheme_target_and_offset() -> None:
    found = links("See [a](case:x/y#s3), [b](https://c.org) and [d](e.md); not `[f](g)`.")
    assert [(link.words, link.scheme, link.target, link.id) for link in found][:3] == [
        ("a", "case", "x/y#s3", "x/y"),
        ("b", "https", "//c.org", "//c.org"),
        ("d", "", "e.md", "e.md"),
    ]
    assert found[0].offset == 8


def test_quoting_leaves_words_only() -> None:
    assert quoted("The *reform* [here](case:a/b) began. [@a, p. 3]") == "The *reform* here began."
    assert plain_words("The *reform* [here](case:a/b)\nbegan. [@a, p. 3]") == "The reform here began."


def test_links_to_pages_are_resolved_with_their_anchors() -> None:
    html = '<a href="case:a/b#s3">x</a> <a href="https://c.org">y</a> <a title="case:no" href="#s1">z</a>'
    assert with_addresses(html, lambda scheme, id_: f"../{scheme}s/{id_}/") == (
        '<a href="../cases/a/b/#s3">x</a> <a href="https://c.org">y</a> <a title="case:no" href="#s1">z</a>'
    )


@pytest.mark.parametrize("text", ["<script>x</script>", "<a onclick='x'>", "[a](javascript:x)", "{{ x }}", "<iframe src=x>", "[a](data:text/html,x)"])
def test_hand_written_pages_run_nothing(text: str) -> None:
    assert list(running_code(text))


def test_hand_written_pages_may_explain_code() -> None:
    assert not list(running_code("Write `{{ x }}` or `<script>`; data: the figures."))
