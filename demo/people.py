"""The agencies and the councillors of the invented councils."""

import wards

# A code's end, a kind and a name, for every council; {name} is the council's.
EVERYWHERE = (
    ("council", "council", "{name} {title}"),
    ("police", "police", "{name} Neighbourhood Policing"),
    ("fire", "fire", "{name} Fire and Rescue Service"),
    ("health", "health", "{name} Integrated Care Board"),
    ("probation", "probation", "{name} Probation Delivery Unit"),
    ("homes", "housing", "{name} Homes"),
)
TITLES = {
    "metropolitan district": "Metropolitan Borough Council",
    "district": "District Council",
    "unitary": "Council",
}
FIRST_NAMES = (
    "Abdul", "Agnes", "Alison", "Amara", "Bernard", "Bridget", "Carys", "Cedric", "Chidi", "Clive",
    "Deepa", "Desmond", "Edith", "Ewan", "Farida", "Gareth", "Glenda", "Grace", "Hamish", "Harjit",
    "Imran", "Iris", "Jean", "Joyce", "Kamal", "Keith", "Leila", "Lionel", "Mabel", "Malcolm",
    "Nadia", "Neville", "Olive", "Owen", "Parveen", "Percy", "Ruth", "Samina", "Trevor", "Yusuf",
)
SURNAMES = (
    "Ablewhite", "Barrowclough", "Chaudhry", "Cottersley", "Dunnabank", "Eastoft", "Fenwright",
    "Garthside", "Hallowby", "Inglethorn", "Jessamy", "Kettleby", "Langstroth", "Marchbank",
    "Nettleham", "Okonjo", "Pellowe", "Quarmby", "Rashleigh", "Sandhu", "Thistleton", "Underhay",
    "Venables", "Wainfleet", "Yarborough", "Zaman",
)


def agencies():
    rows = []
    for council in wards.COUNCILS:
        name = council["lad_name"]
        kinds = EVERYWHERE
        if council["county"]:
            kinds += (("county", "county", council["county"] + " County Council"),)
        for end, kind, title in kinds:
            rows.append({
                "council": council["lad_code"],
                "code": f"{name.lower()}-{end}",
                "name": title.format(name=name, title=TITLES[council["lad_type"]]),
                "kind": kind,
            })
    return rows


def councillors(features, chance):
    """Two or three a ward, no two of one name."""
    names = [f"{first} {last}" for first in FIRST_NAMES for last in SURNAMES]
    chance.shuffle(names)
    rows = []
    for feature in features:
        properties = feature["properties"]
        for seat in range(1, chance.choice((2, 3, 3)) + 1):
            rows.append({
                "council": properties["lad_code"],
                "ward_code": properties["ward_code"],
                "id": f"{properties['ward_code'].lower()}-{seat}",
                "name": names.pop(),
            })
    return rows
