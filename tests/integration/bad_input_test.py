"""Bad input gets a clear error that names the field; nothing is half done; the server goes on."""
import contextlib
import gzip
import json
import math
import os
import socket
import subprocess
import unittest

import wire
from server import BIN, Folder, Server

COUNCIL = "E08900001"
LOG = ("calls", "log", "--council", COUNCIL, "--category", "litter", "--summary", "Litter in the lane",
       "--source", "phone")


def ward_file(coordinates, **properties):
    named = {"lad_code": "E06999999", "lad_name": "Farland", "lad_type": "unitary", "ward_code": "E05999999",
             "ward_name": "Far ward", **properties}
    return json.dumps({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {k: v for k, v in named.items() if v is not None},
         "geometry": {"type": "Polygon", "coordinates": coordinates}}]})


SQUARE = [[[1.0, 52.0], [1.1, 52.0], [1.1, 52.1], [1.0, 52.1], [1.0, 52.0]]]


class BadInput(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = Folder()
        cls.folder = cls.scratch.__enter__()
        cls.server = Server(cls.folder / "data").start()
        cls.server.load_demo_places()

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()
        cls.scratch.cleanup()

    def file(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def calls(self):
        return len(self.server.ctl("calls", "export", "--council", COUNCIL).objects)

    def refused(self, words, field, code=4):
        before = self.calls()
        answer = self.server.ctl(*words)
        self.assertEqual(answer.code, code, (words, answer.err[-300:]))
        self.assertEqual(answer.error.get("field"), field, answer.err[-300:])
        self.assertEqual(self.calls(), before, words)

    def test_a_call_names_the_field_that_is_wrong(self):
        for extra, field in (
                (("--lat", "1.2", "--lon", "52.6"), "details.place.point"),
                (("--lat", "99", "--lon", "1"), "details.place.point"),
                (("--lat", "nan", "--lon", "1"), "details.place.point.lat"),
                (("--ward", "E05000000"), "details.ward"),
                (("--happened", "2026-02-30"), "details.happened"),
                (("--happened", "2026-13"), "details.happened"),
                (("--tried", "Police|2026-06-31|no"), "details.tried[0].date"),
                (("--description", "bell \x07 rings"), "details.description"),
                (("--description", "x" * 100_000), "details.description"),
                (("--councillor", "../../etc/passwd"), "details.councillor")):
            with self.subTest(field=field, extra=extra[1][:20]):
                self.refused(LOG + extra, field)

    def test_a_call_without_words_or_for_nowhere_is_refused(self):
        self.refused(("calls", "log", "--council", COUNCIL, "--category", "litter", "--source", "phone"),
                     "details.summary")
        self.refused(("calls", "log", "--council", "E00000000", "--category", "litter", "--summary", "x",
                      "--source", "phone"), "parent", code=3)

    def test_a_refusal_that_quotes_half_a_character_still_names_the_field(self):
        for letters in range(34, 38):
            self.refused(("calls", "log", "--council", "\u00e9" * letters) + LOG[4:], "parent")

    def test_versions_and_request_ids_are_kept_to(self):
        logged = self.server.ctl(*LOG, "--request-id", "one").objects[0]
        self.refused(("calls", "accept", logged["name"], "--etag", "1"), "etag")
        self.refused(LOG[:7] + ("Another thing",) + LOG[8:] + ("--request-id", "one"), "request_id")

    def test_page_tokens_of_another_list_are_refused(self):
        for _ in range(2):
            self.server.ctl(*LOG)
        page = self.server.ctl("calls", "list", "--council", COUNCIL, "--limit", "1")
        token = page.err.split()[-1]
        self.refused(("calls", "list", "--council", "E07900001", "--page-token", token), "page_token")
        self.refused(("calls", "list", "--council", COUNCIL, "--page-token", "%%%"), "page_token")

    def test_who_asks_is_checked(self):
        answer = self.server.ctl(*LOG, actor="king:arthur")
        self.assertEqual((answer.code, answer.error["field"]), (4, "ccfa-actor"))

    def test_a_ward_file_is_taken_whole_or_not_at_all(self):
        crossing = [[[1.0, 52.0], [1.1, 52.1], [1.1, 52.0], [1.0, 52.1], [1.0, 52.0]]]
        swapped = [[[lat, lon] for lon, lat in SQUARE[0]]]
        for name, content in (("broken.geojson", '{"type": "FeatureColl'),
                              ("deep.geojson", "[" * 100_000),
                              ("crossing.geojson", ward_file(crossing)),
                              ("swapped.geojson", ward_file(swapped)),
                              ("unclosed.geojson", ward_file([SQUARE[0][:-1]])),
                              ("nameless.geojson", ward_file(SQUARE, ward_name=None)),
                              ("bytes.geojson", os.urandom(5000))):
            with self.subTest(file=name):
                councils = self.server.ctl("councils", "list").out
                answer = self.server.ctl("wards", "import", self.file(name, content))
                self.assertEqual(answer.code, 4, answer.err[-300:])
                self.assertNotEqual(answer.error["message"], "")
                self.assertEqual(self.server.ctl("councils", "list").out, councils)

    def test_rows_that_cannot_be_calls_are_written_beside_the_file_with_reasons(self):
        header = "Month,Longitude,Latitude,Location,Crime type\n"
        rows = ["2026-05,2.17,52.63,On Alder Street,Litter", "2026-02-31,2.17,52.63,x,Litter",
                "2026-05,abc,52.63,x,Litter", "2026-05,52.63,2.17,x,Litter", "2026-05,2.17,52.63",
                '2026-05,2.17,52.63,"a ""quoted"" lane",Litter', "2026-05,,,No location,Litter"]
        path = self.file("rows.csv", (header + "\n".join(rows) + "\n").encode() +
                         b"2026-05,2.17,52.63,caf\xe9,Litter\n")
        answer = self.server.ctl("calls", "import", path, "--format", "police-uk", "--council", COUNCIL)
        self.assertEqual(answer.objects[-1], {"rows": 8, "logged": 3, "repeated": 0, "refused": 5})
        refused = (self.folder / "rows.csv.refused.csv").read_text().splitlines()[1:]
        self.assertEqual(sorted(int(line.split(",")[0]) for line in refused), [2, 3, 4, 5, 8])

    def test_files_that_are_damaged_say_so(self):
        cut = gzip.compress(b"Month,Longitude,Latitude,Location\n" + b"2026-05,,,x\n" * 5000)[:-20]
        for name, content in (("cut.csv.gz", cut), ("other.csv", "a,b\n1,2\n"), ("empty.csv", "")):
            with self.subTest(file=name):
                answer = self.server.ctl("calls", "import", self.file(name, content), "--format", "police-uk",
                                         "--council", COUNCIL)
                self.assertNotEqual(answer.code, 0)
                self.assertNotEqual(answer.error["message"], "")

    def test_random_bytes_at_the_port_do_no_harm(self):
        host, port = self.server.address.split(":")
        preface = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
        for i in range(100):
            with socket.create_connection((host, int(port))) as connection:
                connection.sendall((preface if i % 2 else b"") + os.urandom(200))
        self.assertEqual(self.server.ctl(*LOG).code, 0)

    def import_calls(self, name, content):
        return self.server.ctl("calls", "import", self.file(name, content), "--format", "police-uk", "--council",
                               COUNCIL)

    def refused_rows(self, name, content):
        """Why each refused row of a file was, by its number; the file is read to its end."""
        answer = self.import_calls(name, content)
        self.assertEqual(answer.code, 0, answer.err[-300:])
        self.assertNotIn("libprotobuf", answer.err)
        written = (self.folder / (name + ".refused.csv")).read_text().splitlines()[1:]
        self.assertEqual(answer.objects[-1]["refused"], len(written))
        return {int(line.split(",")[0]): line for line in written}

    def test_rows_of_bytes_that_are_no_text_are_refused_one_by_one(self):
        places = (b"\xc0\x80", b"\xe0\x80\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xf5\x80\x80\x80",
                  b"\xe2\x82", b"\x80", "caf\u00e9 \u20ac \U0001f600".encode())
        rows = b"".join(b"2026-05,2.17,52.63," + place + b",Litter\n" for place in places)
        refused = self.refused_rows("bytes.csv", b"Month,Longitude,Latitude,Location,Crime type\n" + rows)
        self.assertEqual(sorted(refused), [1, 2, 3, 4, 5, 6, 7])
        for why in refused.values():
            self.assertIn('column ""Location"" is not UTF-8', why)

    def test_a_quote_that_is_never_closed_says_what_became_of_the_rest(self):
        refused = self.refused_rows("open.csv", "Month,Longitude,Latitude,Location,Crime type\n"
                                    "2026-05,2.17,52.63,fine,Litter\n"
                                    '2026-05,2.17,52.63,"never closed,Litter\n2026-05,2.17,52.63,x,Litter\n')
        self.assertEqual(list(refused), [2])
        self.assertIn("a quote in it is never closed; the lines after it were taken as part of it", refused[2])

    def test_a_field_of_eleven_megabytes_is_refused_and_the_next_row_read(self):
        for quote in ("", '"'):
            with self.subTest(quote=quote):
                refused = self.refused_rows(f"long{len(quote)}.csv", "Month,Longitude,Latitude,Location,Crime type\n"
                                            f"2026-05,2.17,52.63,{quote}{'x' * (11 << 20)}{quote},Litter\n"
                                            "2026-05,2.17,52.63,after it,Litter\n")
                self.assertEqual(list(refused), [1])
                self.assertIn("longer than", refused[1])

    def test_a_file_that_is_called_gzip_and_is_not(self):
        answer = self.import_calls("noise.csv.gz", b"noise" + os.urandom(5000))
        self.assertEqual(answer.code, 4, answer.err[-300:])
        self.assertIn("noise.csv.gz has no", answer.error["message"])

    def test_a_huge_ward_file_is_refused_whole_and_soon(self):
        around = [[1.5 + 0.3 * math.cos(i / 5e5 * math.pi), 52.5 + 0.3 * math.sin(i / 5e5 * math.pi)]
                  for i in range(1_000_000)]
        for name, content, said in (
                ("nested.geojson", '{"type": "FeatureCollection", "features": [' + '[[[{"a": [1, "x"]}]]],' * 3_000_000 +
                 "1]}", "more than 20000000 values"),
                ("text.geojson", '{"type": "FeatureCollection", "features": ["' + "x" * (60 << 20) + '"]}',
                 "features[0]"),
                ("million.geojson", ward_file([around + around[:1]]),
                 "features[0]: boundary.polygons[0].rings[0].lat_e7: at most 20000 elements, got 1000001")):
            with self.subTest(file=name):
                councils = self.server.ctl("councils", "list").out
                answer = self.server.ctl("wards", "import", self.file(name, content))
                self.assertEqual(answer.code, 4, answer.err[-300:])
                self.assertIn(said, answer.error["message"])
                self.assertEqual(self.server.ctl("councils", "list").out, councils)
                (self.folder / name).unlink()

    def call(self, service, method, **fields):
        return wire.call(self.server.address, f"ccfa.{service}.v1.{service.capitalize()}Service/{method}",
                         wire.encode(service, method + "Request", **fields))

    def test_enum_values_of_no_name_are_refused_by_field(self):
        parent = "councils/" + COUNCIL
        problem, referral, recommendation = (f"{parent}/{kind}/2026-000001"
                                             for kind in ("problems", "referrals", "recommendations"))
        for service, method, field, fields in (
                ("intake", "LogCall", "details.source",
                 {"parent": parent, "details": ("CallDetails", {"category": "litter", "summary": "x", "source": 99})}),
                ("insight", "ListCalls", "state", {"parent": parent, "state": 99}),
                ("sara", "EnterStage", "stage", {"name": problem, "stage": 42}),
                ("sara", "RaiseProblem", "to", {"name": problem, "to": -1, "reason": "x"}),
                ("sara", "AddSource", "source.grade",
                 {"name": problem, "source": ("DataSource", {"title": "x", "grade": 42})}),
                ("sara", "RecordAssessment", "assessment.result",
                 {"name": problem, "assessment": ("Assessment", {"process": "x", "impact": "y", "result": 42})}),
                ("scrutiny", "DecideReferral", "decision.kind",
                 {"name": referral, "decision": ("Decision", {"kind": 42, "reasons": "x"})}),
                ("scrutiny", "MakeRecommendation", "regime",
                 {"parent": referral, "text": "x", "recipients": parent + "/agencies/police", "regime": 42}),
                ("scrutiny", "RespondToRecommendation", "answer",
                 {"name": recommendation, "recipient": parent + "/agencies/police", "answer": 42}),
                ("scrutiny", "UpdateRecommendation", "rag", {"name": recommendation, "rag": 42})):
            with self.subTest(method=method):
                code, words, _ = self.call(service, method, **fields)
                self.assertEqual(code, wire.INVALID_ARGUMENT, words)
                self.assertTrue(words.startswith(field + ": "), words)

    def test_sizes_below_nought_are_refused_by_field(self):
        parent = {"parent": "councils/" + COUNCIL}
        for service, method, fields in (
                ("insight", "ListCalls", parent), ("insight", "GetHistory", {"name": "councils/" + COUNCIL}),
                ("insight", "ListEvents", parent),
                ("intake", "ListClocks", parent), ("routing", "ListCouncils", {}), ("routing", "ListWards", parent),
                ("routing", "ListTriage", parent), ("sara", "ListProblems", parent), ("sara", "ListClocks", parent),
                ("scrutiny", "ListReferrals", parent), ("scrutiny", "ListMeetings", parent)):
            with self.subTest(method=method):
                code, words, _ = self.call(service, method, page_size=-1, **fields)
                self.assertEqual((code, words), (wire.INVALID_ARGUMENT, "page_size: must not be negative"))
        name = self.server.ctl(*LOG).objects[0]["name"]
        code, words, _ = self.call("insight", "SuggestDuplicates", name=name, within_m=-5.0)
        self.assertEqual((code, words), (wire.INVALID_ARGUMENT, "within_m: expected 0 to 1000"))
        code, words, _ = self.call("insight", "LookForDuplicates", within_m=-5.0, **parent,
                                   details=wire.encode("intake", "CallDetails", category="litter"))
        self.assertEqual((code, words), (wire.INVALID_ARGUMENT, "within_m: expected 0 to 1000"))
        for words, field in (((), "details.category"), (("--category", "a/b"), "details.category"),
                             (("--category", "litter", "--lat", "91", "--lon", "0"), "details.place.point")):
            answer = self.server.ctl("calls", "look", "--council", COUNCIL, *words)
            self.assertEqual((answer.code, answer.error["field"]), (4, field), answer.err)
        answer = self.server.ctl("calls", "list", "--council", COUNCIL, "--limit", "-1")
        self.assertEqual(answer.code, 2, answer.out)
        self.assertIn("--limit", answer.err)

    def test_a_message_that_cannot_be_decoded_is_refused(self):
        for message in (b"\xff\xff\xff\xff", b"\x0a\x7fshort", os.urandom(500)):
            code, _, reply = wire.call(self.server.address, "ccfa.intake.v1.IntakeService/LogCall", message)
            self.assertNotEqual(code, wire.OK)
            self.assertEqual(reply, b"")
        self.assertTrue(wire.is_serving(self.server.address))

    def test_two_hundred_connections_of_garbage_do_not_stop_calls(self):
        host, port = self.server.address.split(":")
        with contextlib.ExitStack() as held:
            for i in range(200):
                connection = held.enter_context(socket.create_connection((host, int(port))))
                connection.sendall((wire.PREFACE if i % 2 else b"") + os.urandom(200))
                if i % 20 == 0:
                    self.assertEqual(self.server.ctl(*LOG).code, 0)
            self.assertEqual(self.server.ctl(*LOG).code, 0)
            self.assertTrue(wire.is_serving(self.server.address))

    def test_a_server_listens_on_loopback_only_and_alone(self):
        for words, said in ((("--data", self.folder / "other", "--listen", "0.0.0.0:0"), "loopback"),
                            (("--data", self.folder / "data", "--listen", "127.0.0.1:0"), "cannot open"),
                            (("--data", self.folder / "other", "--listen", self.server.address), "cannot listen")):
            run = subprocess.run([BIN / "ccfa-all", *words], capture_output=True, text=True, timeout=30, check=False)
            self.assertEqual(run.returncode, 1, run.stderr)
            self.assertIn(said, run.stderr)


if __name__ == "__main__":
    unittest.main()
