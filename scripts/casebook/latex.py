"""The little LaTeX that a .bib may hold, as plain letters.

Anything more is a fault: it would vanish from a reference in silence.
"""

from __future__ import annotations

import re
import unicodedata

_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307", '"': "\u0308",
    "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328", "b": "\u0331",
}  # fmt: skip
_LETTERS = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "aa": "å", "AA": "Å",
    "i": "ı", "j": "ȷ", "ldots": "…", "dots": "…", "textasciitilde": "~", "textbackslash": "\\", "S": "§",
}  # fmt: skip
"""No letter that pandoc's reader would drop, such as \\dj: those are written as they are."""
_WRAPPERS = frozenset("emph textit textbf textsc textsuperscript textsubscript mkbibemph".split())
_SIGNS = {"-": "", "/": "", ",": " ", "\\": " ", " ": " ", "\n": " "} | {sign: sign for sign in "&%$#_{}"}
_DASHES = {"---": "—", "--": "–", "``": "“", "''": "”", "`": "‘", "~": " ", "{": "", "}": ""}
_LETTER = r"(?:\\[ij](?![A-Za-z])|[^\W\d_])"
_TOKEN = re.compile(
    r"\\(?P<accent>[`'^~=.\"]|[uvHcdbkr](?![A-Za-z]))\s*"
    rf"(?:\{{(?P<braced>{_LETTER}?)\}}|(?P<letter>{_LETTER}))"
    r"|\\(?P<command>[A-Za-z]+)\s*(?:\{\})?"
    r"|\\(?P<sign>.)"
    r"|(?P<dash>-{2,3}|``|''|[`~{}])",
    re.S,
)
_RISKY = re.compile(r"\\(?:[A-Za-z]+\*?|.|$)|[%$]", re.S)


def decoded(text: str) -> str:
    """The text as a reader sees it: accents and dashes as letters, braces and wrappers gone, spaces single."""
    plain = _TOKEN.sub(_letters, text)
    return unicodedata.normalize("NFC", " ".join(plain.split()))


def _letters(found: re.Match[str]) -> str:
    if found["accent"]:
        return _accented(found["accent"], found["braced"] or found["letter"] or "")
    if found["command"]:
        return _LETTERS.get(found["command"], "")
    return _SIGNS.get(found["sign"], found["sign"]) if found["sign"] else _DASHES[found["dash"]]


def _accented(accent: str, letter: str) -> str:
    if not letter:
        return accent
    return unicodedata.normalize("NFC", letter.lstrip("\\") + _ACCENTS[accent])


def fault(text: str) -> str:
    """The first thing in the text that would be lost or run as a program, or nothing."""
    for found in _RISKY.finditer(text):
        if not _is_known(found[0]):
            return found[0]
    return "" if is_balanced(text) else "a brace"


def _is_known(piece: str) -> bool:
    name = piece[1:]
    return piece[0] == "\\" and (name in _LETTERS or name in _WRAPPERS or name in _ACCENTS or name in _SIGNS)


def is_balanced(text: str) -> bool:
    """True if every brace has its partner; a brace behind a backslash is a sign like others."""
    depth = 0
    for found in re.finditer(r"\\.|[{}]", text, re.S):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth < 0:
            return False
    return depth == 0
