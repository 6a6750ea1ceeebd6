"""Every reader on the shapes that analysts bring, and on what goes wrong."""

import codecs
import csv
import gzip
import io
import json
import os
import quopri
import re
import struct
import subprocess
import sys
import threading
import zipfile

import pytest
from conftest import FOURZONES

from geo.errors import FourzonesError
from geo.ingest import files_in, ingest
from geo.linking import link
from geo.model import Interval
from geo.readers import READERS, read
from geo.readers.dates import printed
from geo.selection import Selection

BODY = (
    "قصفت طائرات حربية بلدة كفرنبل في ريف إدلب الجنوبي صباح اليوم الخميس، وقال ناشطون من المدينة "
    "إن ثلاثة مدنيين أصيبوا بجروح وإن فرق الدفاع المدني نقلتهم إلى مشفى قريب من مركز المدينة."
)
PAGE = f"""<!doctype html><html lang="ar"><head><meta charset="utf-8"><title>موقع | قصف</title>
<link rel="canonical" href="https://example.org/news/1/?utm_source=x">
<meta property="og:site_name" content="Example News">
<script type="application/ld+json">{{"@graph": [{{"@type": "NewsArticle",
"headline": "قصف على كفرنبل", "datePublished": "2017-05-04T10:00:00+03:00"}}]}}</script></head>
<body><nav><a href="/a">دوما</a> <a href="/b">درعا</a></nav><article><h1>قصف على كفرنبل</h1>
<p>{BODY}</p><p>{BODY.replace("ثلاثة", "أربعة")}</p></article>
<aside><h3>مقالات ذات صلة</h3><a href="/c">الغوطة الشرقية تحت النار</a></aside>
<footer>جميع الحقوق محفوظة</footer></body></html>"""
RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>
<language>en-gb</language>
<item><title>Shelling in Douma</title><link>https://example.org/2018/02/03/douma</link>
<description>&lt;p&gt;Shells fell on Douma in Eastern Ghouta.&lt;/p&gt;</description>
<pubDate>Sat, 03 Feb 2018 10:00:00 GMT</pubDate></item><item></item></channel></rss>"""

BOMB = '<!DOCTYPE r [<!ENTITY a "aaaa">]><rss version="2.0"><channel>&a;</channel></rss>'


def written(folder, name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def zones(article):
    return {m.zone for m in link(article.text, title=article.title)}


def all_of(path, **options):
    found = list(read(path, **options))
    good = [one for one in found if not isinstance(one, FourzonesError)]
    return good, [str(one) for one in found if isinstance(one, FourzonesError)]


def test_a_saved_page_gives_its_body_and_says_where_its_date_is_from(tmp_path):
    [article], faults = all_of(written(tmp_path, "page.html", PAGE))
    assert not faults
    assert article.title == "قصف على كفرنبل"
    assert article.url == "https://example.org/news/1"
    assert (article.publisher, article.language) == ("Example News", "ar")
    assert (article.published.isoformat(), article.date_source) == ("2017-05-04", "schema.org")
    assert zones(article) == {"idlib"}  # nothing of the menu or the related stories


def test_the_same_page_in_an_old_encoding_is_the_same_article(tmp_path):
    old = PAGE.replace("utf-8", "windows-1256").encode("windows-1256")
    [one], _ = all_of(written(tmp_path, "old.html", old))
    [other], _ = all_of(written(tmp_path, "new.html", PAGE))
    assert one == other


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1256", "iso-8859-6", "utf-16"])
def test_a_text_is_read_in_any_usual_encoding(tmp_path, seed, encoding):
    given = seed.read_text("utf-8")
    data = given.encode(encoding, "ignore")
    [article], faults = all_of(written(tmp_path, "a.txt", data))
    assert not faults
    assert article.text == data.decode(encoding)
    assert len(zones(article)) == 4


def test_the_seed_article_is_the_same_in_every_format(tmp_path, seed):
    given = seed.read_text("utf-8")
    table = io.StringIO()
    csv.writer(table, delimiter=";").writerows([["النص", "التاريخ"], [given, "٤ أيار ٢٠١٧"]])
    paths = [
        written(tmp_path, "a.txt", given),
        written(tmp_path, "a.jsonl", json.dumps({"text": given, "date": "2017-05-04"})),
        written(tmp_path, "a.csv", codecs.BOM_UTF8 + table.getvalue().encode()),
        written(tmp_path, "a.txt.gz", gzip.compress(given.encode())),
    ]
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for path in paths:
            archive.write(path, f"folder/{path.name}")
    read_all = [all_of(path) for path in [*paths, tmp_path / "all.zip"]]
    assert not any(faults for _, faults in read_all)
    articles = [article for good, _ in read_all for article in good]
    assert len(articles) == 8
    assert len({zones(article) == zones(articles[0]) for article in articles}) == 1
    assert {a.published.isoformat() for a in articles if a.published} == {"2017-05-04"}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "windows-1256"])
@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.txt", "a.html"])
def test_every_reader_takes_the_usual_encodings(tmp_path, name, encoding):
    given = {
        "a.jsonl": json.dumps({"text": BODY}, ensure_ascii=False) + "\n",
        "a.csv": f'النص\n"{BODY}"\n',
        "a.txt": BODY,
        "a.html": PAGE,
    }
    [article], faults = all_of(written(tmp_path, name, given[name].encode(encoding)))
    assert not faults and BODY in article.text


def test_of_a_table_in_two_encodings_no_letter_is_lost(tmp_path):
    rows = b"text,date\n" + b"Quiet in Idlib,2017\n" * 5000
    rows += f"{BODY},2017\n".encode("windows-1256") + b"Quiet \xe9 in Idlib,2017\n"
    good, [fault] = all_of(written(tmp_path, "a.csv", rows))
    assert len(good) == 5001 and good[-1].text == BODY
    assert "line 5003, text" in fault and "byte 0xe9" in fault


def test_one_broken_byte_costs_a_table_one_row(tmp_path):
    rows = f"text,date\n{BODY},2017\n".encode() + b"Idlib \xe9,2017\n" + f"{BODY},2018\n".encode()
    good, [fault] = all_of(written(tmp_path, "a.csv", rows))
    assert [a.published.isoformat() for a in good] == ["2017", "2018"]
    assert "line 3, text" in fault


def test_a_table_as_excel_saves_it_says_its_separator(tmp_path):
    text = "sep=;\r\nTitle;Text\r\nNews;Idlib, quiet\r\n;\r\n;bad;cells\r\n"
    [article], [fault] = all_of(written(tmp_path, "a.csv", text))
    assert (article.title, article.text) == ("News", "Idlib, quiet")
    assert "line 5" in fault


def test_a_table_of_one_column_is_not_parted(tmp_path):
    good, _ = all_of(written(tmp_path, "a.csv", 'text\nIdlib, quiet; so far\n"Daraa, too"\n'))
    assert [a.text for a in good] == ["Idlib, quiet; so far", "Daraa, too"]


def test_a_list_of_objects_is_read_like_lines(tmp_path):
    listed = json.dumps([{"text": "Idlib"}, 5, {"text": "Daraa"}], indent=1)
    good, [fault] = all_of(written(tmp_path, "a.json", listed))
    assert [a.text for a in good] == ["Idlib", "Daraa"] and "item 2" in fault
    good, _ = all_of(written(tmp_path, "b.json", '{"text": "Idlib"}\n{"text": "Daraa"}\n'))
    assert [a.text for a in good] == ["Idlib", "Daraa"]


def test_a_page_saved_in_one_file_is_read_with_its_address(tmp_path):
    page = re.sub("<link[^>]*>", "", PAGE)
    part = quopri.encodestring(page.encode()).decode()
    saved = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/news/1\r\n"
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=cut\r\n\r\n"
        "--cut\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        f"\r\n{part}\r\n--cut\r\nContent-Type: image/png\r\n\r\nxx\r\n--cut--\r\n"
    )
    [plain], _ = all_of(written(tmp_path, "a.html", PAGE))
    for name in ("a.mhtml", "b.mht"):
        [article], _ = all_of(written(tmp_path, name, saved))
        assert article == plain
    comment = f"<!-- saved from url=(0026)https://example.org/news/1 -->{page}"
    [article], _ = all_of(written(tmp_path, "c.html", comment))
    assert article == plain


def test_what_a_browser_saved_beside_a_page_is_no_article(tmp_path):
    folder = tmp_path / "saved"
    (folder / "news_files").mkdir(parents=True)
    (folder / "my_files").mkdir()
    written(folder, "news.html", PAGE)
    written(folder, "news_files/frame.html", PAGE)
    written(folder, "news_files/style.css", "body {}")
    written(folder, "my_files/note.txt", "Idlib")
    kept = ["my_files/note.txt", "news.html"]
    assert [str(path.relative_to(folder)) for path in files_in([folder])] == kept
    with zipfile.ZipFile(tmp_path / "saved.zip", "w") as archive:
        for path in sorted(folder.rglob("*.*")):
            archive.write(path, path.relative_to(folder))
    good, faults = all_of(tmp_path / "saved.zip")
    assert len(good) == 2 and not faults


def test_schema_org_may_say_one_thing_as_a_list(tmp_path):
    said = {
        "@type": "NewsArticle", "headline": ["First", "Second"], "url": {"@id": "https://e.org/a"},
        "publisher": [{"name": "Wire"}], "datePublished": ["2017-05-04"],
        "inLanguage": {"name": "Arabic", "alternateName": "ar"},
    }  # fmt: skip
    page = (
        f"<html><head><script type='application/ld+json'><!--\n{json.dumps(said)}\n--></script>"
        f"</head><body><article><p>{BODY}</p></article></body></html>"
    )
    [article], _ = all_of(written(tmp_path, "a.html", page))
    assert (article.title, article.publisher, article.url) == ("First", "Wire", "https://e.org/a")
    assert (article.published.isoformat(), article.language) == ("2017-05-04", "ar")


def test_a_feed_s_day_is_the_one_it_prints_else_that_of_the_change(tmp_path):
    late = RSS.replace("Sat, 03 Feb 2018 10:00:00 GMT", "Sun, 04 Feb 2018 00:30:00 +0300")
    [article], _ = all_of(written(tmp_path, "a.xml", late))
    assert (article.published.isoformat(), article.date_source) == ("2018-02-04", "feed")
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><entry><title>Idlib</title>'
        "<updated>2017-05-05T00:30:00+03:00</updated></entry></feed>"
    )
    [article], _ = all_of(written(tmp_path, "b.xml", atom))
    assert (article.published.isoformat(), article.date_source) == ("2017-05-05", "feed-updated")


def test_a_damaged_member_of_a_zip_file_leaves_the_others(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("a.txt", "b.jsonl", "c.txt"):
            archive.writestr(name, '{"text": "Shelling in Idlib"}')
    data = path.read_bytes().replace(b"Shelling", b"Smelling", 2)
    good, faults = all_of(written(tmp_path, "b.zip", data))
    assert len(good) == 1
    assert [fault.split(": ")[2] for fault in faults] == ["a.txt", "b.jsonl"]
    assert all("Bad CRC-32" in fault for fault in faults)


def test_a_pipe_is_read_whole(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    lines = '{"text": "Idlib"}\n' * 3000  # more than is looked at to tell what it is
    writer = threading.Thread(target=pipe.write_text, args=[lines])
    writer.start()
    good, faults = all_of(pipe)
    writer.join()
    assert len(good) == 3000 and not faults


def test_a_name_that_is_no_utf8_is_told_on_any_stream(tmp_path):
    path = tmp_path / os.fsdecode(b"bad\xe9.txt")
    path.write_bytes(b"\x00")
    _, [fault] = all_of(path)
    assert "bad .txt" in fault and fault.encode()


def test_records_name_their_language_and_may_have_any_id(tmp_path):
    lines = [
        {"text": "x", "language": "Arabic", "id": "y" * 5000},
        {"text": "x", "id": "short", "archive": "http://a.org/", "checked": "2018-01-01"},
    ]
    path = written(tmp_path, "a.jsonl", "\n".join(map(json.dumps, lines)))
    [long, short], _ = all_of(path)
    assert (long.language, len(long.id), short.id) == ("ar", 22, "short")
    assert (short.archive_url, short.link_worked) == ("http://a.org/", "2018-01-01")


def test_a_feed_gives_its_entries(tmp_path):
    [article], faults = all_of(written(tmp_path, "feed.xml", RSS))
    assert article.text == "Shells fell on Douma in Eastern Ghouta."
    assert (article.published.isoformat(), article.date_source) == ("2018-02-03", "feed")
    assert (article.publisher, article.language) == ("Wire", "en")
    assert len(faults) == 1 and "entry 2" in faults[0]


@pytest.mark.parametrize(
    ("said", "date"),
    [
        ("2017-05-04T10:00:00Z", "2017-05-04"),
        ("الخميس 4 أيار/مايو 2017", "2017-05-04"),
        ("٤ مايو ٢٠١٧", "2017-05-04"),
        ("١٥ تشرين الثاني ٢٠١٧", "2017-11-15"),
        ("15 كانون الأول، 2017", "2017-12-15"),
        ("أيلول 2017", "2017-09"),
        ("May 4, 2017", "2017-05-04"),
        ("4th May 2017", "2017-05-04"),
        ("Thu, 04 May 2017 10:00:00 +0300", "2017-05-04"),
        ("25/12/2017", "2017-12-25"),
        ("2017", "2017"),
        ("2017/05/04", "2017-05-04"),
        ("٢٠١٧/٥/٤", "2017-05-04"),
        ("20170504", "2017-05-04"),
        ("2017-05-04+03:00", "2017-05-04"),
        ("13/05/2017 10:30", "2017-05-13"),
        ("4-May-2017", "2017-05-04"),
        ("May 4 2017", "2017-05-04"),
        ("Thursday, May 4th, 2017", "2017-05-04"),
        ("2017/13/04", None),
        ("03/04/2017", None),
        ("2017-00-13", None),
        ("00/13/2017", None),
        ("2017-05-00", "2017-05"),
        ("31 شباط 2017", None),
        ("yesterday", None),
    ],
)
def test_printed_dates_keep_their_precision(said, date):
    found = printed(said)
    assert (found and found.isoformat()) == date


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("cut.txt.gz", gzip.compress(BODY.encode() * 50)[:-20], "expected a whole file"),
        ("broken.txt", b"Damas assi\xe9g\xe9e", "byte 0xe9 at offset 10"),
        ("table.csv", "id,when\n1,2\n", "no text column"),
        ("login.html", "<html><body><form><input name=user></form></body></html>", "login page"),
        ("bomb.xml", '<!DOCTYPE r [<!ENTITY a "aaaa">]><rss version="2.0">&a;</rss>', "refused"),
        ("not.zip", b"PK\x03\x04 nothing", "expected a zip file"),
        ("bad.jsonl", '{"text": "x"', "line 1"),
        ("list.jsonl", '["text"]', "expected a JSON object"),
        ("number.jsonl", '{"text": ["x"]}', "line 1, text"),
        ("date.jsonl", '{"text": "x", "date": "soon"}', "line 1, published"),
        ("empty.html", "", "expected an article's text"),
        ("style.css", "body { color: red }", "not an article"),
        ("late.xml", f"<!-- {'x' * 200_000} -->" + BOMB, "refused"),
        ("wide.xml", BOMB.encode("utf-16"), "refused"),
        ("wider.xml", BOMB.encode("utf-32"), "refused"),
        ("other.xml", BOMB.encode("cp037"), "not a feed"),
        ("odd.txt", b"\x00\x01", "binary data"),
        ("open.csv", 'text,date\n"Idlib,2017\nDaraa,2017\n', "never closed"),
        ("more.csv", "text,date\nHello, Idlib,2017\n", "line 2: expected CSV, got 3 cells"),
        ("line.csv", "text\n" + "x" * 20_000_001, "line 2: expected CSV, got a line of more"),
    ],
)
def test_what_is_wrong_is_told_in_one_line_and_nothing_is_raised(tmp_path, name, content, said):
    good, [fault] = all_of(written(tmp_path, name, content))
    assert not good
    assert said in fault and name in fault


def test_a_bad_line_or_row_leaves_the_others(tmp_path):
    lines = '{"text": "Idlib"}\nnonsense\n{"text": "Daraa"}\n'
    good, faults = all_of(written(tmp_path, "a.jsonl", lines))
    assert [a.text for a in good] == ["Idlib", "Daraa"]
    assert len(faults) == 1 and "line 2" in faults[0]
    rows = "text,date\nIdlib,2017-05-04\nDaraa,soon\nNawa,\n"
    good, faults = all_of(written(tmp_path, "a.csv", rows))
    assert [a.text for a in good] == ["Idlib", "Nawa"]
    assert len(faults) == 1 and "line 3" in faults[0]


@pytest.mark.parametrize(
    ("telling", "dates", "source"),
    [
        (["25/12/2017"], ["2018-04-03", "2017-12-25"], "field-day-first"),
        (["٢٥-١٢-٢٠١٧"], ["2018-04-03", "2017-12-25"], "field-day-first"),
        (["12/25/2017 10:00"], ["2018-03-04", "2017-12-25"], "field-month-first"),
        (["2017-12-25"], ["2017-12-25"], "field"),
        (["25/12/2017", "12/25/2017"], ["2017-12-25", "2017-12-25"], "field"),
        (["25/12/2017", *["03/04/2018"] * 20], ["2017-12-25"], "field"),
    ],
)
def test_figures_are_read_as_the_other_rows_of_a_table_are(tmp_path, telling, dates, source):
    rows = ["text,date", "Quiet in Idlib,03/04/2018"]
    rows += [f"Quiet in Daraa on day {day},{said}" for day, said in enumerate(telling)]
    good, faults = all_of(written(tmp_path, "a.csv", "\n".join(rows)))
    assert [a.published.isoformat() for a in good] == dates
    assert good[0].date_source == source
    if len(good) <= len(telling):
        assert "line 2" in faults[0] and "day and month could be either" in faults[0]


def test_a_line_of_any_length_is_left_out_without_being_kept(tmp_path):
    path = tmp_path / "long.jsonl"
    with path.open("wb") as file:
        file.write(b'{"text": "')
        for _ in range(25):
            file.write(b"x" * 1_000_000)
        file.write(b'"}\n{"text": "Idlib"}\n')
    good, faults = all_of(path)
    assert [a.text for a in good] == ["Idlib"]
    assert "too long" in faults[0]


def zipped(folder, name, members):
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return folder / name


def test_a_zip_bomb_is_refused_and_the_rest_of_the_zip_is_read(tmp_path):
    path = zipped(tmp_path, "bomb.zip", {"big.txt": b"0" * 20_000_000, "a.txt": "Idlib"})
    good, [fault] = all_of(path)
    assert [a.text for a in good] == ["Idlib"]
    assert "refused" in fault and "times its packed size" in fault


def test_zip_members_that_climb_out_or_lead_elsewhere_are_told(tmp_path):
    leads = zipfile.ZipInfo("leads.txt")
    leads.external_attr = 0o120777 << 16
    climbing = ["../../out.txt", "/root.txt", "a/../../b.txt", "C:\\win.txt", "..\\up.txt"]
    inner = zipped(tmp_path, "inner.zip", {"b.txt": "Daraa"}).read_bytes()
    members = dict.fromkeys(climbing, "Shelling in Idlib")
    path = zipped(
        tmp_path, "odd.zip", members | {leads: "/etc/hostname", "in.zip": inner, "a.txt": "Idlib"}
    )
    good, faults = all_of(path)
    assert [a.text for a in good] == ["Idlib"]
    assert len(faults) == len(climbing) + 2
    for name in climbing:
        assert f"refused: {path}: {name}: expected a path within the zip file" in faults
    assert f"refused: {path}: leads.txt: expected a file, got a link" in faults
    assert any("a zip file in a zip file" in fault for fault in faults)


def test_a_zip_of_endless_members_is_refused_by_the_length_of_its_list(tmp_path, monkeypatch):
    monkeypatch.setattr("geo.readers.archive.MOST_MEMBERS", 3)
    many = {f"{number}.txt": "Idlib" for number in range(4)}
    path = zipped(tmp_path, "many.zip", many)
    assert "too many files" in all_of(path)[1][0]
    path = zipped(tmp_path, "long.zip", {f"{'x' * 300}{name}": text for name, text in many.items()})
    assert "a list of 1," in all_of(path)[1][0]


@pytest.mark.parametrize("large", [False, True])
def test_the_length_of_that_list_is_read_as_it_is_written(tmp_path, monkeypatch, large):
    monkeypatch.setattr("geo.readers.archive.MOST_MEMBERS", 2)
    monkeypatch.setattr("geo.readers.archive._LISTED", 1)
    path = zipped(tmp_path, "a.zip", {"a.txt": "Idlib"})
    data = path.read_bytes()
    at = data.rindex(b"PK\5\6")
    size = int.from_bytes(data[at + 12 : at + 16], "little")
    if large:  # as zip files of more than four gigabytes end
        record = b"PK\6\6" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, 1, 1, size, at - size)
        locator = b"PK\6\7" + struct.pack("<IQI", 0, at, 1)
        end = data[at : at + 12] + b"\xff" * 8 + data[at + 20 :]
        path.write_bytes(data[:at] + record + locator + end)
    assert f"a list of {size:,} bytes" in all_of(path)[1][0]
    monkeypatch.setattr("geo.readers.archive._LISTED", 200)
    assert [a.text for a in all_of(path)[0]] == ["Idlib"]


def test_links_out_of_a_folder_and_what_is_no_file_are_not_read(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    secret = written(tmp_path, "secret.txt", "Idlib")
    kept = written(folder, "a.txt", "Idlib")
    (folder / "inside.txt").symlink_to("a.txt")
    (folder / "out.txt").symlink_to(secret)
    (folder / "gone.txt").symlink_to("nowhere")
    (folder / "zero.txt").symlink_to("/dev/zero")
    (folder / "up").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe.txt")
    *files, fault = files_in([folder])
    assert files == [kept, folder / "inside.txt"]
    assert f"refused: {folder / 'out.txt'}" in str(fault) and "leads out of it" in str(fault)


def test_a_folder_that_cannot_be_looked_into_is_told(tmp_path):
    folder = tmp_path / "articles"
    closed = folder / "closed"
    closed.mkdir(parents=True)
    written(folder, "a.txt", "Shelling in Idlib")
    closed.chmod(0)
    as_anyone = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]  # root may look
    done = subprocess.run(
        [*as_anyone * (os.geteuid() == 0), sys.executable, "-c", FOURZONES, "ingest", folder,
         "--store", tmp_path / "own.gpkg"],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    closed.chmod(0o700)
    assert done.stderr == (
        f"fourzones: cannot read: {closed}: expected a folder, got Permission denied\n"
    )
    assert (done.returncode, done.stdout.split(", ")[0]) == (0, "read 1")


def test_a_name_that_no_file_can_have_is_told(tmp_path):
    [fault] = all_of(tmp_path / ("x" * 5000))[1:][0]
    assert "File name too long" in fault
    assert len(list(files_in([tmp_path / ("x" * 5000)]))) == 1


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("a" + " a" * 30_000, "words in a tag"),
        ("a" + " b='>' c" * 8_000, "words in a tag"),
        ("a" + "b=''" * 15_000, "words in a tag"),
        ("br><p" * 110_000, "100,000 tags"),
    ],
)
def test_markup_that_would_hold_up_a_batch_is_refused(tmp_path, tag, said):
    page = PAGE.replace("<article>", f"<{tag}><article>")
    good, [fault] = all_of(written(tmp_path, "page.html", page))
    assert not good and "refused" in fault and said in fault
    quoted = PAGE.replace("<article>", f'<article title="{"a > b " * 2000}">')
    assert all_of(written(tmp_path, "page.html", quoted))[0]
    feed = RSS.replace("<channel>", "<channel" + " a='1'" * 6000 + ">")
    assert "words in a tag" in all_of(written(tmp_path, "feed.xml", feed))[1][0]


def test_an_encoding_in_which_no_text_is_written_is_not_believed(tmp_path):
    page = PAGE.replace("utf-8", "punycode").encode("windows-1256")
    [article], _ = all_of(written(tmp_path, "page.html", page))
    assert "كفرنبل" in article.text


def test_ingest_keeps_a_mixed_folder_and_counts_what_it_left_out(store, tmp_path):
    folder = tmp_path / "mixed"
    folder.mkdir()
    written(folder, "page.html", PAGE)
    written(folder, "feed.xml", RSS)
    written(folder, "a.jsonl", '{"text": "Shelling in Idlib"}\n{}\n')
    report = ingest(store, [folder])
    assert (report.read, report.done.added, report.undated) == (3, 3, 1)
    assert len(report.rejected) == 2
    again = ingest(store, [folder])
    assert (again.done.added, again.done.unchanged) == (0, 3)
    assert store.answer(Selection()).total == 269 + 3


def test_every_reader_can_be_asked_for_by_name(tmp_path):
    path = written(tmp_path, "noname", '{"text": "Idlib"}')
    assert set(READERS) == {"html", "feed", "jsonl", "csv", "text"}
    assert [a.text for a in read(path, reader="jsonl")] == ["Idlib"]
    assert [a.text for a in read(path, reader="text")] == ['{"text": "Idlib"}']


def test_a_given_date_is_for_articles_that_bear_none(tmp_path):
    given = Interval.parse("2020-01")
    lines = '{"text": "Idlib", "date": "2017-05-04"}\n{"text": "Daraa"}\n'
    good, _ = all_of(written(tmp_path, "a.jsonl", lines), published=given)
    assert [(a.published.isoformat(), a.date_source) for a in good] == [
        ("2017-05-04", "field"),
        ("2020-01", "given"),
    ]
    [page], _ = all_of(written(tmp_path, "a.html", PAGE), published=given)
    assert page.date_source == "schema.org"
