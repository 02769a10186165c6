"""Drawings made at build as SVG: colours come from the page, every mark is a link with a name, nothing is drawn that takes a side."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from math import cos, radians, sin, sqrt
from pathlib import Path

from casebook.book import Book
from casebook.model import City

COASTLINE = Path(__file__).parent / "data" / "coastline.geojson"
WIDTH, HEIGHT = 640, 560
_SCALE, _MIDDLE = 1270.0, (112.0, 29.6)

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Dot:
    """A city on the map, in the drawing's units, with the side of the dot on which its name has room."""

    city: City
    x: float
    y: float
    cases: int


def _albers(longitude: float, latitude: float) -> Point:
    """Equal-area conic with standard parallels 20 and 33 degrees, about the map's middle."""
    first, second, origin = radians(20), radians(33), radians(_MIDDLE[1])
    n = (sin(first) + sin(second)) / 2
    c = cos(first) ** 2 + 2 * n * sin(first)
    radius, middle = (sqrt(c - 2 * n * sin(angle)) / n for angle in (radians(latitude), origin))
    theta = n * radians(longitude - _MIDDLE[0])
    return WIDTH / 2 + _SCALE * radius * sin(theta), HEIGHT / 2 + _SCALE * (radius * cos(theta) - middle)


@cache
def coast() -> str:
    """The coastline as one SVG path. The asset holds land without any border."""
    rings = json.loads(COASTLINE.read_text(encoding="utf-8"))["geometry"]["coordinates"]
    return "".join(_path([_albers(*point) for point in ring[0]]) for ring in rings)


def _path(points: list[Point]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z"


def dots(book: Book) -> list[Dot]:
    """The cities in their order, placed on the map."""
    return [Dot(city, *_rounded(city), cases=len(book.cases_by_city[city.id])) for city in book.cities.values()]


def _rounded(city: City) -> Point:
    x, y = _albers(city.longitude, city.latitude)
    return round(x, 1), round(y, 1)
