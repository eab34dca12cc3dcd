"""Wards of three invented councils, on invented land in the North Sea.

A council is a grid of shared corners, shifted by chance; between two neighbouring corners runs one
border, bent by chance, that the wards on both sides share vertex by vertex: no overlap, no gap.
"""

import math

BORDER_BENDS = 4  # A border is halved this often: 16 segments, 64 vertices a ward.
CORNER_SHIFT = 0.16  # Of a cell's width and height.
BEND = 0.13  # Of the length of the part that is bent.

COUNCILS = (
    {
        "lad_code": "E08900001", "lad_name": "Riverton", "lad_type": "metropolitan district",
        "county": "", "police_force": "riverton-metropolitan", "csp_code": "E22900001",
        "box": (2.10, 52.60, 2.20, 52.64), "columns": 4, "first_ward": 1,
        "wards": ("Abbey", "Bridgegate", "Canal Side", "Eastfield", "Foundry Lane", "Holme",
                  "Market", "Millbrook", "Northgate", "Ropewalk", "St Bride’s", "Victoria"),
    },
    {
        "lad_code": "E07900001", "lad_name": "Sandford", "lad_type": "district",
        "county": "Sandfordshire", "police_force": "sandfordshire", "csp_code": "E22900002",
        "box": (2.35, 52.75, 2.65, 52.85), "columns": 4, "first_ward": 101,
        "wards": ("Ashcombe", "Castle", "Dunmere", "Highfield and Wick", "Kingsmead", "Market",
                  "Sandford Quay", "Thorpe St Mary"),
    },
    {
        "lad_code": "E06900001", "lad_name": "Collingbridge", "lad_type": "unitary",
        "county": "", "police_force": "eastmere-coast", "csp_code": "E22900003",
        "box": (2.60, 52.45, 3.12, 52.65), "columns": 3, "first_ward": 201,
        "wards": ("Alderwick and the Fens", "Collingbridge Town", "Saltings and Gull Island",
                  "Broadmarsh", "Harrowdown", "Long Melling"),
        "island_of": "Saltings and Gull Island",
        "village": ("Little Harrow", "Harrowdown"),
    },
)


class Borders:
    """The corners of a council's grid and the bent borders between them."""

    def __init__(self, council, chance):
        self._chance = chance
        self._lines = {}
        columns, rows = council["columns"], len(council["wards"]) // council["columns"]
        west, south, east, north = council["box"]
        width, height = (east - west) / columns, (north - south) / rows
        self._corners = {
            (x, y): (west + (x + self._shift()) * width, south + (y + self._shift()) * height)
            for x in range(columns + 1) for y in range(rows + 1)
        }

    def cell(self, x, y):
        """The ring of a cell, anticlockwise and closed."""
        corners = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1), (x, y)]
        ring = []
        for start, end in zip(corners, corners[1:]):
            ring += self._line(start, end)[:-1]
        return ring + ring[:1]

    def _shift(self):
        return self._chance.uniform(-CORNER_SHIFT, CORNER_SHIFT)

    def _line(self, start, end):
        if start > end:
            return self._line(end, start)[::-1]
        if (start, end) not in self._lines:
            line = [self._corners[start], self._corners[end]]
            for _ in range(BORDER_BENDS):
                line = self._bent(line)
            self._lines[start, end] = [rounded(point) for point in line]
        return self._lines[start, end]

    def _bent(self, line):
        result = line[:1]
        for (x1, y1), (x2, y2) in zip(line, line[1:]):
            bend = self._chance.uniform(-BEND, BEND)
            # Across the line: a degree of latitude is longer here than one of longitude.
            stretch = math.cos(math.radians((y1 + y2) / 2))
            middle = ((x1 + x2) / 2 - bend * (y2 - y1) / stretch,
                      (y1 + y2) / 2 + bend * (x2 - x1) * stretch)
            result += [middle, (x2, y2)]
        return result


def rounded(point):
    return [round(point[0], 6), round(point[1], 6)]


def centre(ring):
    return (sum(point[0] for point in ring[:-1]) / (len(ring) - 1),
            sum(point[1] for point in ring[:-1]) / (len(ring) - 1))


def round_ring(middle, radius, chance, vertices=48):
    """An uneven circle, anticlockwise and closed; `radius` in degrees of latitude."""
    phase, lobes = chance.uniform(0, math.tau), chance.choice((3, 4, 5))
    stretch = math.cos(math.radians(middle[1]))
    ring = []
    for i in range(vertices):
        angle = math.tau * i / vertices
        reach = radius * (1 + 0.15 * math.sin(lobes * angle + phase) + chance.uniform(-0.03, 0.03))
        ring.append(rounded((middle[0] + reach * math.cos(angle) / stretch,
                             middle[1] + reach * math.sin(angle))))
    return ring + ring[:1]


def polygons_of(council, chance):
    """Every ward's name with its polygons, each a list of rings: the outer one, then holes."""
    borders = Borders(council, chance)
    columns = council["columns"]
    wards = {
        name: [[borders.cell(i % columns, i // columns)]]
        for i, name in enumerate(council["wards"])
    }
    if "island_of" in council:
        _, south, east, _ = council["box"]
        wards[council["island_of"]].append([round_ring((east + 0.05, south + 0.04), 0.012, chance)])
    if "village" in council:
        village, around = council["village"]
        ring = round_ring(centre(wards[around][0][0]), 0.014, chance)
        wards[around][0].append(ring[::-1])
        wards[village] = [[ring]]
    return wards


def features(chance):
    result = []
    for council in COUNCILS:
        wards = polygons_of(council, chance)
        for number, (name, polygons) in enumerate(wards.items(), council["first_ward"]):
            code = f"E05900{number:03}"
            authority = ("lad_code", "lad_name", "lad_type", "county", "police_force", "csp_code")
            properties = {"ward_code": code, "ward_name": name}
            properties |= {key: council[key] for key in authority}
            properties["vintage"] = "2026"
            single = len(polygons) == 1
            result.append({
                "type": "Feature", "id": code, "properties": properties,
                "geometry": {"type": "Polygon" if single else "MultiPolygon",
                             "coordinates": polygons[0] if single else polygons},
            })
    return result
