"""Three years of real anti-social behaviour in Liverpool: the repeat places and the before/after figures agree
with what this script counts from the file by itself. Skipped by name where the data is absent."""
import collections
import csv
import gzip
import math
import random
import shutil
import unittest

from server import DATA, Folder, Server

FILE = DATA / "street" / "liverpool-asb-2018-01_2020-12.csv.gz"
COUNCIL = "E08000012"
EARTH_M = 6_371_000
RING_M = 250


def metres(a, b):
    """The great circle between two points, by haversine."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*a, *b))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_M * math.asin(math.sqrt(h))


def poisson(chance, mean):
    return max(0, round(chance.gauss(mean, math.sqrt(mean))))


def by_chance(figure, counts, seed=1):
    """The middle 95% of a figure when each count is drawn anew around itself."""
    chance = random.Random(seed)
    drawn = []
    while len(drawn) < 20_000:
        try:
            drawn.append(figure(*(poisson(chance, count) for count in counts)))
        except ZeroDivisionError:
            pass
    drawn.sort()
    return drawn[500], drawn[-501]


def relative_change(a0, a1, c0, c1):
    return (a1 / a0) / (c1 / c0)


def quotient(a0, a1, b0, b1, c0, c1):
    return (b1 / c1 - b0 / c0) / (a1 / c1 - a0 / c0)


@unittest.skipUnless(FILE.is_file(), "the public data is not here: set CCFA_TEST_DATA")
class Analysis(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = Folder()
        folder = cls.scratch.__enter__()
        cls.server = Server(folder / "data").start()
        with gzip.open(FILE, "rt", encoding="utf-8") as lines:
            rows = list(csv.DictReader(lines))
        cls.incidents = [((float(row["Latitude"]), float(row["Longitude"])), row["Month"])
                         for row in rows if row["Longitude"]]
        shutil.copy(FILE, folder / FILE.name)
        for words in (("wards", "import", DATA / "wards" / "pilot_wards_2013.geojson"),
                      ("calls", "import", folder / FILE.name, "--format", "police-uk", "--council", COUNCIL)):
            answer = cls.server.ctl(*words)
            assert answer.code == 0, answer.err
        cls.places = collections.Counter(point for point, _ in cls.incidents)

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()
        cls.scratch.cleanup()

    def ask(self, *words):
        answer = self.server.ctl("analysis", *words, "--council", COUNCIL)
        self.assertEqual(answer.code, 0, answer.err)
        return answer.objects[0]

    # F20
    def test_repeat_places_are_those_the_file_has(self):
        found = self.ask("repeat-places", "--category", "anti-social-behaviour", "--limit", 200, "--least", 2)
        self.assertEqual(found["calls"], len(self.incidents))
        self.assertEqual(found["places_in_all"], len(self.places))
        self.assertEqual(found["repeat_places"], sum(count > 1 for count in self.places.values()))
        self.assertEqual(found["calls_at_repeat_places"], sum(c for c in self.places.values() if c > 1))
        self.assertEqual([place["calls"] for place in found["places"]],
                         [count for _, count in self.places.most_common(200)])
        months = collections.defaultdict(set)
        for point, month in self.incidents:
            months[point].add(month)
        for place in found["places"]:
            point = (place["point"]["lat"], place["point"]["lon"])
            self.assertEqual(place["calls"], self.places[point], place)
            self.assertEqual((place["months"], place["first_month"], place["last_month"]),
                             (len(months[point]), min(months[point]), max(months[point])), place)
        half, places = 0, 0
        for _, count in self.places.most_common():
            if half * 2 >= len(self.incidents):
                break
            half, places = half + count, places + 1
        self.assertEqual(found["places_with_half"], places)

    # F20
    def test_a_span_of_months_counts_only_what_lies_in_it(self):
        found = self.ask("repeat-places", "--from-month", "2019-04", "--to-month", "2019-06")
        self.assertEqual(found["calls"], sum("2019-04" <= month <= "2019-06" for _, month in self.incidents))

    def counts(self, centre, radius, month, months):
        year, number = map(int, month.split("-"))
        index = year * 12 + number
        target, ring, rest = [0, 0], [0, 0], [0, 0]
        for point, when in self.incidents:
            at = int(when[:4]) * 12 + int(when[5:])
            if not index - months <= at < index + months:
                continue
            away = metres(point, centre)
            where = target if away <= radius else ring if away <= radius + RING_M else rest
            where[at >= index] += 1
        return target, ring, rest

    def radius_without_doubt(self, centre, radius):
        """No incident lies so near to either edge that two ways to measure could differ."""
        away = [metres(point, centre) for point in self.places]
        while any(abs(m - edge) < 0.5 + edge / 500 for m in away for edge in (radius, radius + RING_M)):
            radius += 1
        return radius

    # F40
    def test_before_and_after_agree_with_a_count_and_with_chance(self):
        told = 0
        for place, _ in self.places.most_common(400)[::40]:
            radius = self.radius_without_doubt(place, 200)
            found = self.ask("before-after", "--category", "anti-social-behaviour", "--target",
                             f"{place[0]},{place[1]},{radius}", "--month", "2019-07", "--months", 12)
            target, ring, rest = self.counts(place, radius, "2019-07", 12)
            for name, counted in (("target", target), ("ring", ring), ("comparison", rest)):
                said = found[name]
                self.assertEqual([said.get("before", 0), said.get("after", 0)], counted, (place, name))
            change = found["relative_change"]
            if target[0] < 20:
                self.assertIn("too few to say", change["none_because"])
                continue
            self.assertAlmostEqual(change["value"], relative_change(*target, *rest), places=9)
            if min(target) >= 30:
                low, high = by_chance(relative_change, (*target, *rest))
                self.assertAlmostEqual(change["low"] / low, 1, delta=0.1)
                self.assertAlmostEqual(change["high"] / high, 1, delta=0.1)
            displaced = found["displacement_quotient"]
            if "none_because" in displaced and displaced["none_because"]:
                self.assertTrue(change["high"] >= 1 or ring[0] == 0, found)
                continue
            told += 1
            self.assertAlmostEqual(displaced["value"], quotient(*target, *ring, *rest), places=9)
            self.assertLess(displaced["low"], displaced["value"])
            self.assertLess(displaced["value"], displaced["high"])
        self.assertGreater(told, 0, "no place of the file had a fall to tell of")

    # F40
    def test_a_place_with_little_is_told_to_have_too_little(self):
        rare = min(self.places, key=lambda point: (self.places[point], point))
        found = self.ask("before-after", "--target", f"{rare[0]},{rare[1]},1", "--month", "2019-07", "--months", 3)
        self.assertIn("too few to say", found["finding"])


if __name__ == "__main__":
    unittest.main()
