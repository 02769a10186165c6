"""What is no prose is blanked, and nothing else moves."""

import re

import pytest

from casebook.masking import masked


@pytest.mark.parametrize(
    "hidden",
    [
        "`@media`", "``a ` @b``", "<https://a.org/@b>", "<me@b.org>", '<a href="mailto:me@b.org">', "<!-- @todo\nmore -->",
        "https://a.org/@b", "www.a.org/@b", "mailto:me@b", "me@b.org", "first.last+tag@sub.b.org", r"\`", r"\[",
    ],
)  # fmt: skip
def test_blanked_whole(hidden: str) -> None:
    blank = re.sub(r"[^\n]", " ", hidden)
    assert masked(f"before {hidden} after") == f"before {blank} after"


def test_a_link_keeps_its_words_and_loses_its_target() -> None:
    assert masked("see [the page](https://a.org/@b) now") == "see [the page](                ) now"


def test_a_links_words_go_if_they_hold_an_at_sign() -> None:
    assert masked("[mail me@b.org](mailto:me@b.org)!") == "[             ](               )!"


def test_an_image_stays_recognizable() -> None:
    assert masked("![a cat](cat@2x.png)") == "![a cat](          )"


@pytest.mark.parametrize("fence", ["```", "~~~~", "  ```"])
def test_fenced_code_keeps_its_lines(fence: str) -> None:
    text = f"a\n{fence} python\n@b [@c]\n\n@d\n{fence.strip()}\ne"
    blank = masked(text)
    assert blank.split() == ["a", "e"]
    assert blank.count("\n") == text.count("\n")
    assert len(blank) == len(text)


def test_an_unclosed_fence_or_code_span_is_text() -> None:
    for text in ("```\n[@a, p. 1]", "`[@a, p. 1]\n\n`", "<!-- [@a, p. 1]", "a < b [@a, p. 1] > c"):
        assert masked(text) == text


def test_a_shorter_fence_does_not_close_a_longer_one() -> None:
    assert masked("````\n```\n@a\n````\n@b").split() == ["@b"]
