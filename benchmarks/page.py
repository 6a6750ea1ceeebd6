"""Use the dashboard in a real Chromium, beside bare pages: how long until a change is seen.

Run: ``python benchmarks/page.py [STORE]``. The peers are served the same way in the same run: a
page with one date box that echoes what was typed (an empty rerun), and a page with `st_folium`
alone. Limits, as ratios of the medians: a date change is on the map within 2 times an empty rerun,
list and chart within 4 times (half as much again for a store of a million articles); the first
zone is visible within 1.5 times the bare map; a change sends at most 300 KB, a repeated visit too.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright
from serving import free_port, serving

HERE = Path(__file__).resolve().parent
CHANGES = 15
SERVE = "import sys, uvicorn; uvicorn.run(sys.argv[1], port=int(sys.argv[2]), log_level='error')"
ECHO = """
import streamlit as st
st.set_page_config(layout="wide")
st.date_input("Last day", key="last", format="YYYY-MM-DD")
st.html(f"<p id='echo'>{st.session_state['last']}</p>")
"""
BARE = """
import streamlit as st
from streamlit_folium import st_folium
from geo import mapping
st.set_page_config(layout="wide")
st_folium(mapping.base_map(), key="map", height=450, use_container_width=True)
"""
APP = """
import streamlit as st
from geo import api
app = st.App("{page}", routes=api.routes())
"""


@contextmanager
def page_at(folder: Path, name: str, page: str | None, store: str):
    """Serve a page, or the dashboard itself; give its address."""
    port = free_port()
    env = {"FOURZONES_STORE": store, "PYTHONPATH": f"{HERE.parent}:{folder}"}
    target = "app:app"
    if page:
        (folder / f"{name}_page.py").write_text(page)
        app = APP.format(page=folder / f"{name}_page.py")
        (folder / f"{name}_app.py").write_text(app)
        target = f"{name}_app:app"
    command = [sys.executable, "-c", SERVE, target, str(port)]
    with serving(command, env, port, "/_stcore/health", str(HERE.parent)):
        yield f"http://127.0.0.1:{port}"


def type_date(page, box, date: str) -> float:
    """Type a day into a date box and leave it; return when."""
    box.get_by_role("spinbutton").first.click()
    page.keyboard.type(date.replace("-", ""))
    page.keyboard.press("Tab")
    begun = time.perf_counter()
    page.keyboard.press("Tab")
    return begun


def seen(page, condition: str, begun: float) -> float:
    """Return how many seconds after `begun` a condition holds."""
    page.wait_for_function(condition, polling="raf", timeout=60_000)
    return time.perf_counter() - begun


DAYS = ("2017-10-01", "2018-10-01")


def empty_reruns(browser, address: str) -> list[float]:
    """Time changes of a page that only echoes."""
    page = browser.new_page()
    page.goto(address)
    page.locator("#echo").wait_for()
    times = []
    for number in range(CHANGES + 1):
        day = DAYS[number % 2]
        begun = type_date(page, page.get_by_test_id("stDateInput"), day)
        shown = f"document.querySelector('#echo').textContent === '{day}'"
        times.append(seen(page, shown, begun))
    page.close()
    return times[1:]


AXIS = (
    "[...document.querySelectorAll('.st-key-time *')].find((it) => it.shadowRoot)"
    ".shadowRoot.querySelector('svg[role=slider]')"
)
MAP = "document.querySelector('iframe').contentDocument"


def dashboard(browser, address: str) -> tuple[list[float], list[float], list[int]]:
    """Time changes of the date until the map has them, and until the list and the chart do."""
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.add_init_script("localStorage.setItem('fourzones-tour', '1')")
    sent: list[int] = []
    page.on("websocket", lambda ws: ws.on("framereceived", lambda data: sent.append(len(data))))
    page.goto(f"{address}/?lang=en&from=2017-05-04")
    page.frame_locator("iframe").locator("path.fz-south").first.wait_for()
    page.locator("svg[role=slider]").wait_for()
    page.get_by_role("button", name="Days").click()
    on_map, in_list, sizes = [], [], []
    for number in range(CHANGES + 1):
        day = DAYS[number % 2]
        before = sum(sent)
        begun = type_date(page, page.get_by_test_id("stDateInput").nth(1), day)
        there = "> 0" if number % 2 == 0 else "=== 0"
        on_map.append(
            seen(page, f"{MAP}.querySelectorAll('path.fz-south:not(.ghost)').length {there}", begun)
        )
        said = f"1 October {day[:4]}"
        in_list.append(
            seen(
                page,
                f"document.querySelector('[data-testid=sentence]').textContent.includes('{said}')"
                f" && {AXIS}.getAttribute('aria-valuetext').includes('{said}')",
                begun,
            )
        )
        page.wait_for_timeout(700)
        sizes.append(sum(sent) - before)
    page.close()
    return on_map[1:], in_list[1:], sizes[1:]


def first_sight(browser, address: str, selector: str) -> list[float]:
    """Time visits, with a warm cache, until something is on the map."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    times = []
    for _ in range(6):
        page = context.new_page()
        begun = time.perf_counter()
        page.goto(address)
        page.frame_locator("iframe").locator(selector).first.wait_for()
        times.append(time.perf_counter() - begun)
        page.close()
    context.close()
    return times[1:]


def repeated_visit(browser, address: str) -> int:
    """Return the bytes that a second visit moves, WebSocket included."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    moved = 0
    for _ in range(2):
        moved = 0
        page = context.new_page()
        devtools = context.new_cdp_session(page)
        devtools.send("Network.enable")

        def finished(event):
            nonlocal moved
            moved += event["encodedDataLength"]

        def received(event):
            nonlocal moved
            moved += len(event["response"]["payloadData"])

        devtools.on("Network.loadingFinished", finished)
        devtools.on("Network.webSocketFrameReceived", received)
        page.goto(address)
        page.frame_locator("iframe").locator("path.fz-zone").first.wait_for()
        page.wait_for_timeout(3000)
        page.close()
    context.close()
    return moved


def main() -> None:
    """Print the figures beside their limits; exit 1 when one is missed."""
    store = sys.argv[1] if len(sys.argv) > 1 else ""
    more = 1.5 if store else 1.0
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        folder = Path(made)
        store = store or str(folder / "store.gpkg")
        chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        with page_at(folder, "echo", ECHO, store) as address:
            empty = statistics.median(empty_reruns(browser, address))
        with page_at(folder, "bare", BARE, store) as address:
            bare = statistics.median(first_sight(browser, address, ".leaflet-base-pane path"))
        with page_at(folder, "own", None, store) as address:
            first_sight(browser, address, "path.fz-zone")
            on_map, in_list, sizes = dashboard(browser, address)
            zone = statistics.median(first_sight(browser, address, "path.fz-zone"))
            again = repeated_visit(browser, address)
        browser.close()
    rows = [
        ("date change to map, in empty reruns", statistics.median(on_map) / empty, 2 * more),
        ("date change to list and chart", statistics.median(in_list) / empty, 4 * more),
        ("first zone visible, in bare maps", zone / bare, 1.5),
        ("sent per change (KB)", max(sizes) / 1000, 300),
        ("moved by a repeated visit (KB)", again / 1000, 300),
    ]
    print(f"empty rerun {empty * 1000:.0f} ms, bare map {bare * 1000:.0f} ms (medians)")
    for name, figure, limit in rows:
        print(f"{name:40} {figure:8.2f}  limit {limit:g}")
    sys.exit(any(figure > limit for _, figure, limit in rows))


if __name__ == "__main__":
    main()
