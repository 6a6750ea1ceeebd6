"""What is said of each zone version, in both languages."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from data.build.draw_zones import Version

D = dt.date

NAMES = {
    "idlib": {"en": "Idlib", "ar": "إدلب"},
    "northern-homs": {"en": "Northern Homs", "ar": "شمال حمص"},
    "eastern-ghouta": {"en": "Eastern Ghouta", "ar": "الغوطة الشرقية"},
    "south": {"en": "The South", "ar": "الجنوب"},
}

# Days that have a version of their own even where the edge did not move.
EVENTS = {
    "idlib": {
        D(2017, 10, 12): "first-posts",
        D(2018, 1, 20): "abu-duhur",
        D(2018, 2, 9): "winter-2018",
        D(2018, 9, 17): "sochi",
        D(2019, 8, 31): "truce-2019",
        D(2019, 12, 19): "offensive-2019",
        D(2020, 3, 6): "moscow",
    },
    "northern-homs": {D(2017, 8, 3): "homs-force", D(2018, 5, 2): "homs-deal"},
    "eastern-ghouta": {
        D(2017, 8, 18): "faylaq",
        D(2018, 2, 25): "ghouta-offensive",
        D(2018, 3, 11): "ghouta-cut",
    },
    "south": {D(2017, 7, 21): "south-posts", D(2018, 6, 19): "south-offensive"},
}

SAID = {
    "memorandum": ("The memorandum of 4 May 2017 names the area in words only.",
                   "تسمّي مذكرة 4 أيار/مايو 2017 المنطقة بالكلمات فقط."),
    "in-force": ("The ban on fighting takes effect on 6 May 2017.",
                 "يسري حظر القتال ابتداءً من 6 أيار/مايو 2017."),
    "agreed": ("The borders were agreed, and not published.", "اتُّفق على الحدود ولم تُنشر."),
    "first-posts": ("First Turkish observation posts; no change of the edge is documented.",
                    "أولى نقاط المراقبة التركية؛ ولا تغيّر موثّقاً في الحد."),
    "abu-duhur": ("Abu al-Duhur airbase is lost.", "سقوط مطار أبو الظهور."),
    "winter-2018": ("The last pocket east of the railway is gone.",
                    "زوال آخر جيب شرق سكة الحديد."),
    "sochi": ("Sochi memorandum: a demilitarised strip inside the zone; no front moved.",
              "مذكرة سوتشي: شريط منزوع السلاح داخل المنطقة، ولم يتحرك أي خط."),
    "truce-2019": ("Truce after the loss of Khan Shaykhun.", "هدنة بعد سقوط خان شيخون."),
    "offensive-2019": ("An offensive begins in the north-west.", "بدء هجوم في الشمال الغربي."),
    "moscow": ("Moscow protocol: the line of contact is frozen from 00:01.",
               "بروتوكول موسكو: تجميد خط التماس ابتداءً من الساعة 00:01."),
    "homs-force": ("Ceasefire in force from noon.", "سريان وقف إطلاق النار من الظهر."),
    "homs-deal": ("A surrender deal is made.", "إبرام اتفاق استسلام."),
    "faylaq": ("Faylaq al-Rahman joins the agreement; no change of the edge is documented.",
               "انضمام فيلق الرحمن إلى الاتفاق؛ ولا تغيّر موثّقاً في الحد."),
    "ghouta-offensive": ("The ground offensive begins from the east.",
                         "بدء الهجوم البري من الشرق."),
    "ghouta-cut": ("The pocket is cut in three: Douma, Harasta and the south.",
                   "انقسام الجيب إلى ثلاثة: دوما وحرستا والجنوب."),
    "south-posts": ("Russian posts are set up on the government side.",
                    "إقامة نقاط روسية في جانب الحكومة."),
    "south-offensive": ("The offensive in the south begins.", "بدء الهجوم في الجنوب."),
    "ended": ("The last place of the zone fell.", "سقوط آخر موضع في المنطقة."),
}  # fmt: skip

METHOD = (
    "Simple kriging (Matérn 3/2, length 5 km, nugget 0.05, mean -0.5) of who held each known "
    "place on the day; the edge is the zero line, smoothed, cut to Syria and to the extent of "
    "September 2017. accuracy_km: three quarters of the edge lie nearer than this to a known place."
)
VAGUE = (
    "A stated-as-vague outline: the first reconstructed extent widened and smoothed. accuracy_km "
    "is the width of the doubt, not a measurement."
)

BASIS = {
    "announced": (
        "A vague outline of the area that the memorandum names in words; no map was published.",
        "إطار تقريبي للمنطقة التي تسمّيها المذكرة بالكلمات؛ لم تُنشر خريطة.",
    ),
    "in-force": (
        "A reconstruction from who held which place in mid-2017.",
        "إعادة رسم بحسب من سيطر على كل موضع في منتصف 2017.",
    ),
    "delineated": (
        "A reconstruction from who held which place; the agreed border was not published.",
        "إعادة رسم بحسب من سيطر على كل موضع؛ ولم يُنشر الحد المتفق عليه.",
    ),
    "reduced": (
        "A reconstruction from who held which place in mid-2017 and from dated changes since.",
        "إعادة رسم بحسب من سيطر على كل موضع في منتصف 2017 ثم التغيّرات المؤرخة بعدها.",
    ),
    "ended": (
        "No place of the zone was still held on this day.",
        "لم يبق في هذا اليوم أي موضع من المنطقة.",
    ),
}

CAVEATS = {
    "idlib": (
        "The west Aleppo and east Idlib edges are uncertain by several km; the Latakia edge and "
        "the border of the Fua–Kafraya enclave (a hole, held by the government side until "
        "it was emptied on 19 July 2018) have no place-by-place source.",
        "حدّا غرب حلب وشرق إدلب غير مؤكدين بعدة كيلومترات؛ ولا مصدر موضعياً لحد اللاذقية ولا لحد "
        "جيب الفوعة وكفريا (فجوة بيد جانب الحكومة حتى إخلائها في 19 تموز/يوليو 2018).",
    ),
    "northern-homs": (
        "Villages along the edge were mixed or neutral ground, such as the crossing of al-Dar "
        "al-Kabirah; one place in five near the edge would be drawn on the wrong side if it were "
        "not known.",
        "كانت قرى على الحد مختلطة أو محايدة مثل معبر الدار الكبيرة؛ وواحد من كل خمسة مواضع "
        "قرب الحد كان سيُرسم في الجهة الخطأ لو لم يكن معروفاً.",
    ),
    "eastern-ghouta": (
        "The Jobar–Ain Tarma tip moved by blocks in mid-2017 without a place-by-place source; "
        "Harasta's vehicle base was a government wedge. Published area in 2017: a little over "
        "100 square km.",
        "تحرّك طرف جوبر – عين ترما بضعة أبنية في منتصف 2017 بلا مصدر موضعي؛ وكانت إدارة المركبات في "
        "حرستا إسفيناً للحكومة. المساحة المنشورة عام 2017: ما يزيد قليلاً على 100 كم².",
    ),
    "south": (
        "The As-Suwayda edge is uncertain by several km; the Yarmouk basin, held by ISIL until "
        "July 2018, lay inside the area but was no part of the agreement and is left out; Daraa "
        "city was split.",
        "حد السويداء غير مؤكد بعدة كيلومترات؛ وحوض اليرموك الذي كان بيد تنظيم داعش حتى تموز/يوليو "
        "2018 يقع داخل الرقعة ولم يكن جزءاً من الاتفاق فاستُبعد؛ ومدينة درعا كانت مقسومة.",
    ),
}

CONTROL = {
    "title": "Detailed map of the Syrian civil war (module), mid-2017",
    "publisher": "Wikipedia",
    "url": "https://en.wikipedia.org/wiki/Module:Syrian_Civil_War_detailed_map",
    "date": "2017-07-22",
}
MEMORANDUM = {
    "title": "Memorandum on the creation of de-escalation areas",
    "publisher": "TASS",
    "url": "https://tass.com/politics/944911",
    "date": "2017-05-05",
}
AGREED = {
    "idlib": ("Astana-6 agrees on the borders of Idlib", "TRT World",
              "https://www.trtworld.com/article/13095373", "2017-09-15"),
    "northern-homs": ("Cairo agreement on northern Homs", "Syria 360",
                      "https://syria360.wordpress.com/2017/08/03/russian-defence-ministry-"
                      "declaration-creation-of-the-third-de-escalation-zone-north-of-homs/",
                      "2017-08-03"),
    "eastern-ghouta": ("Cairo agreement on Eastern Ghouta", "TASS",
                       "https://tass.com/world/957354", "2017-07-22"),
    "south": ("South-west ceasefire agreed by the US, Russia and Jordan", "PanARMENIAN",
              "http://www.panarmenian.net/eng/news/243738/", "2017-07-09"),
}  # fmt: skip
MOST_SOURCES = 12


def told(zone: str, version: Version, area: float, was: float) -> dict[str, Any]:
    """Return basis, method, sources, caveats and the change from the version before."""
    vague = version.status == "announced"
    change_en, change_ar = _change(version, area, was)
    return {
        "basis_en": BASIS[version.status][0],
        "basis_ar": BASIS[version.status][1],
        "method": VAGUE if vague else METHOD,
        "sources": _sources(zone, version),
        "caveats_en": CAVEATS[zone][0],
        "caveats_ar": CAVEATS[zone][1],
        "change_en": change_en,
        "change_ar": change_ar,
    }


def _change(version: Version, area: float, was: float) -> tuple[str, str]:
    english, arabic = [], []
    if version.event:
        english.append(SAID[version.event][0])
        arabic.append(SAID[version.event][1])
    lost = [c for c in version.changes if c.holder == "government"]
    gained = [c for c in version.changes if c.holder == "opposition"]
    for rows, said_en, said_ar in (
        (lost, "Lost", "خسائر"),
        (gained, "Regained", "استعادة"),
    ):
        if rows:
            places = list(dict.fromkeys(c.place for c in rows))
            places_ar = list(dict.fromkeys(c.place_ar or c.place for c in rows))
            more = len(places) - 8
            english.append(
                f"{said_en}: {', '.join(places[:8])}" + (f" and {more} more." if more > 0 else ".")
            )
            arabic.append(
                f"{said_ar}: {'، '.join(places_ar[:8])}"
                + (f" ومواضع أخرى عددها {more}." if more > 0 else ".")
            )
    if was and version.status not in ("in-force", "announced") and abs(area - was) >= 0.1:
        english.append(f"Area {area - was:+,.1f} square km.")
        arabic.append(f"المساحة {area - was:+,.1f} كم².")
    return " ".join(english), " ".join(arabic)


def _sources(zone: str, version: Version) -> list[dict[str, str]]:
    sources = [MEMORANDUM] if version.status == "announced" else [CONTROL]
    if version.status == "in-force":
        sources = [CONTROL, MEMORANDUM]
    if version.status == "delineated":
        title, publisher, url, date = AGREED[zone]
        sources = [
            {"title": title, "publisher": publisher, "url": url, "date": date},
            CONTROL,
        ]
    seen = {source["url"] for source in sources}
    for change in version.changes:
        if change.url and change.url not in seen and len(sources) < MOST_SOURCES:
            seen.add(change.url)
            publisher = change.title.split(",")[0]
            sources.append(
                {
                    "title": change.title,
                    "publisher": publisher,
                    "url": change.url,
                    "date": change.day.isoformat(),
                }
            )
    return sources
