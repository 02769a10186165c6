"""Names as a reader sees them, and as pandoc must get them."""

import pytest

from casebook.names import for_pandoc, shown, split


def test_split_at_and_outside_braces() -> None:
    assert split("Li, Bing and {Party and State}\n and  Anders, Jo and others") == ["Li, Bing", "{Party and State}", "Anders, Jo", "others"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Li, Bingqin", "Bingqin Li"), ("Bingqin Li", "Bingqin Li"), ("von der Leyen, Ursula", "Ursula von der Leyen"),
        ("King, Jr., Martin Luther", "Martin Luther King Jr."), ("{World Bank, Beijing}", "World Bank, Beijing"),
        ("李, 郇", "李郇"), ("李郇", "李郇"), ("欧阳 修", "欧阳修"), (r"M{\"u}ller, Jos\'e", "José Müller"),
    ],
)  # fmt: skip
def test_shown(name: str, text: str) -> None:
    assert shown(name) == text


def test_only_chinese_names_are_changed_for_pandoc() -> None:
    assert for_pandoc("李, 郇 and Li, Bingqin and {{王刚}} and others") == "{李郇} and Li, Bingqin and {王刚} and others"
