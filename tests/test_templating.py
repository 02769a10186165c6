"""Plain words survive Markdown, whatever they hold; Chinese is marked."""

from decimal import Decimal

import markdown
import pytest

from casebook.templating import escaped, number, plain, shown, with_languages
from casebook.values import Prose

HOSTILE = "*a* _b_ `c` [d](e) <b>f</b> {: #g } {{ h }} | i ~~j~~ ^k^ @l \\m & \"n\" 'o' # p :q: ![r](s) [^t]"


def test_plain_words_come_out_of_markdown_as_they_went_in() -> None:
    html = markdown.markdown(f"# {escaped(HOSTILE)}\n\nx {escaped(HOSTILE)}", extensions=["attr_list", "footnotes", "tables", "toc"])
    assert html.count("<") == html.count("<h1") + html.count("</h1") + 2
    assert plain(html).count(HOSTILE) == 2


def test_plain_words_are_safe_in_an_attribute() -> None:
    assert plain(f'<a title="{escaped(HOSTILE)}">x</a>') == "x"


def test_prose_is_markdown_and_text_is_not() -> None:
    assert shown(Prose("*a*")) == "*a*"
    assert "*" not in shown("*a*")


def test_a_missing_value_is_our_mistake() -> None:
    with pytest.raises(ValueError, match="not there"):
        shown(None)


@pytest.mark.parametrize(("value", "words"), [("49", "49"), ("1234567", "1,234,567"), ("34.8871", "34.8871"), ("0.10", "0.10"), ("1E+3", "1,000")])
def test_numbers_keep_their_decimals(value: str, words: str) -> None:
    assert number(Decimal(value)) == words


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        ("<p>in 海沧 and 厦门</p>", '<p>in <span lang="zh-Hans">海沧</span> and <span lang="zh-Hans">厦门</span></p>'),
        ('<p><span lang="zh-Hans">海沧</span>区</p>', '<p><span lang="zh-Hans">海沧</span><span lang="zh-Hans">区</span></p>'),
        ('<a title="海沧">x</a>', '<a title="海沧">x</a>'),
        ("<p>“政社互动”工作</p>", '<p>“<span lang="zh-Hans">政社互动”工作</span></p>'),
        ("<p>a<br>海</p>", '<p>a<br><span lang="zh-Hans">海</span></p>'),
        ("<p>no Chinese</p>", "<p>no Chinese</p>"),
        ("<script>海</script>", "<script>海</script>"),
    ],
)
def test_chinese_is_marked_once_and_only_in_text(html: str, marked: str) -> None:
    assert with_languages(html) == marked
