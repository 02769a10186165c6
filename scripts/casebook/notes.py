"""Citations as the reader meets them: a mark in the text, and one note for each source and place, with the full reference."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from casebook import citations
from casebook.citations import Citation, Cluster
from casebook.sources import Formatted, Source

_AT, _HIDDEN = "@", "\ue000"
"""The plugin takes any bracket with an '@' for a citation; a private character stands for it until the page is HTML."""

_MARK = "[\ue001"
_SPACE_BEFORE_MARK = re.compile(r"[ \n]+\[\ue001")
"""A mark stands right behind its sentence, so that no line begins with it."""

_PLACE = "\n\n## References { #references }\n\n///Footnotes Go Here///\n"


class Notes:
    """The notes of all pages by id; an id is known once a page has cited it."""

    def __init__(self, sources: dict[str, Source], formatted: dict[str, Formatted]) -> None:
        self._sources, self._formatted = sources, formatted
        self._cited: dict[str, Citation] = {}

    def prepared(self, markdown: str) -> str:
        """Markdown for the plugin: each bracket reduced to note ids, other signs hidden, the references' place appended."""
        found = False

        def reduced(cluster: Cluster) -> str:
            nonlocal found
            found = True
            self._cited.update((citation.note_id, citation) for citation in cluster.citations)
            return "[" + "; ".join(f"\ue001{citation.note_id}" for citation in cluster.citations) + "]"

        text = _SPACE_BEFORE_MARK.sub(_MARK, citations.replaced(markdown, reduced)).replace(_AT, _HIDDEN).replace("\ue001", _AT)
        return text + _PLACE if found else text

    def marks(self, ids: list[str]) -> str:
        """The marks in the text, one for each source and place of a bracket."""
        return "".join(f"[^{id_}]" for id_ in ids)

    def text(self, id_: str) -> str:
        """The note: prefix, reference, place, and the way to the source's page with its kind and how much of it was read."""
        citation = self._cited[id_]
        source = self._sources[citation.key]
        prefix = f"{escape(citation.prefix)} " if citation.prefix else ""
        place = f' <span class="locator">{escape(citation.place)}</span>' if citation.place else ""
        kinds = ", ".join(kind.label for kind in source.kinds)
        record = f' <a class="record" href="source:{escape(source.key)}">{escape(f"{kinds}; {source.seen.label.lower()}")}</a>'
        return str(Markup(prefix) + Markup(self._formatted[citation.key].reference) + Markup(place + record))


def restored(html: str) -> str:
    """HTML with the hidden signs back."""
    return html.replace(_HIDDEN, _AT)
