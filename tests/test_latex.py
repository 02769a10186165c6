"""LaTeX in a .bib becomes letters, or is refused."""

import pytest

from casebook.latex import decoded, fault


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"M{\"u}ller", "Müller"), (r"M\"uller", "Müller"), (r"\"{U}ber", "Über"), (r"Jos\'e", "José"), (r"\v{C}apek", "Čapek"),
        (r"na{\"\i}ve", "naïve"), (r"\c{c}a", "ça"), (r"{\ss}", "ß"), (r"\O{}re", "Øre"), (r"\aa ngstr\"om", "ångström"),
        ("255--57", "255–57"), ("a---b", "a—b"), ("``so''", "“so”"), ("a~b", "a b"), (r"90\% \& more\_x", "90% & more_x"),
        ("{GDP} in {{China}}", "GDP in China"), (r"\emph{word}", "word"), ("two\n   lines", "two lines"), ("e\u0301", "é"),
        ("共同缔造", "共同缔造"), (r"\~{}x", "~x"),
    ],
)  # fmt: skip
def test_decoded(latex: str, text: str) -> None:
    assert decoded(latex) == text
    assert fault(latex) == ""


@pytest.mark.parametrize(
    ("latex", "found"),
    [("90% of all", "%"), ("$x$", "$"), (r"\input{/x}", r"\input"), (r"\def\a{}", r"\def"), ("a{b", "a brace"), ("a}{b", "a brace"), ("a\\", "\\")],
)
def test_what_would_be_lost_is_found(latex: str, found: str) -> None:
    assert fault(latex) == found
