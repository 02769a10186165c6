"""Tables of a finished page: each in a box that scrolls by itself on a narrow screen, reached by key and named by its heading."""

from __future__ import annotations

import re

_PIECE = re.compile(r'<h[1-6] id="(?P<id>[^"]+)"|<table>(?P<body>.*?)</table>', re.S)


def boxed(page: str) -> str:
    """HTML in which every table without a class of its own stands in such a box. The theme would do it by script, and without a name."""
    heading = ""

    def piece(found: re.Match[str]) -> str:
        nonlocal heading
        if found["id"]:
            heading = found["id"]
            return found[0]
        named = f' aria-labelledby="{heading}"' if heading else ""
        return f'<div class="table" role="group"{named} tabindex="0"><table class="plain">{found["body"]}</table></div>'

    return _PIECE.sub(piece, page)
