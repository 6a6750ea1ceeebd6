"""The style sheet of charts, tables and reports: on the page, on paper, in light and in dark."""

from __future__ import annotations

from geo.html import ZONE_COLOURS

SHEET = """
.fz-profile, .fz-profile * {box-sizing: border-box;}
.fz-profile {font-size: .86rem; line-height: 1.45; text-align: start;}
.fz-profile h2 {font-size: 1rem; font-weight: 600; margin: 1.1rem 0 .3rem; padding: 0;
    line-height: 1.3;}
.fz-profile p {margin: .15rem 0 .4rem; font-size: .82rem;}
.fz-profile a {color: inherit; text-decoration: underline; text-decoration-thickness: 1px;
    text-underline-offset: 2px; text-decoration-color: rgba(128,128,128,.8);}
.fz-profile a:is(:hover, :focus-visible) {text-decoration-color: currentColor;}
.fz-profile .fz-quiet {opacity: .8; font-size: .78rem;}
.fz-now {display: flex; flex-wrap: wrap; gap: .2rem 1.6rem; margin: .2rem 0 0;
    border-block: 1px solid rgba(128,128,128,.3); padding: .45rem 0;}
.fz-now div {min-width: 6rem;}
.fz-now dt {font-size: .74rem; opacity: .8; font-weight: 400;}
.fz-now dd {margin: 0; font-size: .95rem; font-weight: 600;}
.fz-pair, .fz-three {display: grid; gap: 0 1.6rem;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr));}
.fz-three {grid-template-columns: 2.2fr 1fr 1fr;}
.fz-pair > *, .fz-three > * {min-width: 0;}
.fz-scroll {overflow-x: auto;}
.fz-scroll:has(> .fz-chart) {direction: ltr;}
.fz-wide {overflow-x: auto;}
.fz-chart {display: block; max-width: none; font-family: inherit;}
[dir=rtl] .fz-scroll > .fz-chart {margin-left: auto;}
.fz-pair .fz-chart {width: 100%; min-width: 34rem; height: auto;}
.fz-chart a {text-decoration: none;}
.fz-chart a:hover .fz-stretch {stroke: currentColor; stroke-width: 1;}
.fz-chart a:hover text {text-decoration: underline;}
.fz-maps {display: grid; gap: .7rem .7rem; margin: .4rem 0 0; padding: 0;
    grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr));}
.fz-maps figure {margin: 0; padding: .2rem; break-inside: avoid; min-width: 0;
    border: 1.5px solid transparent;}
.fz-maps figure[aria-current] {border-color: currentColor;}
.fz-maps .fz-chart {width: 100%; height: auto;}
.fz-maps figcaption {font-size: .74rem; line-height: 1.35; margin-top: .15rem;}
.fz-maps figcaption span {display: block;}
.fz-maps figcaption .fz-quiet {font-size: .72rem;}
.fz-bases {margin: 0 0 .2rem; padding-inline-start: 1.3rem; font-size: .78rem; opacity: .85;
    columns: 2 24rem;}
.fz-table {border-collapse: collapse; width: 100%; font-size: .78rem; line-height: 1.35;}
.fz-table :is(th, td) {text-align: start; vertical-align: top; padding: .18rem .5rem .18rem 0;
    border: 0; border-bottom: 1px solid rgba(128,128,128,.25); font-weight: 400;}
[dir=rtl] .fz-table :is(th, td) {padding: .18rem 0 .18rem .5rem;}
.fz-table thead th {font-weight: 600; white-space: nowrap;}
.fz-table :is(th, td).fz-number {text-align: end; font-variant-numeric: tabular-nums;
    white-space: nowrap;}
.fz-table .fz-days {white-space: nowrap;}
.fz-profile details {margin: .35rem 0;}
.fz-profile summary {cursor: pointer; font-size: .8rem; padding: .15rem 0;}
.fz-profile ul.fz-sources {columns: 3 17rem; column-gap: 1.6rem; padding-inline-start: 1.1rem;
    margin: .2rem 0; font-size: .78rem;}
.fz-sources li {break-inside: avoid;}
.fz-events {list-style: none; margin: 0; padding: 0; font-size: .8rem;}
.fz-events.fz-many {columns: 2 26rem; column-gap: 1.8rem;}
.fz-events li {display: grid; grid-template-columns: auto 1fr; gap: 0 .7rem; break-inside: avoid;
    margin: 0; padding: .14rem 0; border-bottom: 1px solid rgba(128,128,128,.2);}
.fz-events .fz-when {min-width: 8.6rem; font-variant-numeric: tabular-nums;}
.fz-events .fz-which {display: inline-block; width: .6em; height: .6em; border-radius: 50%;
    margin-inline-end: .25em;}
@media (max-width: 700px) {.fz-three {grid-template-columns: 1fr;}
    .fz-events li {grid-template-columns: 1fr;}}
"""

_REPORT = """
:root {color-scheme: light;}
body {font: 15px/1.45 "Source Sans 3", "Noto Sans", "Noto Sans Arabic", system-ui, sans-serif;
    margin: 0 auto; padding: 1.2rem; max-width: 72rem; color: #1b1b1b; background: #fff;}
h1 {font-size: 1.4rem; margin: 0 0 .2rem;}
.fz-list {font-size: .84rem; line-height: 1.4;}
.fz-list article {border-bottom: 1px solid #ddd; padding: .4rem 0; break-inside: avoid;}
.fz-list h3 {font-size: .9rem; margin: 0;} .fz-list p {margin: .1rem 0 0;}
.fz-list h4 {font-size: .86rem; margin: .8rem 0 0;}
.fz-facts, .fz-note, .fz-differs, .fz-empty {color: #4a4a4a; font-size: .78rem;}
.fz-list mark {color: inherit; padding: 0 .25rem;}
.fz-list mark.fz-outside {background: none; border-bottom-style: dashed;}
"""

_PAPER = """
@media print {
  .fz-profile h2, .fz-list h2 {break-after: avoid;}
  .fz-profile {font-size: 9pt;}
  .fz-maps {grid-template-columns: repeat(5, 1fr); gap: 2mm;}
  .fz-pair {grid-template-columns: 1fr 1fr;} .fz-pair .fz-chart {min-width: 0;}
  .fz-three {grid-template-columns: 2fr 1fr 1fr;} .fz-events li {grid-template-columns: 1fr;}
  :is(.fz-scroll, .fz-wide) {overflow: visible;} .fz-table {font-size: 7pt;}
  .fz-profile tr, .fz-list article {break-inside: avoid;}
  .fz-chart, mark {print-color-adjust: exact; -webkit-print-color-adjust: exact;}
}
"""


def sheet() -> str:
    """Return the rules for charts and tables, on screen and on paper."""
    return SHEET + _PAPER


def report_sheet() -> str:
    """Return all the rules that a report needs, for A4."""
    marks = "".join(
        f"mark.fz-{zone}{{background:{colour}2e;border-bottom:2px solid {colour}}}"
        for zone, colour in ZONE_COLOURS.items()
    )
    return f"{_REPORT}{marks}{SHEET}{_PAPER}@page {{size: A4; margin: 14mm;}}" + (
        "@media print {body {padding: 0; max-width: none;}}"
    )
