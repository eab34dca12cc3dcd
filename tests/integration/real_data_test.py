"""Real public data: every row is a call or a refusal with a reason, and each located row's ward agrees
with a point-in-polygon check of our own. Skipped by name where the data is absent."""
import collections
import csv
import gzip
import json
import shutil
import unittest

from server import DATA, Folder, Server

FILES = {"liverpool": "E08000012", "buckinghamshire": "E07000004", "burnley_preston": "E07000123",
         "north_lincolnshire": "E06000013", "wiltshire": "E06000054"}
CELL = 0.02


class WardGrid:
    """Which ward a point lies in, by ray casting; wards by the map squares their boxes touch."""

    def __init__(self, path):
        self.cells = collections.defaultdict(list)
        for feature in json.loads(path.read_text())["features"]:
            shape = feature["geometry"]["coordinates"]
            polygons = [shape] if feature["geometry"]["type"] == "Polygon" else shape
            points = [point for polygon in polygons for point in polygon[0]]
            ward = (feature["properties"]["ward_code"], polygons)
            for x in range(int(min(p[0] for p in points) // CELL), int(max(p[0] for p in points) // CELL) + 1):
                for y in range(int(min(p[1] for p in points) // CELL), int(max(p[1] for p in points) // CELL) + 1):
                    self.cells[x, y].append(ward)

    def wards_at(self, lon, lat):
        return {code for code, polygons in self.cells[lon // CELL, lat // CELL]
                if any(sum(crossed(ring, lon, lat) for ring in polygon) % 2 for polygon in polygons)}


def crossed(ring, x, y):
    """How often a ray from the point to the east crosses the ring."""
    return sum((a[1] > y) != (b[1] > y) and x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0]
               for a, b in zip(ring, ring[1:]))


@unittest.skipUnless((DATA / "wards").is_dir(), "the public data is not here: set CCFA_TEST_DATA")
class RealData(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = Folder()
        cls.folder = cls.scratch.__enter__()
        cls.server = Server(cls.folder / "data").start()
        wards = DATA / "wards" / "pilot_wards_2013.geojson"
        cls.grid = WardGrid(wards)
        for words in (("wards", "import", wards), ("teams", "create", "--one-per-ward")):
            answer = cls.server.ctl(*words)
            assert answer.code == 0, answer.err
        cls.rows = {}
        for name in FILES:
            file = cls.folder / f"{name}-street-2018-q4.csv.gz"
            shutil.copy(DATA / "street" / file.name, file)
            with gzip.open(file, "rt", encoding="utf-8") as lines:
                cls.rows[file.name] = list(csv.DictReader(lines))
        cls.summaries = {name: cls.import_file(name) for name in FILES}
        cls.calls = [call for council in cls.councils() for call in cls.server.export(council)]

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()
        cls.scratch.cleanup()

    @classmethod
    def councils(cls):
        return [council["name"].split("/")[1] for council in cls.server.ctl("councils", "list").objects]

    @classmethod
    def import_file(cls, name):
        answer = cls.server.ctl("calls", "import", cls.folder / f"{name}-street-2018-q4.csv.gz", "--format",
                                "police-uk", "--council", "auto", "--fallback-council", FILES[name])
        assert answer.code == 0, answer.err
        return answer.objects[-1]

    def test_every_row_is_a_call_or_a_refusal(self):
        for name, summary in self.summaries.items():
            rows = self.rows[f"{name}-street-2018-q4.csv.gz"]
            self.assertEqual(summary["rows"], len(rows), name)
            self.assertEqual(summary["logged"] + summary["repeated"] + summary["refused"], summary["rows"], name)
        keys = collections.Counter((file, row) for file, row, _ in self.calls)
        self.assertEqual(max(keys.values()), 1)
        self.assertEqual(len(keys), sum(summary["logged"] for summary in self.summaries.values()))

    def test_each_located_row_is_in_the_ward_its_point_says(self):
        differing = []
        for file, row, call in self.calls:
            source = self.rows[file][row - 1]
            if not source["Longitude"]:
                continue
            said = self.grid.wards_at(float(source["Longitude"]), float(source["Latitude"]))
            ward = call["ward"].rsplit("/", 1)[-1]
            if (ward and ward not in said) or (not ward and said):
                differing.append((file, row, ward, said))
        self.assertEqual(differing, [])

    def test_what_has_no_place_stands_in_triage_with_the_reason(self):
        for file, row, call in self.calls:
            source = self.rows[file][row - 1]
            placed = bool(source["Longitude"]) and bool(
                self.grid.wards_at(float(source["Longitude"]), float(source["Latitude"])))
            self.assertEqual(call["state"], "STORY_STATE_ROUTED" if placed else "STORY_STATE_TRIAGE", (file, row))
            self.assertTrue(placed or call["reason"], (file, row))
        waiting = sum(len(self.server.ctl("triage", "list", "--council", council, "--limit", 0).objects)
                      for council in self.councils())
        self.assertEqual(waiting, sum(call["state"] == "STORY_STATE_TRIAGE" for _, _, call in self.calls))

    def test_a_second_import_logs_nothing(self):
        again = self.import_file("north_lincolnshire")
        self.assertEqual((again["logged"], again["repeated"]), (0, again["rows"]))
        self.assertEqual(self.server.ctl("verify").code, 0)


if __name__ == "__main__":
    unittest.main()
