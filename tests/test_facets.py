from geo.facets import TOP, facets, place_names
from geo.selection import Selection


def found(store, selection, language="en"):
    places = place_names(store, language)
    made = facets(store, selection, store.answer(selection), language, places)
    return {facet.field: facet for facet in made}


def test_every_value_stands_once_the_chosen_first(shipped):
    counts = shipped.answer(Selection())
    places = found(shipped, Selection())["place"]
    assert len(places.top) == TOP and len(places.top) + len(places.rest) == len(counts.places)
    rare = places.rest[0].value
    chosen = found(shipped, Selection(place=(rare,)))["place"]
    assert chosen.top[0].value == rare and chosen.top[0].chosen
    assert chosen.top[1].value == places.top[0].value


def test_a_chosen_value_leaves_the_others_of_its_facet_to_choose(shipped):
    counts = shipped.answer(Selection())
    narrowed = found(shipped, Selection(language=("fr",)))
    assert {c.value: c.count for c in narrowed["language"].top} == counts.languages
    publishers = shipped.answer(Selection(language=("fr",))).publishers
    assert {c.value for c in (*narrowed["publisher"].top, *narrowed["publisher"].rest)} == set(
        publishers
    )


def test_zones_count_as_on_the_map(shipped):
    narrowed = found(shipped, Selection(zone=("idlib",)))["zone"]
    counts = shipped.answer(Selection(zone=("idlib",))).zones
    assert {c.value: c.count for c in narrowed.top} == counts


def test_languages_and_places_are_named(shipped):
    narrowed = found(shipped, Selection(), "ar")
    assert narrowed["language"].top[0].name == "العربية"
    assert narrowed["place"].top[0].name == "دوما"
