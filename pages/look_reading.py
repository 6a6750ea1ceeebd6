"""The style of the pages for reading, bringing and data; `pages/look.py` has what all share."""

STYLE = """<style>
[data-testid="stHeading"] [data-testid="stMarkdownContainer"] {margin-bottom: 0;}
[data-testid="stCaptionContainer"], [data-testid="stCaptionContainer"] p {text-align: start;
    color: inherit;}
[data-testid="stCaptionContainer"] {opacity: .8 !important;}
[data-testid="stHeading"] h3 {font-size: 1.02rem; padding: .6rem 0 0;}
.fz-entry p, .fz-facts, .fz-verdict {margin: .1rem 0 0 !important; font-size: .8rem !important;
    line-height: 1.45; text-align: start;}
.fz-facts {opacity: .78;}
.fz-links {opacity: 1;}
.fz-links > span {margin-inline-end: .8em;}
mark.fz-chip {color: inherit; padding: 0 .35em; border-radius: 2px; font-size: .76rem;
    white-space: nowrap;}
.fz-copies {border: 1px solid rgba(128,128,128,.45); border-radius: 2px; padding: 0 .3em;
    white-space: nowrap;}
[class*="st-key-entry-"] {border-bottom: 1px solid rgba(128,128,128,.25);
    padding: .35rem .5rem .4rem; gap: 0 !important;}
.st-key-entry-here {background: rgba(128,128,128,.12); border-radius: 4px;}
[class*="st-key-entry-"] button, [class*="st-key-other-"] button {min-height: 0; padding: 0;
    justify-content: flex-start; width: 100%;}
[class*="st-key-entry-"] button p, [class*="st-key-other-"] button p {font-size: .92rem;
    font-weight: 600; text-align: start; white-space: normal; line-height: 1.35;}
[class*="st-key-other-"] button p {font-weight: 400; font-size: .84rem; text-decoration: underline;}
.st-key-narrow [data-testid="stVerticalBlock"], .st-key-narrow {gap: .18rem;}
.st-key-narrow [data-testid="stMarkdownContainer"] {margin-bottom: 0;}
.st-key-narrow [data-testid="stDateInput"] label p {font-size: .8rem;}
.st-key-narrow [data-testid="stDateInputField"] {direction: ltr;}
.st-key-narrow [data-testid="stDateInputField"] [role="group"] {padding: 6px 4px;}
.st-key-narrow [data-testid="stDateInputField"] [role="group"] > span {font-size: 12px;}
.st-key-narrow [data-testid="stMarkdown"] p {margin: .55rem 0 0; font-size: .84rem;}
.st-key-narrow [data-testid="stCheckbox"] p {font-size: .84rem; line-height: 1.3;}
.st-key-narrow label {margin-bottom: 0;}
.st-key-pager, .st-key-reader-bar {gap: .3rem;}
:has(> .st-key-removed) {position: sticky; top: 3.8rem; z-index: 9;}
.st-key-removed {flex-wrap: nowrap; background: light-dark(#fff, #191816);
    border: 1px solid rgba(128,128,128,.3); border-radius: 6px; padding: .3rem .7rem;
    box-shadow: 0 2px 8px rgba(0,0,0,.08);}
:is(.st-key-pager, .st-key-reader-bar, .st-key-removed-close) button
    [data-testid="stMarkdownContainer"] {
    position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);}
.fz-reader h2 {font-size: 1.15rem; line-height: 1.35; padding: 0; margin: 0; text-align: start;}
.st-key-reader h3, .fz-part h3 {font-size: .92rem; padding: 0; margin: .7rem 0 .1rem;}
.fz-text {font-size: .95rem; line-height: 1.65; max-width: 44rem; overflow-wrap: anywhere;}
.fz-text p {margin: 0 0 .55rem; text-align: start;}
.fz-text h4 {font-size: .84rem; padding: 0; margin: .5rem 0 .2rem; text-align: start;}
:is(.fz-text, .fz-reader) mark {color: inherit; padding: .05rem .15rem; border-radius: 2px;}
:is(.fz-text, .fz-reader) mark.fz-outside {background: none; border-bottom-style: dashed;}
u.fz-hit {text-decoration: underline wavy currentColor 1.5px; text-underline-offset: .2em;}
.fz-note {opacity: .8; font-size: .8rem !important;}
.fz-scroll {overflow-x: auto;}
.fz-table {border-collapse: collapse; font-size: .8rem; line-height: 1.4; width: 100%;}
.fz-table :is(th, td) {text-align: start; padding: .22rem 0; padding-inline-end: .6rem;
    vertical-align: top;
    border: 0; border-bottom: 1px solid rgba(128,128,128,.25);}
.fz-scroll > table {max-width: 62rem;}
.fz-table tr:last-child :is(th, td) {border-bottom: 0;}
.fz-plain {font-size: .84rem; line-height: 1.5; margin: 0; padding-inline-start: 1.1rem;}
.fz-plain li {text-align: start;}
.fz-table th {font-weight: 600; opacity: .8;}
.fz-table .fz-number {font-variant-numeric: tabular-nums;}
.fz-table td.fz-bar {width: 45%;}
.fz-bar > div {background: #6b7c85; height: .7em; margin-top: .3em; border-radius: 1px;
    min-width: 1px;}
.fz-verdict {flex: 1;}
strong.fz-rejected, strong.fz-confirmed {font-weight: 600;}
.fz-figure {margin: .4rem 0 0; max-width: 300px;}
.fz-figure img {width: 100%; height: auto; display: block;}
.fz-figure figcaption {font-size: .78rem; opacity: .8; text-align: start;}
[class*="st-key-link-"] button {min-height: 1.9rem; padding: 0 .5rem;}
a.fz-phone, #narrow {display: none;}
@media (min-width: 641px) {
    [data-testid="stColumn"]:has(:is(.st-key-reader, .st-key-narrow)) {position: sticky;
        top: 3.75rem; align-self: flex-start;}
    [class*="st-key-reading-"], .st-key-narrow {max-height: calc(100vh - 4.5rem); overflow-y: auto;
        flex-wrap: nowrap; padding-inline-end: .3rem;}
}
@media (max-width: 640px) {
    a.fz-phone {display: inline-block; font-size: .84rem;}
    #narrow {display: block; scroll-margin-top: 4rem;}
    [data-testid="stColumn"]:has(.st-key-narrow) {order: 2;}
    [data-testid="stColumn"]:has(.st-key-reader) {position: fixed; inset: 3.6rem 0 0;
        width: auto; max-width: none; overflow-y: auto; z-index: 9; padding: .6rem;
        background: light-dark(#fff, #191816);}
    .fz-scroll:not(.fz-few) > table {min-width: 32rem;}
}
</style>"""
