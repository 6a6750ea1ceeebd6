"""What the browser tests share: how Chromium starts, how long it may take, what a page shows."""

from __future__ import annotations

from playwright.sync_api import Frame, Page, expect

from geo.model import ZONES

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]  # fmt: skip
WAIT = 60_000  # a machine with much else to do takes long, and is no fault
expect.set_options(timeout=WAIT)


SETTLED = """() => {
    const app = document.querySelector('[data-testid=stApp]')
    const shown = document.querySelectorAll('[data-testid=stMainBlockContainer] *')
    const fading = document.getAnimations().some(
        one => one instanceof CSSTransition && one.playState === 'running')
    const coming = document.querySelector('[data-testid=stSkeleton]')
    return app?.dataset.testScriptState === 'notRunning' && shown.length > 30 && !fading && !coming
}"""


def settled(page: Page) -> None:
    """Wait until the page is there as a whole, so that what it shows may be counted."""
    page.wait_for_function(SETTLED)


def open_map(page: Page, served: str, query: str = "lang=en") -> Frame:
    page.goto(f"{served}/?{query}")
    page.get_by_test_id("sentence").wait_for()
    frame = page.frame_locator("iframe[title*='st_folium']")
    frame.locator("path.fz-zone, .fz-label").first.wait_for()
    handle = page.locator("iframe[title*='st_folium']").element_handle()
    found = handle.content_frame()
    assert found
    settled(page)
    return found


def drawn(frame: Frame) -> set[str]:
    """The zones whose polygon of the day is visible."""
    return {
        zone
        for zone in ZONES
        if frame.locator(f"path.fz-{zone}:not(.ghost)").count()
        and (frame.locator(f"path.fz-{zone}:not(.ghost)").first.bounding_box() or {}).get("width")
    }


def listed(page: Page) -> list[str]:
    return page.locator("article[data-article]").evaluate_all(
        "all => all.map(one => one.dataset.article)"
    )


def sentence(page: Page) -> str:
    return page.get_by_test_id("sentence").inner_text()


def axis(page: Page):
    """The time axis, once it is drawn."""
    found = page.locator("svg[role=slider]")
    found.wait_for()
    return found
