import datetime as dt

import pytest

from geo import mapping
from geo.locales import LANGUAGES
from geo.selection import Selection
from geo.summary import view


def test_the_base_map_asks_nothing_of_the_network():
    made = mapping.base_map()
    assert all(url.startswith("/") for _, url in (*made.default_js, *made.default_css))
    assert (mapping.leaflet_folder() / "leaflet.js").exists()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("on", "drawn"), [("2017-05-04", 4), ("2017-09-15", 4), ("2018-10-01", 1), ("2017-05-01", 0)]
)
def test_each_zone_of_the_day_is_drawn(shipped, language, on, drawn):
    shown = view(shipped, Selection(on=dt.date.fromisoformat(on)))
    styles = [
        child.style_function({})["className"]
        for child in mapping.zone_layer(shown, language)._children.values()
        if hasattr(child, "style_function")
    ]
    assert sum("ghost" not in style for style in styles) == drawn


def test_only_a_zone_can_be_clicked():
    assert (
        mapping.clicked_zone({"last_active_drawing": {"properties": {"zone": "idlib"}}}) == "idlib"
    )
    for answer in (None, {}, {"last_active_drawing": None},
                   {"last_active_drawing": {"properties": {"zone": "<img>"}}}):  # fmt: skip
        assert mapping.clicked_zone(answer) is None
