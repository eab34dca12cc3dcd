"""Open311 GeoReport v2 as other systems meet it: by the real binary, with local accounts as keys, and by clients that
others wrote."""
import base64
import json
import os
import pathlib
import shutil
import sys
import tempfile
import time
import unittest
import urllib.parse
import xml.etree.ElementTree

from certificates import Authority
from identity_test import PASSWORD, Person
from rest_test import Door, http_port, start_gateway
from server import DEMO, Server

COUNCIL, OTHER = "E08900001", "E07900001"
POINT = {"lat": "52.631314", "long": "2.170547"}
CLIENTS = pathlib.Path(os.environ.get("CCFA_OPEN311_CLIENTS", ""))
XML, JSON = "text/xml; charset=utf-8", "application/json; charset=utf-8"
LONGEST_S = 20


def key_of(account, password=PASSWORD):
    return base64.urlsafe_b64encode(f"{account}:{password}".encode()).decode().rstrip("=")


def fields(element):
    """What JSON says, as an element says it."""
    if len(element) == 0:
        return element.text
    names = {child.tag for child in element}
    if len(element) > 1 and len(names) == 1 or element.tag.endswith("s") and names == {element.tag[:-1]}:
        return [fields(child) for child in element]
    return {child.tag: fields(child) for child in element}


class Client(Door):
    """An HTTP client of the interface, with a key."""

    def __init__(self, port, key="", **headers):
        super().__init__(port, **headers)
        self.key = key

    def ask(self, method, path, body=None, **headers):
        """As a good client: where it asks too often, it waits as long as it is told to."""
        while (reply := super().ask(method, path, body, **headers)).status == 429:
            time.sleep(int(reply.headers["Retry-After"]))
        return reply

    def get(self, path, **arguments):
        return self.ask("GET", self.path(path, arguments))

    def post(self, path, headers=None, **arguments):
        form = dict({"jurisdiction_id": COUNCIL}, **({"api_key": self.key} if self.key else {}), **arguments)
        body = urllib.parse.urlencode(form).encode()
        return self.ask("POST", "/open311/v2/" + path, body,
                        **dict({"Content-Type": "application/x-www-form-urlencoded"}, **(headers or {})))

    def path(self, path, arguments):
        query = dict({"jurisdiction_id": COUNCIL}, **({"api_key": self.key} if self.key else {}), **arguments)
        return "/open311/v2/" + path + "?" + urllib.parse.urlencode({k: v for k, v in query.items() if v is not None})

    def report(self, **arguments):
        reply = self.post("requests.json", **dict({"service_code": "fly-tipping", **POINT}, **arguments))
        assert reply.status == 200, reply.body
        return reply.json[0]["service_request_id"]

    def request(self, number):
        reply = self.get(f"requests/{number}.json")
        assert reply.status == 200, reply.body
        return reply.json[0]

    def updates(self, number):
        return self.get("servicerequestupdates.json", service_request_id=number).json


class Open311(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = pathlib.Path(tempfile.mkdtemp(prefix="ccfa-open311-"))
        cls.addClassCleanup(shutil.rmtree, cls.scratch)
        master = cls.scratch / "master"
        master.write_text("ab" * 32 + "\n", encoding="ascii")
        master.chmod(0o600)
        cls.server = Server(cls.scratch / "data", arguments=[
            "--identity", "accounts", "--http", "127.0.0.1:0", "--master-key", master]).start()
        cls.addClassCleanup(cls.server.kill)
        cls.root = Person(cls.scratch / "root", cls.server)
        cls.well(cls.root.ctl("accounts", "bootstrap", "root", "--secret-file",
                              cls.server.data / "identity" / "bootstrap-secret", "--password-file", "-"))
        cls.well(cls.root.login("root"))
        cls.well(cls.root.ctl("settle"))
        cls.well(cls.root.ctl("wards", "import", DEMO / "wards.geojson"))
        cls.well(cls.root.ctl("teams", "create", "--one-per-ward"))
        for name, rights in (("fix-it", ("partner", COUNCIL)), ("elsewhere", ("partner", OTHER)),
                             ("lee", ("coordinator", COUNCIL)), ("gone", ("partner", COUNCIL)),
                             ("guessed", ("partner", COUNCIL))):
            cls.well(cls.root.ctl("accounts", "add", name, "--roles", rights[0], "--councils", rights[1],
                                  "--password-file", "-"))
        cls.lee = Person(cls.scratch / "lee", cls.server)
        cls.well(cls.lee.login("lee"))
        cls.port = http_port(cls.server.log)
        cls.partner = Client(cls.port, key_of("fix-it"))

    @staticmethod
    def well(answer):
        assert answer[0] == 0, answer
        return answer[1]

    def name(self, number):
        return f"councils/{COUNCIL}/calls/{number}"

    def until(self, holds):
        deadline = time.monotonic() + LONGEST_S
        while not (found := holds()):
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.05)
        return found

    def assert_refused(self, reply, status, said):
        self.assertEqual(reply.status, status, reply.body)
        if reply.headers["Content-Type"] == JSON:
            errors = reply.json
            self.assertEqual(list(errors[0]), ["code", "description"])
            code = errors[0]["code"]
        else:
            self.assertEqual(reply.headers["Content-Type"], XML)
            tree = xml.etree.ElementTree.fromstring(reply.body)
            self.assertEqual([tree.tag, tree[0].tag], ["errors", "error"])
            errors = [fields(error) for error in tree]
            code = int(errors[0]["code"])
        self.assertEqual(code, status)
        self.assertIn(said, errors[0]["description"])

    # F75
    def test_anybody_finds_out_what_there_is_to_ask(self):
        nobody = Client(self.port)
        found = nobody.get("discovery.json", jurisdiction_id=None)
        self.assertEqual(found.headers["Content-Type"], JSON)
        endpoint = found.json["endpoints"][0]
        self.assertEqual(endpoint["specification"], "http://wiki.open311.org/GeoReport_v2")
        self.assertEqual(endpoint["url"], f"http://127.0.0.1:{self.port}/open311/v2")
        self.assertEqual(endpoint["formats"], ["text/xml", "application/json"])
        tree = xml.etree.ElementTree.fromstring(nobody.get("discovery.xml").body)
        self.assertEqual([each.text for each in tree.iter("format")], endpoint["formats"])
        services = nobody.get("services.json").json
        self.assertIn("Fly-tipping", [service["service_name"] for service in services])
        as_xml = nobody.get("services.xml")
        self.assertEqual(as_xml.headers["Content-Type"], XML)
        tree = xml.etree.ElementTree.fromstring(as_xml.body)
        self.assertEqual(tree.tag, "services")
        self.assertEqual([fields(service)["service_code"] for service in tree],
                         [service["service_code"] for service in services])
        definition = nobody.get("services/noise.json").json
        self.assertEqual(definition["attributes"][0]["values"][0]["key"], "lives-in-ward")
        tree = xml.etree.ElementTree.fromstring(nobody.get("services/noise.xml").body)
        self.assertEqual([each.text for each in tree.iter("code")],
                         [attribute["code"] for attribute in definition["attributes"]])

    # F75
    def test_a_report_becomes_a_call_whose_caller_is_sealed(self):
        number = self.partner.report(description="Mattresses behind the garages\nEvery week", first_name="Zeb",
                                     last_name="Quillfeather", email="zeb@quillfeather.example", phone="07700900461",
                                     address_string="Osprey Walk", media_url="https://media.example/1.jpg",
                                     **{"attribute[standing]": "lives-in-ward"})
        request = self.partner.request(number)
        self.assertEqual((request["status"], request["service_name"]), ("open", "Fly-tipping"))
        self.assertEqual(request["description"], "Mattresses behind the garages\nEvery week")
        self.assertEqual((request["lat"], request["long"]), (52.631314, 2.170547))
        self.assertEqual((request["address"], request["media_url"]), ("Osprey Walk", "https://media.example/1.jpg"))
        self.assertIn("Received", request["status_notes"])
        self.assertGreater(request["expected_datetime"], request["requested_datetime"])
        tree = xml.etree.ElementTree.fromstring(self.partner.get(f"requests/{number}.xml").body)
        self.assertEqual(tree.tag, "service_requests")
        said = fields(tree[0])
        self.assertEqual(list(said), list(request))
        self.assertEqual(said["description"], request["description"])
        self.assertEqual(self.partner.get(f"tokens/{number}.json").json[0]["service_request_id"], number)
        # Its ward has it before anybody has screened it (F78).
        shown = json.loads(self.well(self.lee.ctl("calls", "show", self.name(number))))
        self.assertEqual((shown["state"], shown["ward"].rsplit("/", 1)[1]), ("STORY_STATE_LOGGED", "E05900011"))
        # Who called is for those who may open it, and stands nowhere else.
        opened = self.well(self.lee.ctl("callers", "show", self.name(number), "--purpose", "ring back",
                                        "--legal-basis", "public-task", "--fields", "name", "--fields", "contact"))
        self.assertIn("Zeb Quillfeather", opened)
        self.assertIn("zeb@quillfeather.example, 07700900461", opened)
        self.assertNotIn("uillfeather", self.partner.get("requests.json").body.decode())
        self.assertNotIn("uillfeather", self.server.log.read_text(encoding="utf-8"))
        history = self.well(self.lee.ctl("history", self.name(number)))
        self.assertIn("partner:fix-it", history)
        self.assertNotIn("uillfeather", history)

    # F70, F75
    def test_requests_are_for_those_with_a_key_of_the_council(self):
        number = self.partner.report()
        for path in (f"requests/{number}", "requests", f"tokens/{number}", "servicerequestupdates"):
            for form in ("json", "xml"):
                with self.subTest(path=path, form=form):
                    ask = f"{path}.{form}"
                    self.assert_refused(Client(self.port).get(ask), 403, "api_key")
                    for wrong in ("nonsense", key_of("guessed", "not the password"), key_of("nobody"), "a.b.c"):
                        self.assert_refused(Client(self.port, wrong).get(ask), 403, "api_key")
                    self.assert_refused(Client(self.port, key_of("elsewhere")).get(ask), 403, OTHER)
        self.assert_refused(Client(self.port).post("requests.xml", service_code="noise", **POINT), 403, "api_key")
        self.assert_refused(Client(self.port, key_of("elsewhere")).post("requests.json", service_code="noise", **POINT),
                            403, OTHER)
        # The same key in the header, and a token of one's own.
        plain = base64.b64encode(f"lee:{PASSWORD}".encode()).decode()
        made = self.well(self.root.ctl("accounts", "key", "fix-it", "--password-file", "-")).strip()
        self.assertEqual((made, Client(self.port, made).request(number)["status"]), (key_of("fix-it"), "open"))
        self.assertEqual(Client(self.port, Authorization="Basic " + plain).request(number)["status"], "open")
        signed_in = Door(self.port).ask("POST", "/v1/accounts:signIn", {"name": "accounts/lee", "password": PASSWORD})
        self.assertEqual(Client(self.port, signed_in.json["token"]).request(number)["status"], "open")
        # A key is for these forms and little else.
        mine = Door(self.port, Authorization="Bearer " + Door(self.port).ask(
            "POST", "/v1/accounts:signIn", {"name": "accounts/fix-it", "password": PASSWORD}).json["token"])
        for path in (f"/v1/councils/{COUNCIL}/problems", "/v1/accounts", f"/v1/{self.name(number)}"):
            self.assertEqual(mine.ask("GET", path).reason, "ROLE_MAY_NOT", path)
        imported = {"details": {"category": "noise", "summary": "x", "source": "SOURCE_IMPORT"}}
        self.assertEqual(mine.ask("POST", f"/v1/councils/{COUNCIL}/calls", imported).reason, "PARTNERS_SOURCE")

    # F70, F75
    def test_a_key_ends_with_its_account(self):
        gone = Client(self.port, key_of("gone"))
        number = gone.report()
        self.well(self.root.ctl("accounts", "disable", "gone"))
        self.until(lambda: gone.get(f"requests/{number}.json").status == 403)
        self.well(self.root.ctl("accounts", "enable", "gone"))
        self.until(lambda: gone.get(f"requests/{number}.json").status == 200)
        self.assertNotIn(key_of("gone"), self.server.log.read_text(encoding="utf-8"))

    # F75
    def test_lists_are_narrowed_and_come_in_pages(self):
        numbers = [self.partner.report(service_code="graffiti") for _ in range(5)]
        of_graffiti = lambda **more: [request["service_request_id"] for request in self.partner.get(
            "requests.json", service_code="graffiti", **more).json]
        self.assertEqual(of_graffiti(), numbers)
        self.assertEqual(of_graffiti(page_size=2), numbers[:2])
        self.assertEqual(of_graffiti(page_size=2, page=3), numbers[4:])
        self.assertEqual(of_graffiti(page_size=2, page=4), [])
        self.well(self.lee.ctl("calls", "decline", self.name(numbers[0]), "--reason", "it is art"))
        self.assertEqual(of_graffiti(status="closed"), numbers[:1])
        self.assertEqual(of_graffiti(status="open"), numbers[1:])
        declined = self.partner.request(numbers[0])
        self.assertEqual((declined["status"], declined["status_notes"]), ("closed", "Declined: it is art"))
        self.assertIsNone(declined["expected_datetime"])
        picked = self.partner.get("requests.xml", service_request_id=f"{numbers[3]},{numbers[1]},2026-999999")
        self.assertEqual([each.text for each in xml.etree.ElementTree.fromstring(picked.body).iter("service_request_id")],
                         [numbers[3], numbers[1]])
        at = self.partner.request(numbers[2])["requested_datetime"]
        self.assertIn(numbers[2], of_graffiti(start_date=at))
        self.assertEqual(of_graffiti(end_date="2020-01-01T00:00:00Z"), [])
        self.assertEqual(of_graffiti(updated_after=at, updated_before="2020-01-01T00:00:00Z"), [])
        self.assertIn(numbers[0], of_graffiti(updated_after=at))
        nothing = self.partner.get("requests.xml", service_code="never")
        self.assertEqual(len(xml.etree.ElementTree.fromstring(nothing.body)), 0)

    # F63, F75
    def test_updates_go_both_ways(self):
        number = self.partner.report(description="Bags by the gate", **{"attribute[standing]": "lives-in-ward"})
        self.well(self.lee.ctl("calls", "ask", self.name(number), "--question", "which gate?"))
        self.until(lambda: "which gate?" in self.partner.request(number)["status_notes"])
        answer = self.partner.post("servicerequestupdates.json", service_request_id=number, status="OPEN",
                                   description="the left one", update_id="77")
        self.assertEqual(answer.status, 200, answer.body)
        self.assertIn("Received", self.partner.request(number)["status_notes"])
        # Sent again, though it would mean something else by now, it has no second effect.
        again = self.partner.post("servicerequestupdates.json", service_request_id=number, status="OPEN",
                                  description="the left one", update_id="77")
        self.assertEqual((again.status, again.json), (200, answer.json))
        self.assert_refused(self.partner.post("servicerequestupdates.json", service_request_id=number, status="OPEN",
                                              description="another", update_id="77"), 400, "request")
        said = self.partner.updates(number)
        self.assertEqual([update["description"] for update in said],
                         ["Received", "More has to be known: which gate?", "Answered: the left one"])
        self.assertEqual(said[-1]["update_id"], answer.json[0]["update_id"])
        self.well(self.lee.ctl("calls", "accept", self.name(number), "--services", "waste", "--recurring",
                               "--reason", "it persists"))
        problem = self.until(lambda: json.loads(self.well(self.lee.ctl("calls", "show", self.name(number)))).get("problem"))
        self.well(self.lee.ctl("problems", "refer", problem, "--service", "waste", "--reason", "a round that was missed"))
        self.until(lambda: self.partner.request(number)["status"] == "closed")
        self.assertEqual(self.partner.updates(number)[-1]["status"], "CLOSED")
        reopened = self.partner.post("servicerequestupdates.xml", service_request_id=number, status="OPEN",
                                     description="there again")
        self.assertEqual(xml.etree.ElementTree.fromstring(reopened.body).tag, "service_request_updates")
        self.assertEqual(self.partner.request(number)["status"], "open")
        self.assertIn("Not fixed: there again", [update["description"] for update in self.partner.updates(number)])
        self.assertEqual(self.partner.post("servicerequestupdates.json", service_request_id=number, status="CLOSED",
                                           description="gone now").status, 200)
        self.assertEqual(self.partner.updates(number)[-1]["description"], "Whoever reported it says: It is fixed: gone now")
        self.assertEqual(self.partner.updates(number)[-1]["status"], "OPEN")
        since = self.partner.updates(number)[-1]["updated_datetime"]
        recent = self.partner.get("servicerequestupdates.xml", start_date=since, page_size=1000)
        ids = [each.text for each in xml.etree.ElementTree.fromstring(recent.body).iter("service_request_id")]
        self.assertIn(number, ids)

    # F75
    def test_what_is_sent_again_with_its_key_is_one_report(self):
        headers = {"Idempotency-Key": "one-report"}
        first, again = (self.partner.post("requests.json", headers, service_code="litter", **POINT) for _ in range(2))
        self.assertEqual(first.json, again.json)
        self.assert_refused(self.partner.post("requests.json", headers, service_code="noise", **POINT), 400, "request")

    # F75
    def test_hostile_text_is_text(self):
        hostile = "</description><x>&lt; ]]> <!-- \u2028 \U0001f525 %00 ' \"\r\nline"
        number = self.partner.report(description=hostile)
        expected = hostile.replace("\r\n", "\n").replace("]]", "] ]")
        self.assertEqual(self.partner.request(number)["description"], expected)
        tree = xml.etree.ElementTree.fromstring(self.partner.get(f"requests/{number}.xml").body)
        self.assertEqual(tree[0].find("description").text, expected)
        self.assert_refused(self.partner.post("requests.xml", service_code="noise", description="a\0b", **POINT), 400,
                            "description")

    # F12, F75
    def test_who_is_in_danger_is_told_to_ring_999(self):
        reply = self.partner.post("requests.json", service_code="noise", description="he has a knife", **POINT)
        self.assertIn("999", reply.json[0]["service_notice"])

    # F75
    def test_errors_have_the_form_that_was_asked_for(self):
        report = {"service_code": "noise", **POINT}
        without = lambda *names: {name: value for name, value in report.items() if name not in names}
        with_more = lambda **more: dict(report, **more)
        for form in ("xml", "json"):
            get = lambda path, **arguments: self.partner.get(f"{path}.{form}", **arguments)
            post = lambda path, **arguments: self.partner.post(f"{path}.{form}", **arguments)
            for reply, status, said in [
                    (Client(self.port).get(f"services.{form}", jurisdiction_id=None), 400, "jurisdiction_id"),
                    (get("services", jurisdiction_id="E00000000"), 404, "jurisdiction_id"),
                    (get("services", jurisdiction_id="../.."), 404, "jurisdiction_id"),
                    (get("services/never"), 404, "service_code"),
                    (get("requests/2026-999999"), 404, "service_request_id"),
                    (get("tokens/2026-999999"), 404, "token"),
                    (get("requests", start_date="yesterday"), 400, "start_date"),
                    (get("requests", page_size="0"), 400, "page_size"),
                    (get("requests", status="done"), 400, "status"),
                    (get("nonsense"), 404, "path"),
                    (get("services/a/b"), 404, "path"),
                    (post("services"), 405, "GET"),
                    (post("requests", **without("service_code")), 400, "service_code"),
                    (post("requests", **with_more(service_code="never")), 404, "service_code"),
                    (post("requests", **without("lat", "long")), 400, "place"),
                    (post("requests", **without("long")), 400, "long"),
                    (post("requests", **with_more(lat="91")), 400, "place"),
                    (post("requests", **with_more(description="x" * 4001)), 400, "description"),
                    (post("servicerequestupdates", status="OPEN", description="x"), 400, "service_request_id"),
                    (post("servicerequestupdates", service_request_id="2026-999999", status="OPEN", description="x"), 404,
                     "service_request_id"),
                    (self.partner.ask("POST", f"/open311/v2/requests.{form}", {"service_code": "noise"}), 415, "form"),
                    (self.partner.ask("DELETE", f"/open311/v2/requests.{form}"), 405, "GET, POST"),
                    (self.partner.ask("GET", f"/open311/v1/services.{form}"), 404, "path"),
                    (self.partner.ask("GET", f"/open311/v2/services/%ff.{form}"), 404, "path"),
                    (self.partner.ask("GET", f"/open311/v2/services/a:b.{form}?jurisdiction_id={COUNCIL}"), 404,
                     "service_code"),
                    (self.partner.ask("GET", f"/open311/v2/services/%2F.{form}"), 404, "path"),
                    (self.partner.ask("GET", f"/open311/v2/services.{form}?description=%ff"), 400, "UTF-8"),
                    (self.partner.ask("GET", f"/open311/v2/services.{form}", Host="evil.example"), 400, "localhost")]:
                with self.subTest(form=form, said=said):
                    self.assertEqual(reply.headers["Content-Type"], XML if form == "xml" else JSON)
                    self.assert_refused(reply, status, said)
        self.assert_refused(self.partner.get("services.csv"), 406, "xml")
        self.assertEqual(self.partner.get("services").headers["Content-Type"], XML)
        self.assertEqual(self.partner.ask("HEAD", self.partner.path("services.json", {})).body, b"")

    @unittest.skipUnless((CLIENTS / "civicbot").is_dir(), "tools/install --all fetches the clients")
    # F75
    def test_clients_that_others_wrote_speak_with_it(self):
        sys.path.insert(0, str(CLIENTS))
        self.addCleanup(sys.path.remove, str(CLIENTS))
        import civicbot
        import georeport
        key = key_of("fix-it")
        endpoint = civicbot.Endpoint("here", "Here", f"http://127.0.0.1:{self.port}/open311/v2", write=True)
        quick = civicbot.HttpTransport(rate_limiter=civicbot.http.RateLimiter(min_interval=0))
        writer = civicbot.Open311Client(endpoint, quick, jurisdiction_id=COUNCIL)
        sent = writer.create_request(
            "noise", dry_run=False, confirm="SEND", api_key=key, validate_remote=True, lat=52.631314, lng=2.170547,
            description="Drums", attributes={"standing": "lives-in-ward", "outcome": "quiet after eleven"})
        number = sent.response[0]["service_request_id"]
        self.assertEqual(self.partner.request(number)["description"], "Drums")
        self.partner.report(service_code="noise")
        for form in ("json", "xml"):
            # It puts no key into what it asks: its address has it, as of any site behind a password.
            reader = georeport.GeoReport(f"http://fix-it:{urllib.parse.quote(PASSWORD)}@127.0.0.1:{self.port}/open311/v2",
                                         jurisdiction=COUNCIL, output_format=form)
            self.assertIn("noise", [service["service_code"] for service in reader.get_service_list()])
            definition = reader.get_service_definition("noise")
            self.assertEqual(definition["service_code"], "noise")
            self.assertEqual(reader.get_service_request(number)["status"], "open")
            listed = reader.get_service_requests(service_code="noise", status="open")
            self.assertIn(number, [request["service_request_id"] for request in listed])
        self.partner.post("servicerequestupdates.json", service_request_id=number, status="OPEN", description="Again")
        self.assertEqual(self.partner.updates(number)[-1]["description"], "Whoever reported it says: Again")


class Elsewhere(unittest.TestCase):
    def setUp(self):
        self.scratch = pathlib.Path(tempfile.mkdtemp(prefix="ccfa-open311-"))
        self.addCleanup(shutil.rmtree, self.scratch)

    # F75
    def test_where_callers_are_believed_no_key_is_needed(self):
        server = Server(self.scratch / "data", arguments=["--identity", "trusted", "--http", "127.0.0.1:0"]).start()
        self.addCleanup(server.kill)
        server.load_demo_places()
        port = http_port(server.log)
        _, apart = start_gateway(self, self.scratch / "gateway.log", "--server", server.address)
        for door, key in ((port, ""), (port, key_of("anybody")), (apart, "")):
            number = Client(door, key).report(description="Bags")
            self.assertEqual(Client(door, key).request(number)["description"], "Bags")
        self.assertIn("partner:open311", server.ctl("history", f"councils/{COUNCIL}/calls/{number}").out)
        # Without a master key nobody's name is taken.
        named = Client(port).post("requests.json", service_code="noise", first_name="Pat", **POINT)
        self.assertEqual(named.status, 400)
        self.assertIn("key", named.json[0]["description"])

    # F75
    def test_the_only_council_need_not_be_named(self):
        server = Server(self.scratch / "data", arguments=["--identity", "trusted", "--http", "127.0.0.1:0"]).start()
        self.addCleanup(server.kill)
        client = Client(http_port(server.log))
        everywhere = json.loads((DEMO / "wards.geojson").read_text(encoding="utf-8"))
        for councils, status in (([], 400), ([COUNCIL], 200), ([COUNCIL, OTHER], 400)):
            wards = [ward for ward in everywhere["features"] if ward["properties"]["lad_code"] in councils]
            if wards:
                file = self.scratch / "wards.geojson"
                file.write_text(json.dumps(dict(everywhere, features=wards)), encoding="utf-8")
                answer = server.ctl("wards", "import", file)
                self.assertEqual(answer.code, 0, answer.err)
            reply = client.get("services.json", jurisdiction_id=None)
            self.assertEqual(reply.status, status, reply.body)

    # F70, F75
    def test_beyond_the_machine_it_is_asked_by_tls(self):
        ours = Authority(self.scratch / "our")
        good = ours.certify("server")
        server = Server(self.scratch / "data", host="0.0.0.0", arguments=[
            "--identity", "accounts", "--tls-cert", good.cert, "--tls-key", good.key, "--http", "0.0.0.0:0"]).start()
        self.addCleanup(server.kill)
        import ssl
        door = Door(http_port(server.log), ssl.create_default_context(cafile=str(ours.cert)))
        found = door.ask("GET", "/open311/v2/discovery.json").json
        self.assertTrue(found["endpoints"][0]["url"].startswith("https://localhost:"))
        refused = door.ask("GET", "/open311/v2/requests.json?jurisdiction_id=" + COUNCIL)
        self.assertIn(refused.status, (403, 404))


if __name__ == "__main__":
    unittest.main()
