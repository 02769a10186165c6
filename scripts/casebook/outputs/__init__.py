"""One module an output: each reads the finished book and writes one form of it below the site. The registry names them all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from casebook.book import Book
from casebook.outputs import data, schema

OUTPUTS: dict[str, Callable[[Book, Path], str]] = {"data": data.write, "schema": schema.write}
"""Outputs by name. A writer takes the book and the site's folder and says in a few words what it wrote."""
