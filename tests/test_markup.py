"""What `inline_html` makes must come out of Markdown as it went in, inside a footnote and outside."""

import html
import re

import markdown
import pytest

from casebook.markup import inline_html, plain_text

EXTENSIONS = [
    "footnotes", "attr_list", "md_in_html", "tables", "def_list", "abbr", "smarty", "pymdownx.superfences", "pymdownx.tilde",
    "pymdownx.caret", "pymdownx.mark", "pymdownx.magiclink", "pymdownx.emoji", "pymdownx.smartsymbols", "pymdownx.keys",
]  # fmt: skip
NASTY = (
    "1. *a* _b_ **c** `d` [e](f) [^g] ^h^ ~i~ ~~j~~ ==k== ++l++ :smile: {#m} {: .n} | o | ... -> (c) (tm) 1/2 --> \\* $p$ # q > r + s"
    " https://a.org/b_c_d www.e.org f@g.org \"h\" 'i' ![j](k) <b>l</b> &amp; m_n_o [p] [@q, p. 1] {{ r }} {% s %} 共同，缔造"
)


def text_of(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", page)).strip()


@pytest.mark.parametrize("text", [NASTY, "- a", "+ a", "1. a", "# a", "    a", "2014. a", "> a", ": a", "| a |", "a -- b", "*[a]: b"])
def test_words_survive(text: str) -> None:
    page = markdown.markdown(plain_text(text), extensions=EXTENSIONS)
    assert text_of(page) == text.strip()
    assert re.sub(r'</?p>|</?span[^>]*>', "", page).count("<") == 0


def test_words_survive_in_a_footnote() -> None:
    page = markdown.markdown(f"Word[^1]\n\n[^1]: {plain_text(NASTY)}\n", extensions=EXTENSIONS)
    note = re.search(r'<li id="fn:1">\s*<p>(.*?)&#160;<a class="footnote-backref"', page, re.S)
    assert note
    assert text_of(note[1]) == NASTY


@pytest.mark.parametrize(
    "address",
    ["https://a.org/b_c_d", "http://a.org/*x*?y=1&z=2", "https://a.org/~x~/^y^", "https://a.org/(x)[y]", "https://a.org/`x`",
     "https://a.org/a@b", "https://a.org/b--c---d...e", "https://a.org/1/2-->3(c)", "https://a.org/:smile:/%25"],
)  # fmt: skip
def test_addresses_survive(address: str) -> None:
    link = inline_html(f'See <a href="{html.escape(address)}">{html.escape(address)}</a> there.')
    page = markdown.markdown(f"Word[^1]\n\n[^1]: {link}\n", extensions=EXTENSIONS)
    assert [html.unescape(found) for found in re.findall(r'href="(http[^"]*)"', page)] == [address]
    assert address in text_of(page)


def test_safe_tags_stay_and_others_leave_their_words() -> None:
    made = inline_html('<em class="x" onclick="y">a</em> <span class="nocase">b</span> <div>c</div> <sup>d</sup><br/><img src=x>')
    assert made == "<em>a</em> b c <sup>d</sup>"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//a.org", " https://a.org/ b", "vbscript:x"])
def test_only_web_and_mail_links(address: str) -> None:
    assert inline_html(f'<a href="{address}">x</a>') == "x"


def test_tags_are_closed_and_lines_joined() -> None:
    assert inline_html("<em>a\n  b") == "<em>a b</em>"
    assert inline_html("a</em> b</p>") == "a b"


def test_scripts_become_words() -> None:
    assert "<script" not in inline_html("<script>alert(1)</script><SCRIPT>x</SCRIPT><scr<script>ipt>y")


def test_chinese_is_marked_once_and_never_in_an_attribute() -> None:
    made = inline_html('“三社联动”，共治 <a href="https://例.cn/">x</a> <span lang="zh-Hans">汉字</span> 78个村')
    assert made == (
        '“<span lang="zh-Hans">三社联动”，共治</span> <a href="https://例.cn/">x</a> <span lang="zh-Hans">汉字</span> '
        '78<span lang="zh-Hans">个村</span>'
    )
