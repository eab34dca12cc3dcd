"""What the councils of the worked year publish: CSV, GeoJSON and figures are valid and agree; and an attacker who has all
of it finds nothing out that was held back (F22, F59). Where nothing but the small counts themselves is held back, the
same attacker does."""
import collections
import csv
import datetime
import io
import json
import math
import subprocess
import unittest

from attacker import Attacker
from server import BIN, Folder, Server

COUNCILS = ("E08900001", "E07900001", "E06900001")
# The day from which a quarter is published; as it stood then.
QUARTERS = {"2026-Q1": "2026-05-01", "2026-Q2": "2026-08-01", "2026-Q3": "2026-11-01"}
FEWEST = 5
NOT_TOLD, ALL = "", "all"


def london_midnight(day):
    """The instant at which a day of 2026 begins in London."""
    summer = "2026-03-29" < day <= "2026-10-25"
    midnight = datetime.datetime.fromisoformat(day) - datetime.timedelta(hours=summer)
    return midnight.strftime("%Y-%m-%dT%H:%M:%SZ")


def london_month(time):
    moment = datetime.datetime.fromisoformat(time.replace("Z", "+00:00").split(".")[0].removesuffix("+00:00"))
    summer = "2026-03-29" < moment.strftime("%Y-%m-%d") <= "2026-10-24"
    return (moment + datetime.timedelta(hours=summer)).strftime("%Y-%m")


def months_of(quarter):
    first = int(quarter[-1]) * 3 - 2
    return [f"{quarter[:4]}-{month:02}" for month in range(first, first + 3)]


def records(path):
    """Of a CSV file, strictly by RFC 4180: CRLF ends each record, every one has as many fields."""
    text = path.read_bytes().decode("utf-8")
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert text.endswith("\r\n") and text.count("\n") == text.count("\r\n") == len(rows), text
    assert len({len(row) for row in rows}) == 1, text
    assert not any(field[:1] in ("=", "+", "@") for row in rows for field in row), text
    return [dict(zip(rows[0], row)) for row in rows[1:]]


def middle(point, side_m):
    """Of the square that a point lies in, as a published row has it."""
    step = side_m / 111_195
    row = math.floor(point["lat"] / step)
    width = step / math.cos(math.radians(row * step))
    return f"{(row + 0.5) * step:.6f},{(math.floor(point['lon'] / width) + 0.5) * width:.6f}"


class Council:
    """A council's calls as they were, and all that it published of them."""

    def __init__(self, server, folder, code):
        def ask(*words, actor="public:anna"):
            answer = server.ctl(*words, "--council", code, actor=actor)
            assert answer.code == 0, answer.err
            return answer

        def as_file(*words):
            path = folder / ("-".join(words[1:]) + code)
            ask(*words, "--to", path)
            return path

        self.categories = ask("config", "show", actor="administrator:test").objects[0]["publication"]["categories"]
        self.wards = [ward["name"].split("/")[-1] for ward in ask("wards", "list", "--limit", 0).objects]
        self.figures, self.tables, self.groups, self.features, self.truth = {}, {}, {}, {}, {}
        for quarter, day in QUARTERS.items():
            of = ("--quarter", quarter)
            self.figures[quarter] = ask("open-data", "quarter", *of).objects[0]
            self.tables[quarter] = records(as_file("open-data", "quarter", *of, "--format", "csv"))
            self.groups[quarter] = records(as_file("open-data", "calls", *of, "--format", "csv"))
            self.features[quarter] = json.loads(as_file("open-data", "calls", *of, "--format", "geojson").read_text())
            exported = ask("--as-at", london_midnight(day), "calls", "export", actor="administrator:test").objects
            self.truth[quarter] = [call for call in exported if london_month(call["log_time"]) in months_of(quarter)]

    def path_of(self, call):
        """The category, ward and place that could be told of a call."""
        details = call["details"]
        category = details["category"] if details["category"] in self.categories else NOT_TOLD
        point = details.get("place", {}).get("point")
        return category, call["ward"].split("/")[-1], middle(point, 1000) if point else NOT_TOLD

    @staticmethod
    def path_in(group):
        place = group["outward_postcode"] or (group["lat"] and f"{group['lat']},{group['lon']}")
        return NOT_TOLD if group["category"] == "other" else group["category"], group["ward"], place


class Attack:
    """Everything that the groups of a quarter say, as sums of counts. A count is of the calls of a path that are not
    shown by it: of a category, a ward, a place. What a level does not tell of, there may be any number of."""

    def __init__(self, council, quarter):
        self.attacker = Attacker()
        self.shown = {council.path_in(group): int(group["calls"]) for group in council.groups[quarter]}
        told = {council.path_in(group)[1:] for of in council.groups.values() for group in of}
        self.places = {ward: [place for of, place in sorted(told) if of == ward and place] + ["a place like no other"]
                       for ward in council.wards}
        self.cells = []
        self.free("any other category")
        rest = ["any other category"]
        for category in council.categories:
            below = [(category, NOT_TOLD, NOT_TOLD)]
            self.free(below[0])
            for ward in council.wards:
                hidden = [path for path in ((category, ward, place) for place in self.places[ward])
                          if path not in self.shown]
                for path in hidden:
                    self.attacker.may_be(path, 0, FEWEST - 1)
                self.cells += hidden
                below += self.rest((category, ward, NOT_TOLD), hidden)
            rest += self.tell((category, NOT_TOLD, NOT_TOLD), below)
        self.tell((NOT_TOLD, NOT_TOLD, NOT_TOLD), rest)

    def free(self, path):
        self.attacker.may_be(path, 0)

    def rest(self, path, hidden):
        self.free(path)
        return self.tell(path, [*hidden, path])

    def tell(self, path, hidden):
        """A rest is told when it is enough; otherwise it goes up. Gives what goes up."""
        if path in self.shown:
            self.attacker.knows(hidden, self.shown[path])
            return []
        self.attacker.knows(hidden, 0, FEWEST - 1)
        return hidden

    def counts_of(self, council, calls):
        """What the counts truly are."""
        counts = dict.fromkeys(self.attacker.bounds, 0)
        for call in calls:
            category, ward, place = council.path_of(call)
            if place and (category, ward, place) in self.shown:
                continue
            if not category:
                counts["any other category"] += 1
            elif not ward:
                counts[category, NOT_TOLD, NOT_TOLD] += 1
            else:
                counts[category, ward, place if place in self.places[ward] else NOT_TOLD] += 1
        return counts


class OnlySmallCountsHeldBack:
    """The tables that a council might have published instead: calls by category, ward, month and quarter with every
    total, where nothing but counts that are too small is held back."""

    def __init__(self, council):
        self.attacker = Attacker()
        self.counts = collections.Counter()
        parts = collections.defaultdict(set)
        months = [month for quarter in QUARTERS for month in months_of(quarter)]
        categories = [*council.categories, NOT_TOLD]
        for category in categories:
            for quarter in QUARTERS:
                parts[category, ALL] |= {(category, quarter)}
                parts[category, quarter] |= {(category, month) for month in months_of(quarter)}
                parts[category, quarter, "by ward"] |= {(category, quarter, ward) for ward in council.wards}
        for quarter in QUARTERS:
            parts[ALL, quarter] |= {(category, quarter) for category in categories}
            for ward in council.wards:
                parts[ALL, quarter, ward] |= {(category, quarter, ward) for category in categories}
        for month in months:
            parts[ALL, month] |= {(category, month) for category in categories}
        for quarter, calls in council.truth.items():
            for call in calls:
                category, ward, _ = council.path_of(call)
                month = london_month(call["log_time"])
                ward = ward or NOT_TOLD
                self.counts.update({(category, ALL), (category, quarter), (category, month), (ALL, quarter),
                                    (ALL, month)})
                if ward:
                    self.counts.update({(category, quarter, ward), (category, quarter, "by ward"),
                                        (ALL, quarter, ward)})
        for name in {name for names in parts.values() for name in names}:
            count = self.counts[name]
            self.attacker.may_be(name, *((count, count) if count >= FEWEST else (0, FEWEST - 1)))
        for total, names in parts.items():
            count = self.counts[total]
            self.attacker.knows(names, *((count, count) if count >= FEWEST else (0, FEWEST - 1)))

    def found_out(self):
        """What the attacker finds out of counts that were held back: those known, and those narrowed."""
        bounds = self.attacker.narrow()
        hidden = {name: bounds[name] for name in bounds if self.counts[name] < FEWEST}
        known = {name: low for name, (low, high) in hidden.items() if low == high}
        return known, {name for name, (low, high) in hidden.items() if 0 < low or high < FEWEST - 1}


class OpenData(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = Folder()
        cls.folder = cls.scratch.__enter__()
        subprocess.run([BIN / "ccfa-year", "--data", cls.folder / "year"], check=True, stdout=subprocess.DEVNULL)
        cls.server = Server(cls.folder / "year").start()
        cls.councils = {code: Council(cls.server, cls.folder, code) for code in COUNCILS}

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()
        cls.scratch.cleanup()

    def each_quarter(self):
        return ((council, quarter) for council in self.councils.values() for quarter in QUARTERS)

    # F22, F59
    def test_every_file_is_valid_and_says_the_same(self):
        for council, quarter in self.each_quarter():
            groups = council.groups[quarter]
            self.assertGreater(len(groups), 0)
            self.assertTrue(all(int(group["calls"]) >= FEWEST and group["quarter"] == quarter for group in groups))
            self.assertEqual(len({council.path_in(group) for group in groups}), len(groups))
            collection = council.features[quarter]
            self.assertEqual(collection["type"], "FeatureCollection")
            self.assertEqual(len(collection["features"]), len(groups))
            for group, feature in zip(groups, collection["features"]):
                self.assertEqual((feature["type"], set(feature)), ("Feature", {"type", "geometry", "properties"}))
                for name in ("category", "ward", "calls"):
                    self.assertEqual(str(feature["properties"][name]), group[name])
                if not group["lat"]:
                    self.assertIsNone(feature["geometry"])
                    continue
                self.assertEqual(feature["geometry"]["type"], "Point")
                lon, lat = feature["geometry"]["coordinates"]
                self.assertEqual((f"{lat:.6f}", f"{lon:.6f}"), (group["lat"], group["lon"]))

    # F59
    def test_every_figure_is_a_sum_of_groups_and_so_tells_nothing_more(self):
        for council, quarter in self.each_quarter():
            sums = collections.Counter()
            for group in council.groups[quarter]:
                ward = group["ward"] or "elsewhere"
                for category, of in ((group["category"], ward), (group["category"], ALL), (ALL, ward), (ALL, ALL)):
                    sums[category, of, ALL, ALL] += int(group["calls"])
            told = {tuple(row[name] for name in ("category", "ward", "month", "outcome")): int(row["calls"])
                    for row in council.tables[quarter]}
            self.assertEqual(len(told), len(council.tables[quarter]))
            by_month = {name: told.pop(name) for name in list(told) if name[2] != ALL}
            by_outcome = {name: told.pop(name) for name in list(told) if name[3] != ALL}
            self.assertEqual(told, sums)
            for parts in (by_month, by_outcome):
                self.assertIn(sum(parts.values()), (0, sums[ALL, ALL, ALL, ALL]))
                self.assertTrue(all(count >= FEWEST for count in parts.values()))

    # F59
    def test_every_figure_is_true_but_for_less_than_the_fewest_calls(self):
        for council, quarter in self.each_quarter():
            truth = collections.Counter(call["details"]["category"] for call in council.truth[quarter])
            for category in council.categories:
                told = sum(figure["calls"] for figure in council.figures[quarter]["by_category"]
                           if figure["category"] == category)
                self.assertIn(truth[category] - told, range(FEWEST), category)
            self.assertIn(len(council.truth[quarter]) - council.figures[quarter]["calls"], range(FEWEST))

    # F22, F59
    def test_an_attacker_with_all_that_is_published_finds_out_no_small_count(self):
        attacked = 0
        for council, quarter in self.each_quarter():
            attack = Attack(council, quarter)
            # What they know is true, so what they conclude would be.
            self.assertTrue(attack.attacker.believes(attack.counts_of(council, council.truth[quarter])))
            bounds = attack.attacker.narrow()
            for cell in attack.cells:
                self.assertEqual(bounds[cell], (0, FEWEST - 1), cell)
                for count in range(FEWEST):
                    self.assertTrue(attack.attacker.can_be(cell, count), (cell, count))
            attacked += len(attack.cells)
        self.assertGreater(attacked, 500)

    # F59
    def test_the_attacker_finds_small_counts_where_nothing_else_is_held_back(self):
        known, narrowed = 0, 0
        for council in self.councils.values():
            tables = OnlySmallCountsHeldBack(council)
            self.assertTrue(tables.attacker.believes(tables.counts))
            found, narrower = tables.found_out()
            for name, count in found.items():
                self.assertEqual(count, tables.counts[name], name)
            known, narrowed = known + len(found), narrowed + len(narrower)
        self.assertGreater(known, 0)
        self.assertGreater(narrowed, known)

    # F22
    def test_no_words_and_no_points_of_calls_are_published(self):
        for council, quarter in self.each_quarter():
            published = json.dumps([council.figures[quarter], council.groups[quarter], council.features[quarter]])
            for call in council.truth[quarter]:
                details = call["details"]
                words = [details["summary"], details["description"], call["name"], details.get("place", {}).get("text")]
                for word in filter(None, words):
                    self.assertNotIn(word, published)
                if point := details.get("place", {}).get("point"):
                    self.assertNotIn(f"{point['lat']:.6f}", published)

    # F59
    def test_the_public_is_not_told_how_many_calls_a_team_has(self):
        for council in COUNCILS:
            words = ("teams", "list", "--council", council)
            self.assertTrue(any(int(team["load"]) > 0 for team in self.server.ctl(*words).objects))
            self.assertTrue(all(int(team["load"]) == 0 for team in self.server.ctl(*words, actor="public:anna").objects))

    # F59
    def test_a_quarter_is_published_once_and_the_same_for_ever(self):
        code, quarter = "E08900001", "2026-Q2"
        words = ("open-data", "quarter", "--council", code, "--quarter", quarter)
        first = self.server.ctl(*words)
        rules = self.folder / "rules"
        rules.write_text(f'name: "councils/{code}" publication {{ fewest_calls: 3 }}', encoding="utf-8")
        for change in (("config", "apply", rules),
                       ("calls", "log", "--council", code, "--category", "noise", "--summary", "Late", "--source", "web")):
            changed = self.server.ctl(*change)
            self.assertEqual(changed.code, 0, changed.err)
        self.assertEqual(self.server.ctl(*words).out, first.out)
        self.assertEqual(self.server.ctl("--as-at", "2026-10-01T00:00:00Z", *words).out, first.out)
        for too_early in (("--as-at", "2026-07-31T22:00:00Z", *words), (*words[:-1], "2999-Q1")):
            refused = self.server.ctl(*too_early)
            self.assertEqual((refused.code, refused.error["reason"]), (4, "NOT_PUBLISHED_YET"), too_early)
        refused = self.server.ctl(*words[:-1], "2026-07")
        self.assertEqual((refused.code, refused.error["field"]), (4, "quarter"))


if __name__ == "__main__":
    unittest.main()
