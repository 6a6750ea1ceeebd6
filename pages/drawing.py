"""Charts on a page: the one door for SVG, which `st.html` takes out of what it is given."""

import streamlit as st

from geo.sheet import sheet

# The HTML comes from geo/, where every text is escaped; this is the second wall. Parsed apart, it
# neither runs nor fetches; whatever could is taken out before it joins the page. When the page is
# drawn anew, tables that the reader has opened stay open.
_SCRIPT = """
export default function ({ parentElement, data }) {
    const made = new DOMParser().parseFromString(data.html, "text/html");
    const banned = "script, iframe, object, embed, link, meta, base, form, foreignObject, img, use";
    made.querySelectorAll(banned).forEach((one) => one.remove());
    for (const one of made.querySelectorAll("*")) {
        for (const { name, value } of [...one.attributes]) {
            const leads = ["href", "xlink:href", "src"].includes(name);
            if (name.startsWith("on") || (leads && !/^(https?:[/][/]|[/](?![/]))/i.test(value))) {
                one.removeAttribute(name);
            }
        }
    }
    const place = parentElement.querySelector(".fz-drawing");
    const open = [...place.querySelectorAll("details")].map((one) => one.open);
    made.querySelectorAll("details").forEach((one, at) => { one.open = Boolean(open[at]); });
    place.replaceChildren(...made.body.childNodes);
}
"""

# Streamlit draws a segmented control for left-to-right only, and a page on paper as one screen.
_PAGE = """
[data-testid="stButtonGroup"] button {border-radius: 0 !important; border-width: 1px !important;
    border-style: solid !important; margin: 0 !important;}
[data-testid="stButtonGroup"] button + button {margin-inline-start: -1px !important;}
[data-testid="stButtonGroup"] button:not([aria-checked="true"])
    {border-color: rgba(128, 128, 128, .45) !important;}
[data-testid="stButtonGroup"] :has(> button) {overflow: visible !important;}
@media print {
    [data-testid="stHeader"], [data-testid="stButtonGroup"], [data-testid="stSidebar"],
    [class*="st-key-language-swap"], .fz-download {display: none !important;}
    .stApp, [data-testid="stAppViewContainer"], [data-testid="stMain"],
    [data-testid="stMainBlockContainer"] {position: static !important; overflow: visible !important;
        height: auto !important; padding: 0 !important;}
    @page {size: A4; margin: 14mm;}
}
"""

_drawing = st.components.v2.component(
    "fourzones_drawing",
    html='<div class="fz-drawing"></div>',
    css=sheet() + _PAGE,
    js=_SCRIPT,
    isolate_styles=False,
)


def drawing(html: str, key: str) -> None:
    """Show HTML with charts in it."""
    _drawing(data={"html": html}, key=key, height="content")
