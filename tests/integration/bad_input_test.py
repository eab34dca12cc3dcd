"""Bad input gets a clear error that names the field; nothing is half done; the server goes on."""
import gzip
import json
import os
import socket
import subprocess
import unittest

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

    def test_a_server_listens_on_loopback_only_and_alone(self):
        for words, said in ((("--data", self.folder / "other", "--listen", "0.0.0.0:0"), "loopback"),
                            (("--data", self.folder / "data", "--listen", "127.0.0.1:0"), "cannot open"),
                            (("--data", self.folder / "other", "--listen", self.server.address), "cannot listen")):
            run = subprocess.run([BIN / "ccfa-all", *words], capture_output=True, text=True, timeout=30, check=False)
            self.assertEqual(run.returncode, 1, run.stderr)
            self.assertIn(said, run.stderr)


if __name__ == "__main__":
    unittest.main()
