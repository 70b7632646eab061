"""The printed report by WeasyPrint: HTML and one style sheet, as its guide says, tagged as ours.

    path/to/python bench/rivals/report_weasyprint.py ROOM

Needs WeasyPrint alone. Reads ROOM/values.json (a report each: what our own template is given), writes
ROOM/first.pdf and ROOM/taken.json, seconds of one core for each report after the first.
"""

from __future__ import annotations

import json
import sys
import time
from base64 import b64encode
from html import escape
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

FONTS = Path(__file__).parents[2] / "src" / "imp2art" / "documents" / "fonts" / "sans"
STYLE = """
@font-face { font-family: "Noto Sans"; src: url("NotoSans-Regular.ttf"); font-weight: 400 }
@font-face { font-family: "Noto Sans"; src: url("NotoSans-Bold.ttf"); font-weight: 700 }
@page { size: A4; margin: 15mm 16mm 16mm; @bottom-right { content: counter(page) " / " counter(pages); font-size: 8pt } }
body { font: 10pt/1.3 "Noto Sans"; color: #212b32; margin: 0 }
header { background: #005eb8; color: #fff; padding: 10pt 12pt } header h1 { font-size: 20pt; margin: 0 }
h2 { font-size: 14pt; margin: 16pt 0 8pt } h3 { font-size: 11.5pt; margin: 0 0 4pt } p { margin: 0 0 4.5pt }
.headline { border: .6pt solid #c8d0d4; border-top: 3pt solid #005eb8; padding: 11pt; font-size: 13pt }
.keys { display: grid; grid-template-columns: 1fr 1fr 1fr; gap: 8pt; margin-top: 8pt }
.keys div { border: .6pt solid #c8d0d4; padding: 8pt } .keys b { font-size: 17pt }
.detail { break-inside: avoid; margin-bottom: 11pt } .two { display: flex; gap: 16pt }
.two > :first-child { width: 44% } .two > :last-child { flex: 1 }
img { width: 100%; display: block } table { width: 100%; border-collapse: collapse; font-size: 8.5pt }
th, td { border-bottom: .4pt solid #c8d0d4; text-align: right; padding: 2pt; white-space: pre-line } th:first-child { text-align: left }
"""


def main(room: Path) -> None:
    reports = json.loads((room / "values.json").read_text(encoding="utf-8"))
    fonts = FontConfiguration()
    sheet = CSS(string=STYLE, font_config=fonts, base_url=str(FONTS) + "/")
    taken = []
    for at, values in enumerate(reports):
        start = time.process_time()
        pdf = HTML(string=page(values)).write_pdf(
            stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/ua-1", pdf_tags=True
        )
        taken.append(time.process_time() - start)
        if not at:
            (room / "first.pdf").write_bytes(pdf)
    (room / "taken.json").write_text(json.dumps(taken[1:]))


def page(v: dict) -> str:
    parts = [
        f"<html lang='{v['language']}'><head><title>{escape(v['document_title'])}</title></head><body>",
        f"<header><h1>{escape(v['title'])}</h1>{escape(v['practice'])}</header>",
        paragraphs([v["inside"], v["data"]]),
        f"<div class='headline'>{paragraphs(v['headline'])}</div>",
        f"<div class='keys'>{''.join(map(key, v['keys']))}</div>",
        f"<h2>{escape(v['details_title'])}</h2>",
        *map(detail, v["details"]),
    ]
    if "funnel" in v:
        funnel = v["funnel"]
        beside = paragraphs(funnel["sentences"]) + table(funnel["table"]["head"], funnel["table"]["rows"])
        parts.append(f"<h2>{escape(funnel['title'])}</h2>{two(drawing(funnel['chart']), beside)}")
    parts.append(f"<h2>{escape(v['equity_title'])}</h2>")
    for each in v["equity"]:
        groups = table(each["table"]["head"], each["table"]["rows"])
        parts.append(f"<h3>{escape(each['title'])}</h3>{paragraphs(each['sentences'])}")
        parts.append(two(drawing(each["chart"]), groups))
    rows = [
        row
        for topic in v["all"]["topics"]
        for row in ([topic["topic"]], *(r["cells"] for r in topic["rows"]))
    ]
    parts.append(f"<h2>{escape(v['all']['title'])}</h2>{table(v['all']['head'], rows)}")
    parts.append(paragraphs([v["not_configured"], *v["trust"]["sentences"]]))
    parts += [f"<p><b>{escape(r['title'])}.</b> {escape(r['rule'])}</p>" for r in v["trust"]["rules"]]
    parts.insert(-1, f"<h2>{escape(v['trust']['title'])}</h2><p>{escape(v['foot'])}</p></body></html>")
    return "".join(parts)


def paragraphs(sentences: list[str]) -> str:
    return "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences if sentence)


def drawing(it: dict) -> str:
    """The SVG with its words in it, which for this side is the quicker way."""
    words = "".join(map(svg_words, it["words"]))
    whole = it["svg"].replace("</svg>", f'<g font-family="Noto Sans">{words}</g></svg>')
    told = b64encode(whole.encode()).decode()
    return f'<img alt="{escape(it["alt"])}" src="data:image/svg+xml;base64,{told}">'


def svg_words(it: list) -> str:
    x, y, anchor, size, bold, text = it
    weight = 700 if bold else 400
    placed = f'x="{x}" y="{y}" text-anchor="{anchor}" font-size="{size}" font-weight="{weight}"'
    return f"<text {placed}>{escape(text)}</text>"


def key(it: dict) -> str:
    words = paragraphs([it["title"], it["direction"]])
    return f"<div><b>{it['share']}</b>{words}{drawing(it['chart'])}{paragraphs([it['place']])}</div>"


def two(one: str, other: str) -> str:
    return f"<div class='two'><div>{one}</div><div>{other}</div></div>"


def detail(it: dict) -> str:
    beside = paragraphs([it["verdict"], *it["lines"]]) + (drawing(it["band"]) if "band" in it else "")
    months = "".join(
        table(["", *block], [[it["table"]["name"], *it["table"]["cells"][at]]])
        for at, block in enumerate(it["table"]["months"])
    )
    band = table(it["band_table"]["head"], it["band_table"]["rows"]) if "band_table" in it else ""
    head = f"<h3>{escape(it['title'])}: {it['share']}</h3>{paragraphs([it['count']])}"
    caption = paragraphs([it["table"]["caption"]])
    return f"<div class='detail'>{head}{two(drawing(it['chart']), beside)}{caption}{months}{band}</div>"


def table(head: list[str], rows: list[list[str]]) -> str:
    top = "".join(f"<th scope='col'>{escape(cell)}</th>" for cell in head)
    body = "".join(
        f"<tr><th scope='row'{f' colspan={len(head)}' if len(row) == 1 else ''}>{escape(row[0])}</th>"
        + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
