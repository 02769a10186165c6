"""The map: cities where they are, and no border."""

import json
import re

from casebook.figures import COASTLINE, HEIGHT, WIDTH, _albers, coast


def test_the_asset_says_where_it_comes_from_and_holds_no_border() -> None:
    asset = json.loads(COASTLINE.read_text(encoding="utf-8"))
    assert "Natural Earth" in asset["properties"]["source"]
    assert asset["geometry"]["type"] == "MultiPolygon"
    assert all(len(polygon) == 1 for polygon in asset["geometry"]["coordinates"])


def test_places_keep_their_directions_and_lie_on_the_map() -> None:
    xiamen, guiyang, chengdu, taicang = _albers(118.1, 24.5), _albers(106.7, 26.6), _albers(104.1, 30.7), _albers(121.1, 31.5)
    assert chengdu[0] < guiyang[0] < xiamen[0] < taicang[0]
    assert taicang[1] < chengdu[1] < guiyang[1] < xiamen[1]
    assert all(0 < x < WIDTH and 0 < y < HEIGHT for x, y in (xiamen, guiyang, chengdu, taicang))


def test_the_middle_of_the_map_is_its_middle() -> None:
    assert _albers(112.0, 29.6) == (WIDTH / 2, HEIGHT / 2)


def test_the_coast_is_one_closed_path_for_each_land() -> None:
    assert re.fullmatch(r"(?:M[-\d. L]+Z)+", coast())
    assert len(coast()) < 30_000
