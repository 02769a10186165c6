"""A table scrolls by itself, can be reached by key, and has its heading's name."""

from __future__ import annotations

from casebook.tables import boxed


def test_a_table_is_boxed_and_named_by_the_heading_before_it() -> None:
    page = '<h2 id="one">One</h2><p>x</p><table><tr><td>1</td></tr></table><h3 id="two">Two</h3><table>2</table>'
    made = boxed(page)
    assert made.count('<table class="plain">') == 2
    assert made.index('aria-labelledby="one"') < made.index('<h3 id="two">') < made.index('aria-labelledby="two"')


def test_a_table_with_a_class_is_left_alone() -> None:
    assert boxed('<table class="matrix"><tr></tr></table>') == '<table class="matrix"><tr></tr></table>'


def test_a_table_without_a_heading_is_boxed_all_the_same() -> None:
    assert boxed("<table>1</table>") == '<div class="table" role="group" tabindex="0"><table class="plain">1</table></div>'
