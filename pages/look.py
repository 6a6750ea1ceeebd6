"""The style of every page, and the one rule that turns it right-to-left."""

from geo.html import ZONE_COLOURS

HEIGHT = 452
"""Pixels of the map where the window is no higher than 768; a higher one leaves it more room."""

AROUND = 768 - HEIGHT


_EMBEDDED = """<style>[data-testid="stMainBlockContainer"] {padding: .4rem !important;}
    iframe[title*="st_folium"] {height: calc(100vh - 4rem) !important;}</style>"""

# A narrow window has its pages in a side bar behind an arrow that nobody takes for a menu, and
# that stays over the page when one was chosen: their names stand in a row at the top instead.
_NARROW = """@media (max-width: 768px) {
    [data-testid="stHeader"] {pointer-events: none; background: transparent;}
    [data-testid="stSidebar"] {position: fixed !important; inset: 0 0 auto 0;
        height: 3rem !important; width: 100% !important; min-width: 0 !important;
        max-width: none !important; transform: none !important; border: 0;
        transition: none !important;
        z-index: 999991 !important;}
    [data-testid="stSidebarContent"] {width: 100%; padding: 0; overflow: visible;}
    :is([data-testid="stSidebarHeader"], [data-testid="stSidebarUserContent"],
        [data-testid="stExpandSidebarButton"], [data-testid="stSidebarResizeHandle"],
        [data-testid="stSidebarNavLink"] > :has([data-testid="stIconMaterial"]))
        {display: none !important;}
    [data-testid="stSidebarNav"] {padding: 0; margin: 0;}
    [data-testid="stSidebarNavItems"] {display: flex; overflow-x: auto; padding: .4rem .25rem;
        margin: 0; max-height: none; scrollbar-width: none;}
    [data-testid="stSidebarNavLink"] {padding: .2rem .24rem; margin: 0; white-space: nowrap;}
    [data-testid="stSidebarNavLink"] p {font-size: .82rem;}
    [data-testid="stMainBlockContainer"] {padding-top: 3.6rem !important;}
    [data-testid="stButtonGroup"] button {padding-inline: .5rem; min-width: 0;}
    .stHorizontalBlock:has(.fz-title):not(:has([data-testid="stPopover"])) {flex-wrap: nowrap;}
    .stHorizontalBlock:has(.fz-title):not(:has([data-testid="stPopover"])) > .stColumn
        {min-width: 0; flex: 1 1 auto; width: auto;}
    .stHorizontalBlock:has(:is(.fz-title, .fz-sentence)) .stHorizontalBlock {gap: .3rem;}
    .stHorizontalBlock:has(:is(.fz-title, .fz-sentence)) button {padding: .1rem .4rem;}
    .stHorizontalBlock:has(:is(.fz-title, .fz-sentence)) button p {font-size: .82rem;}
    }"""


def style(language: str, embedded: bool = False) -> str:
    """Return the style sheet for an interface language."""
    direction = "rtl" if language == "ar" else "ltr"
    marks = "".join(
        f"mark.fz-{zone}{{background:{colour}2e;border-bottom:2px solid {colour}}}"
        f".st-key-zone-{zone} label>div:last-child::before{{content:'';display:inline-block;"
        f"width:.7em;height:.7em;border-radius:2px;background:{colour};margin-inline-end:.5em}}"
        for zone, colour in ZONE_COLOURS.items()
    )
    return f"""<style>
    [data-testid="stMainBlockContainer"] {{direction: {direction}; padding: 4.2rem 1rem 1rem;
        max-width: none;}}
    [data-testid="stMainBlockContainer"] iframe, .stDataFrame, .stVegaLiteChart
        {{direction: ltr;}}
    :is([data-testid="stHeader"], [data-testid="stSidebar"], [data-testid="stDialog"],
        [data-testid="stPopoverBody"])
        {{direction: {direction};}}
    [data-testid="stToolbar"] > div:has(> [data-testid="stTopNav"])::before {{content: "Fourzones";
        font-weight: 700; align-self: center; margin-inline: 1rem .9rem;}}
    [data-testid="stMarkdownContainer"] :is(p, li, h1, h2, h3) {{text-align: start;}}
    .fz-sentence {{font-size: 1rem; font-weight: 500; margin: 0;
        padding: 0; line-height: 1.4; text-align: start;}}
    .fz-title {{font-size: 1.25rem; font-weight: 600; margin: 0; padding: 0; line-height: 1.4;
        text-align: start;}}
    .fz-list {{font-size: .86rem; line-height: 1.4; text-align: start;}}
    .fz-list article {{border-bottom: 1px solid rgba(128,128,128,.25); padding: .5rem .1rem;}}
    .fz-list h3 {{font-size: .92rem; font-weight: 600; margin: 0; padding: 0; line-height: 1.35;}}
    .fz-list h4 {{font-size: .86rem; margin: .8rem 0 0; padding: 0;}}
    .fz-list p {{margin: .15rem 0 0; font-size: .84rem;}}
    .fz-facts, .fz-note, .fz-differs, .fz-empty {{opacity: .78; font-size: .78rem !important;}}
    .fz-list mark {{color: inherit; padding: .05rem .3rem; border-radius: 2px;
        display: inline-block; line-height: 1.3; margin-bottom: .1rem;}}
    .fz-key {{font-size: .78rem; opacity: .85; margin: 0; text-align: start;}}
    a.fz-download {{display: inline-block; padding: .3rem .8rem; font-size: .875rem;
        white-space: nowrap; border-radius: .5rem;
        border: 1px solid rgba(128,128,128,.45); color: inherit; text-decoration: none;}}
    a.fz-download::before {{content: "⤓"; margin-inline-end: .4rem;}}
    a.fz-download:is(:hover, :focus-visible) {{border-color: currentColor;}}
    [data-testid="stCheckbox"] [data-testid="stTooltipIcon"] {{margin-inline-start: .35rem;}}
    @media (min-width: 641px) {{
        [data-testid="stMain"]:has(.st-key-filters) :is(iframe[title*="st_folium"],
            .st-key-filters, .st-key-articles)
            {{min-height: max({HEIGHT}px, calc(100vh - {AROUND}px));}}}}
    [data-testid="stHtml"] a {{color: light-dark(#0f4466, #9ec1d6);}}
    .fz-take {{font-size: .86rem; border-collapse: collapse;}}
    .fz-take :is(th, td) {{text-align: start; font-weight: 400; padding: .18rem .3rem;}}
    .fz-take a {{margin-inline-end: .6rem; white-space: nowrap;}}
    section[role="dialog"] > button:has(+ h2) {{
        {"left: .75rem; right: auto" if direction == "rtl" else "right: .75rem"};}}
    .fz-table {{font-size: .84rem; border-collapse: collapse; margin-bottom: .8rem;}}
    .fz-table :is(th, td) {{text-align: start; padding: .15rem .8rem .15rem 0;
        border-bottom: 1px solid rgba(128,128,128,.25);}}
    .st-key-filters [data-testid="stWidgetLabel"] p {{font-size: .8rem;}}
    .st-key-filters label p {{font-size: .86rem;}}
    {marks}
    .fz-list mark.fz-outside {{background: none; border-bottom-style: dashed;}}
    [data-testid="stVerticalBlock"] {{gap: .55rem;}}
    [data-testid="stPopover"] button, .stButton button {{white-space: nowrap; padding: .1rem .6rem;
        min-height: 2rem;}}
    @media (max-width: 640px) {{.stHorizontalBlock > .stColumn:has(.st-key-filters) {{order: 2;}}
        .stHorizontalBlock > .stColumn:has(.st-key-articles) {{order: 3;}}
        [data-testid="stMainBlockContainer"] {{padding: 3.6rem .6rem;}}}}
    {_NARROW}
    @media (prefers-reduced-motion: reduce) {{*, *::before, *::after
        {{animation: none !important; transition: none !important;}}}}
    </style>{_EMBEDDED if embedded else ""}"""
