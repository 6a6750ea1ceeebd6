"""Every page by axe-core, the field's own checker: nothing serious or critical."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import WAIT, settled

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PAGES = {
    "map": "?zone=idlib&from=2017-05-04&to=2018-01-01",
    "timeline": "timeline?",
    "zone": "zone?of=south",
    "articles": "articles?article=a001",
    "bring": "bring?",
    "data": "data?",
    "about": "about?",
}


def findings(frame) -> list[str]:
    """Return what axe finds serious or critical, with where."""
    found = Axe().run(frame).response["violations"]
    return [
        f"{one['impact']}: {one['id']}: {one['help']}: {node['html'][:160]}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"][:4]
    ]


LOOKS = {
    "desk": {"viewport": {"width": 1366, "height": 768}},
    "dark": {"viewport": {"width": 1366, "height": 768}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}},
}


@pytest.mark.parametrize(
    ("language", "look"), [("en", "desk"), ("ar", "desk"), ("en", "dark"), ("ar", "phone")]
)
@pytest.mark.parametrize("name", PAGES)
def test_nothing_serious_on_any_page(chromium, served, name, language, look):
    page = chromium.new_page(**LOOKS[look])
    page.set_default_timeout(WAIT)
    page.goto(f"{served}/{PAGES[name]}&lang={language}")
    settled(page)
    if name == "map":
        page.frame_locator("iframe").first.locator("path.fz-zone").first.wait_for()
    assert findings(page) == []
    for frame in page.frames[1:]:
        assert findings(frame) == []
    page.close()
