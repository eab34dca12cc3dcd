"""Some months of councillors' calls: many at places that come back, some anywhere."""

import math
from datetime import date, timedelta

from call_texts import TEXTS
from wards import COUNCILS

COUNT = 300
FIRST_DAY, LAST_DAY = date(2026, 5, 1), date(2026, 10, 31)
PLACES_A_WARD = 3
PLACE_RADIUS_M = 80
# Shares of all calls.
AT_A_PLACE = 0.65
WITH_WARD = 0.7
WITHOUT_POINT = 0.08
ON_AN_EDGE = 0.02
OUTSIDE = 0.01

COUNCIL_WEIGHTS = {"E08900001": 9, "E07900001": 6, "E06900001": 5}
CATEGORY_WEIGHTS = {
    "anti-social-behaviour": 22, "fly-tipping": 16, "dangerous-junction": 10, "noise": 11,
    "graffiti": 5, "vehicle-nuisance": 10, "street-drinking": 5, "lighting": 5, "litter": 7,
    "drug-dealing": 6, "other": 3,
}
SOURCES = ("surgery", "phone", "web", "meeting")
STREET_NAMES = (
    "Alder", "Barkers", "Coppergate", "Dovecote", "Fuller", "Garland", "Harbour", "Ivy",
    "Kiln", "Lantern", "Mallard", "Needle", "Osier", "Pinfold", "Quarry", "Ridings", "Saddler",
    "Tanyard", "Union", "Vicar", "Whin", "Yarrow",
)
STREET_KINDS = ("Street", "Lane", "Road", "Row", "Close", "Avenue", "Drive", "Terrace")


def polygons(ward):
    geometry = ward["geometry"]
    single = geometry["type"] == "Polygon"
    return [geometry["coordinates"]] if single else geometry["coordinates"]


def within_ring(point, ring):
    x, y = point
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
            inside = not inside
    return inside


def within(point, ward):
    return any(
        within_ring(point, outer) and not any(within_ring(point, hole) for hole in holes)
        for outer, *holes in polygons(ward)
    )


def moved(point, metres, chance):
    """A point at most that far away."""
    angle, reach = chance.uniform(0, math.tau), metres * math.sqrt(chance.random())
    x, y = point
    return (x + reach * math.cos(angle) / (111_320 * math.cos(math.radians(y))),
            y + reach * math.sin(angle) / 111_320)


def point_in(ward, chance):
    ring = polygons(ward)[0][0]
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    while True:
        point = (chance.uniform(min(xs), max(xs)), chance.uniform(min(ys), max(ys)))
        if within(point, ward):
            return point


def street(chance):
    return f"{chance.choice(STREET_NAMES)} {chance.choice(STREET_KINDS)}"


def place_in(ward, chance):
    """A category, a spot in words and a point: what comes back."""
    (category,) = chance.choices(*zip(*CATEGORY_WEIGHTS.items()))
    spot = chance.choice(TEXTS[category][0]).format(street=street(chance))
    return category, spot, point_in(ward, chance)


def located(kind, point, ward, chance):
    """Where a call of that kind is said to be: most often at its point."""
    if kind == "nowhere":
        return "", ""
    if kind == "edge":
        point = moved(chance.choice(polygons(ward)[0][0]), 5, chance)
    if kind == "outside":
        west, south, east, north = next(
            council["box"] for council in COUNCILS
            if council["lad_code"] == ward["properties"]["lad_code"])
        point = ((west + east) / 2 + chance.uniform(-0.01, 0.01),
                 south - chance.uniform(0.04, 0.05))
    elif kind == "inside":
        near = moved(point, PLACE_RADIUS_M, chance)
        point = near if within(near, ward) else point
    return f"{point[1]:.6f}", f"{point[0]:.6f}"


def call(ward, place, kind, councillors, chance):
    category, spot, point = place
    _, summaries, affected, attempts, outcomes = TEXTS[category]
    happened = FIRST_DAY + timedelta(days=chance.randint(0, (LAST_DAY - FIRST_DAY).days))
    tried_who, tried_answer = chance.choice(attempts)
    code = ward["properties"]["ward_code"]
    lat, lon = located(kind, point, ward, chance)
    summary = chance.choice(summaries).format(place=spot)
    return {
        "council": ward["properties"]["lad_code"],
        # Where the point is doubtful the councillor's own ward would settle it: often left out.
        "ward_code": code if kind == "nowhere" or chance.random() < WITH_WARD else "",
        "happened": happened.isoformat(),
        "category": category,
        "lat": lat,
        "lon": lon,
        "location_text": f"{spot[0].upper()}{spot[1:]}, {ward['properties']['ward_name']}",
        "summary": summary[0].upper() + summary[1:],
        "affected": chance.choice(affected),
        "tried_who": tried_who,
        "tried_when": (happened - timedelta(days=chance.randint(5, 60))).isoformat(),
        "tried_answer": tried_answer,
        "outcome_sought": chance.choice(outcomes),
        "source": chance.choice(SOURCES),
        "councillor_id": chance.choice([row["id"] for row in councillors
                                        if row["ward_code"] == code]),
    }


def kinds_of_location(chance):
    exact = [("nowhere", WITHOUT_POINT), ("edge", ON_AN_EDGE), ("outside", OUTSIDE)]
    kinds = [kind for kind, share in exact for _ in range(round(COUNT * share))]
    kinds += ["inside"] * (COUNT - len(kinds))
    chance.shuffle(kinds)
    return kinds


def calls(features, councillors, chance):
    places = {ward["id"]: [place_in(ward, chance) for _ in range(PLACES_A_WARD)]
              for ward in features}
    rows = []
    for kind in kinds_of_location(chance):
        (council,) = chance.choices(*zip(*COUNCIL_WEIGHTS.items()))
        ward = chance.choice(
            [ward for ward in features if ward["properties"]["lad_code"] == council])
        repeated = chance.random() < AT_A_PLACE
        place = chance.choice(places[ward["id"]]) if repeated else place_in(ward, chance)
        rows.append(call(ward, place, kind, councillors, chance))
    return sorted(rows, key=lambda row: (row["happened"], row["council"]))
