"""The console without a browser: its pages by their role, and what a hostile visitor gets. The road of a call by its
people, and what a page is to look like, is for tests/browser."""
import base64
import html
import http.client
import http.server
import json
import pathlib
import re
import shutil
import ssl
import subprocess
import tempfile
import threading
import time
import unittest
import urllib.parse

from certificates import Authority
from identity_test import PASSWORD, Person
from rest_test import http_port
from server import DEMO, Server

COUNCIL, OTHER = "E08900001", "E07900001"
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{TITLE}}"


class Page:
    def __init__(self, response):
        self.status, self.headers = response.status, response.headers
        self.body = response.read().decode("utf-8")

    @property
    def title(self):
        return html.unescape(re.sub(r"<[^>]+>", "", re.search(r"<h1[^>]*>(.*?)</h1>", self.body).group(1)))

    @property
    def links(self):
        return [html.unescape(link) for link in re.findall(r'href="(/[^"]*)"', self.body) if "/assets/" not in link]

    def hidden(self, name):
        return html.unescape(re.search(f'type="hidden" name="{name}" value="([^"]*)"', self.body).group(1))


class Browser:
    """One person's: it keeps cookies, and follows nothing by itself."""

    def __init__(self, port):
        self.port, self.cookies = port, {}

    def ask(self, method, path, body=None, cookies=None, **headers):
        wire = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        jar = self.cookies if cookies is None else cookies
        if jar:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in jar.items())
        wire.request(method, path, body, sent)
        page = Page(wire.getresponse())
        wire.close()
        for cookie in page.headers.get_all("Set-Cookie") or []:
            name, value = cookie.split(";")[0].split("=", 1)
            self.cookies[name] = value
        return page

    def get(self, path, **options):
        return self.ask("GET", path, **options)

    def post(self, path, fields, **options):
        options.setdefault("Content_Type", "application/x-www-form-urlencoded")
        return self.ask("POST", path, urllib.parse.urlencode(fields), **options)

    def fill(self, path, **fields):
        """A form's page, and what comes of sending it."""
        form = self.get(path)
        assert form.status == 200, (path, form.status)
        hidden = {name: form.hidden(name) for name in ("csrf", "request_id", "etag", "to")
                  if f'name="{name}"' in form.body}
        return self.post(path.split("?")[0], dict(hidden, **{name.replace("__", "."): value
                                                             for name, value in fields.items()}))

    def sign_in(self, name, password=PASSWORD):
        return self.fill("/sign-in", name=name, password=password)


def encoded(bytes_):
    return base64.urlsafe_b64encode(bytes_).decode("ascii").rstrip("=")


class Provider:
    """A council's identity provider: its documents, and the page where one person is always signed in."""

    def __init__(self, scratch, identity):
        provider = self
        self.key = scratch / "provider.pem"
        subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", self.key], check=True)
        public = subprocess.run(["openssl", "pkey", "-in", self.key, "-pubout", "-outform", "DER"], check=True,
                                capture_output=True).stdout
        self.keys = {"keys": [{"kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "kid": "1",
                               "x": encoded(public[-32:])}]}
        self.asked, self.nonce, self.posted = {}, None, {}

        class Answer(http.server.BaseHTTPRequestHandler):
            def say(self, what):
                self.send_response(200)
                self.end_headers()
                self.wfile.write(json.dumps(what).encode())

            def do_GET(self):
                if self.path == "/keys":
                    return self.say(provider.keys)
                return self.say({"issuer": provider.issuer, "jwks_uri": provider.issuer + "/keys",
                                 "authorization_endpoint": provider.issuer + "/authorize",
                                 "token_endpoint": provider.issuer + "/token",
                                 "end_session_endpoint": provider.issuer + "/end"})

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                provider.posted = dict(urllib.parse.parse_qsl(body), secret=self.headers["Authorization"])
                self.say({"id_token": provider.token()})

            def log_message(self, *words):
                pass

        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(identity.cert, identity.key)
        self.http.socket = context.wrap_socket(self.http.socket, server_side=True)
        self.issuer = f"https://127.0.0.1:{self.http.server_port}"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def token(self):
        now = int(time.time())
        text = ".".join(encoded(json.dumps(part).encode()) for part in [
            {"alg": "EdDSA", "kid": "1"},
            {"iss": self.issuer, "aud": "ccfa", "sub": "lee", "jti": str(now), "iat": now, "exp": now + 600,
             "roles": ["coordinator"], "councils": [COUNCIL], "nonce": self.nonce}])
        with tempfile.NamedTemporaryFile() as signed:
            signed.write(text.encode())
            signed.flush()
            signature = subprocess.run(["openssl", "pkeyutl", "-sign", "-inkey", self.key, "-rawin", "-in", signed.name],
                                       check=True, capture_output=True).stdout
        return text + "." + encoded(signature)

    def close(self):
        self.http.shutdown()
        self.http.server_close()


class AtTheProvider(unittest.TestCase):
    # F70
    def test_whoever_is_signed_in_at_the_councils_provider_is_signed_in_here(self):
        scratch = pathlib.Path(tempfile.mkdtemp(prefix="ccfa-provider-"))
        self.addCleanup(shutil.rmtree, scratch)
        authority = Authority(scratch / "our")
        provider = Provider(scratch, authority.certify("provider"))
        self.addCleanup(provider.close)
        (scratch / "secret").write_text("of the client", encoding="ascii")
        server = Server(scratch / "data", arguments=[
            "--identity", "oidc=" + provider.issuer, "--identity-ca", authority.cert, "--http", "127.0.0.1:0", "--public-url", "http://127.0.0.1:8080", "--sign-in-secret-file",
            scratch / "secret"]).start()
        self.addCleanup(server.kill)
        browser = Browser(http_port(server.log))
        away = browser.get("/sign-in?to=/councils/" + COUNCIL)
        self.assertEqual(away.status, 303, away.body)
        asked = urllib.parse.urlsplit(away.headers["Location"])
        query = dict(urllib.parse.parse_qsl(asked.query))
        self.assertEqual((query["client_id"], query["redirect_uri"]), ("ccfa", "http://127.0.0.1:8080/sign-in/back"))
        provider.nonce = query["nonce"]
        stranger = Browser(browser.port).get(f"/sign-in/back?code=1&state={query['state']}")
        self.assertEqual(stranger.status, 403)
        back = browser.get(f"/sign-in/back?code=1&state={query['state']}")
        self.assertEqual((back.status, back.headers["Location"]), (303, "/councils/" + COUNCIL), back.body)
        self.assertEqual(base64.b64decode(provider.posted["secret"].split()[1]), b"ccfa:of the client")
        deadline = time.monotonic() + 20
        while (home := browser.get(f"/councils/{COUNCIL}/calls")).status == 303:  # the keys are on their way
            self.assertLess(time.monotonic(), deadline)
            browser.cookies["ccfa_session"] = provider.token()
            time.sleep(0.05)
        self.assertEqual(home.status, 200)
        self.assertIn(">lee<", home.body)
        out = browser.post("/sign-out", {"csrf": home.hidden("csrf")})
        self.assertEqual(out.status, 200)
        self.assertIn(provider.issuer + "/end?client_id=ccfa&amp;post_logout_redirect_uri=", out.body)
        self.assertEqual(browser.get(f"/councils/{COUNCIL}/calls").status, 303)


class Console(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = pathlib.Path(tempfile.mkdtemp(prefix="ccfa-console-"))
        cls.addClassCleanup(shutil.rmtree, cls.scratch)
        cls.server = Server(cls.scratch / "data", arguments=[
            "--identity", "accounts", "--http", "127.0.0.1:0"]).start()
        cls.addClassCleanup(cls.server.kill)
        root = Person(cls.scratch / "root", cls.server)
        for command in [("accounts", "bootstrap", "root", "--secret-file",
                         cls.server.data / "identity" / "bootstrap-secret", "--password-file", "-"),
                        ("login", "--user", "root", "--password-file", "-"), ("settle",),
                        ("wards", "import", DEMO / "wards.geojson"), ("agencies", "import", DEMO / "agencies.csv"),
                        ("councillors", "import", DEMO / "councillors.csv"), ("teams", "create", "--one-per-ward"),
                        ("accounts", "add", "lee", "--roles", "coordinator", "--councils", COUNCIL, "--password-file",
                         "-"),
                        ("accounts", "add", "quill", "--roles", "officer", "--agency", "riverton-homes", "--councils",
                         COUNCIL, "--password-file", "-"),
                        ("accounts", "add", "okafor", "--roles", "councillor", "--wards", "E05900011", "--councils",
                         COUNCIL, "--password-file", "-"),
                        ("accounts", "add", "else", "--roles", "administrator", "--councils", OTHER, "--password-file",
                         "-")]:
            code, said, why = root.ctl(*command)
            assert code == 0, (command, said, why)
        cls.port = http_port(cls.server.log)

    def who(self, name):
        browser = Browser(self.port)
        self.assertEqual(browser.sign_in(name).status, 303)
        return browser

    def log(self, browser, **fields):
        page = browser.fill(f"/councils/{COUNCIL}/do/log-call", **dict({
            "details.category": "noise", "details.summary": "Drums every night", "details.source": "SOURCE_PHONE",
            "details.place.point.lat": "52.631314", "details.place.point.lon": "2.170547", "looked": "yes"}, **fields))
        self.assertEqual(page.status, 303, page.body)
        return urllib.parse.urlsplit(page.headers["Location"]).path

    # F78, F79
    def test_a_call_is_logged_screened_and_told_in_plain_words(self):
        okafor, lee = self.who("okafor"), self.who("lee")
        call = self.log(okafor, **{"details.ward": "E05900011"})
        self.assertIn("Drums every night", okafor.get(f"/councils/{COUNCIL}/wards/E05900011").body)
        number = call.rsplit("/", 1)[1]
        found = lee.get(f"/councils/{COUNCIL}/calls?q=drum+nig")
        self.assertIn(number, found.body)
        self.assertIn(number, lee.get(f"/councils/{COUNCIL}/calls?q={number}").body)
        self.assertNotIn(call, lee.get(f"/councils/{COUNCIL}/calls?q=trumpet").links)
        refused = lee.fill(call + "/do/accept-call")
        self.assertEqual(refused.status, 400)
        self.assertIn("govuk-error-summary", refused.body)
        accepted = lee.fill(call + "/do/accept-call", **{
            "reason": "It persists", "multi_agency.services": "police\r\nhousing", "multi_agency.recurring": "true"})
        if accepted.status != 303:  # A gate says what is missing; it is given.
            self.assertIn("standing", accepted.body.lower())
            lee.fill(call + "/do/record-standing", standing="STANDING_LIVES_IN_WARD")
            lee.fill(call + "/do/classify-call", regime="REGIME_CRIME_AND_DISORDER", reason="Noise at night")
            accepted = lee.fill(call + "/do/accept-call", **{
                "reason": "It persists", "multi_agency.services": "police\r\nhousing",
                "multi_agency.recurring": "true"})
        self.assertEqual(accepted.status, 303, accepted.body)
        self.assertEqual(accepted.headers["Location"], call + "?done=accept-call")
        self.assertIn("Accept the call", lee.get(accepted.headers["Location"]).body)
        # Anybody with the number sees how far it is, and nothing of what it says.
        anybody = Browser(self.port).get(f"/track?council={COUNCIL}&number={number}")
        self.assertEqual(anybody.status, 200)
        self.assertNotIn("Drums", anybody.body)
        self.assertEqual(Browser(self.port).get(f"/track?council={COUNCIL}&number=2026-999999").status, 404)

    # F78
    def test_a_call_stands_on_the_page_of_the_ward_that_its_point_lies_in_before_it_is_screened(self):
        lee, okafor = self.who("lee"), self.who("okafor")
        ward = f"/councils/{COUNCIL}/wards/E05900011"
        call = self.log(lee, **{"details.summary": "Fires by the point"})
        self.assertIn(call, lee.get(ward).links)
        own = self.log(okafor, **{"details.summary": "Fires in my ward"})
        self.assertIn(own, okafor.get(ward).links)
        # Another's ward stays unsaid: nobody is refused for what they did not name.
        elsewhere = self.log(okafor, **{"details.place.point.lat": "52.70", "details.summary": "Fires elsewhere"})
        self.assertNotIn(">Ward<", okafor.get(elsewhere).body)

    # F8
    def test_what_may_have_been_called_about_is_shown_before_another_call_is_logged(self):
        lee = self.who("lee")
        words = {"details.category": "geese", "details.summary": "Geese in the road", "details.source": "SOURCE_PHONE",
                 "details.place.point.lat": "52.63", "details.place.point.lon": "2.17"}
        first = self.log(lee, **words, looked="")
        path = f"/councils/{COUNCIL}/do/log-call"
        shown = lee.fill(path, **dict(words, **{"details.summary": "Geese <again>"}))
        self.assertEqual(shown.status, 200)
        self.assertIn("Look first", shown.body)
        self.assertIn(first, shown.links)
        self.assertIn('value="Geese &lt;again&gt;"', shown.body)
        found = lee.get(f"/councils/{COUNCIL}/calls?q=geese").links
        self.assertEqual({link for link in found if re.search(r"/calls/2026-\d+$", link)}, {first})
        again = {name: shown.hidden(name) for name in ("csrf", "request_id", "looked")}
        refused = lee.post(path, dict(words, **again, **{"details.happened": "lately"}))
        self.assertEqual((refused.status, refused.hidden("looked")), (400, "yes"), "nobody is asked twice")
        self.assertEqual(lee.post(path, dict(words, **again)).status, 303)
        # Sent twice, as by a double click, it has one effect, and what is said of it stays true.
        form = lee.get(path)
        sent = dict(words, **{"details.category": "swans", "request_id": form.hidden("request_id"),
                              "csrf": form.hidden("csrf")})
        logged, twice = (lee.post(path, sent) for _ in range(2))
        call = logged.headers["Location"].split("?")[0]
        self.assertEqual((logged.status, twice.status), (303, 200))
        self.assertIn(call, twice.links)
        self.assertIn("Yours may be among them", twice.body)
        onward = lee.post(path, dict(sent, looked="yes", request_id=twice.hidden("request_id")))
        self.assertEqual(onward.headers["Location"].split("?")[0], call)
        # Neither elsewhere nor about something else.
        self.log(lee, **dict(words, **{"details.place.point.lat": "52.7"}), looked="")
        self.log(lee, **dict(words, **{"details.category": "gulls"}), looked="")

    # F80
    def test_a_form_offers_the_categories_that_there_are_and_takes_any(self):
        lee = self.who("lee")
        self.log(lee, **{"details.category": "stray-dogs"})
        self.assertRegex(lee.get(f"/councils/{COUNCIL}/calls/new").body,
                         r'list="field-details-category-known"><datalist.*<option value="stray-dogs">')

    def test_a_form_sent_twice_has_one_effect_and_an_old_one_is_refused(self):
        lee = self.who("lee")
        form = lee.get(f"/councils/{COUNCIL}/do/log-call")
        fields = {"csrf": form.hidden("csrf"), "request_id": form.hidden("request_id"), "details.category": "noise",
                  "details.summary": "Twice", "details.source": "SOURCE_PHONE", "details.ward": "E05900011"}
        first, again = (lee.post(f"/councils/{COUNCIL}/do/log-call", fields) for _ in range(2))
        self.assertEqual((first.status, first.headers["Location"]), (again.status, again.headers["Location"]))
        call = urllib.parse.urlsplit(first.headers["Location"]).path
        link = next(link for link in lee.get(call).links if "/do/acknowledge-call" in link)
        self.assertEqual(lee.fill(call + "/do/record-standing", standing="STANDING_LIVES_IN_WARD").status, 303)
        stale = lee.fill(link, message="Received")
        self.assertEqual(stale.status, 412)
        self.assertIn("It has changed since", stale.body)

    def test_teams_rules_and_accounts_are_changed_by_whoever_may(self):
        root = self.who("root")
        team = next(link for link in root.get(f"/councils/{COUNCIL}/teams").links if "/teams/" in link)
        changed = root.fill(team + "/do/change-team", **{
            "team.title": "Alder", "team.quorum": "2", "team.meets_every_weeks": "4", "team.priorities_at_once": "3",
            "team.wards": re.search(r"<textarea[^>]*>([^<]*)", root.get(team + "/do/change-team").body).group(1),
            "team.members[0].agency": f"councils/{COUNCIL}/agencies/riverton-homes",
            "team.members[0].officer": "quill", "team.members[0].role": "estates"})
        self.assertEqual(changed.status, 303, changed.body)
        self.assertEqual(root.get(team).title.strip().split()[-1], "Alder")
        self.assertIn('value="quill"', root.get(team + "/do/change-team").body)
        rules = root.fill(f"/councils/{COUNCIL}/do/configure-council", **{
            "config.intake.acknowledge.length": "3 working days", "config.publication.categories": "noise\nlitter"})
        self.assertEqual(rules.status, 303, re.findall(r"error-summary.*?</ul>", rules.body))
        self.assertIn("3 working days", root.get(f"/councils/{COUNCIL}/do/configure-council").body)
        wrong = root.fill(f"/councils/{COUNCIL}/do/configure-council", **{
            "config.intake.acknowledge.length": "soonish"})
        self.assertEqual(wrong.status, 400)
        self.assertIn("govuk-error-message", wrong.body)
        self.assertEqual(root.fill("/do/create-account", **{
            "account.name": "wu", "account.roles": "analyst", "account.councils": COUNCIL,
            "password": PASSWORD}).status, 303)
        self.assertEqual(Browser(self.port).sign_in("wu").status, 303)
        self.assertEqual(root.fill("/accounts/wu/do/disable-account").status, 303)
        self.assertEqual(Browser(self.port).sign_in("wu").status, 401)

    def test_signed_out_a_session_ends_everywhere(self):
        lee = self.who("lee")
        kept = dict(lee.cookies)
        home = lee.get(f"/councils/{COUNCIL}")
        self.assertEqual(lee.post("/sign-out", {"csrf": home.hidden("csrf")}).status, 303)
        self.assertEqual(lee.get(f"/councils/{COUNCIL}").status, 303)
        # Who kept the cookie has nothing by it, once the token is known to be over.
        deadline = time.monotonic() + 10
        while (stolen := Browser(self.port).get(f"/councils/{COUNCIL}/calls", cookies=kept)).status != 303:
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.05)
        self.assertEqual(stolen.status, 303)

    # F70
    def test_another_councils_things_are_nobodys_to_see_or_change(self):
        lee, other = self.who("lee"), self.who("else")
        call = self.log(lee)
        for path in [call, f"/councils/{COUNCIL}/calls", f"/councils/{COUNCIL}/triage", f"/councils/{COUNCIL}/scrutiny",
                     f"/councils/{COUNCIL}", f"/councils/{COUNCIL}/admin", f"/councils/{COUNCIL}/figures",
                     f"/councils/{COUNCIL}/problems", f"/councils/{COUNCIL}/actions", "/accounts/lee"]:
            page = other.get(path)
            self.assertNotIn("Drums every night", page.body, path)
            if path.endswith(("calls", "triage", "problems", "actions", COUNCIL)) or path == call:
                self.assertEqual(page.status, 403, path)
        for command, fields in [("withdraw-call", {"reason": "Mine now"}), ("accept-call", {"reason": "Mine"})]:
            self.assertEqual(other.fill(f"{call}/do/{command}", **fields).status, 403)
        # A foreign council in the body of one's own form.
        moved = other.fill(f"/councils/{OTHER}/do/create-team", **{
            "team.name": f"../../{COUNCIL}/teams/x", "team.title": "X", "team.wards": "E05900011"})
        self.assertIn(moved.status, (400, 403))
        self.assertEqual(lee.get("/accounts").status, 200)
        self.assertNotIn(">root<", lee.get("/accounts").body)
        self.assertEqual(lee.fill("/accounts/else/do/set-password", password="another password").status, 403)

    def test_no_form_of_elsewhere_and_no_forged_session_counts(self):
        lee, quill = self.who("lee"), self.who("quill")
        call = self.log(lee)
        form = lee.get(call + "/do/withdraw-call")
        fields = {"csrf": form.hidden("csrf"), "reason": "x"}
        theirs = quill.get(f"/councils/{COUNCIL}").hidden("csrf")
        for wrong in [{}, {"csrf": ""}, {"csrf": "0" * 64}, {"csrf": theirs}]:
            self.assertEqual(lee.post(call + "/do/withdraw-call", dict(fields, **wrong) if wrong else
                                      {"reason": "x"}).status, 403)
        for headers in [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec_Fetch_Site": "cross-site"},
                        {"Sec_Fetch_Site": "same-site"}]:
            self.assertEqual(lee.post(call + "/do/withdraw-call", fields, **headers).status, 403)
        self.assertEqual(lee.post(call + "/do/withdraw-call", fields, Content_Type="application/json").status, 400)
        token = lee.cookies["ccfa_session"].split(".")
        claims = json.loads(base64.urlsafe_b64decode(token[1] + "=" * (-len(token[1]) % 4)))
        claims["roles"] = ["administrator"]
        forged = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
        none = base64.urlsafe_b64encode(b'{"alg":"none","kid":"1"}').decode().rstrip("=")
        for session in [f"{token[0]}.{forged}.{token[2]}", f"{none}.{forged}.", "x", "a.b.c", "x" * 9000]:
            page = Browser(self.port).get(call, cookies={"ccfa_session": session})
            self.assertIn(page.status, (303, 400, 431), session[:40])
            self.assertNotIn("Drums", page.body)
        self.assertEqual(lee.get(call).status, 200)

    def test_words_are_words_wherever_they_are_written(self):
        lee = self.who("lee")
        call = self.log(lee, **{"details.summary": HOSTILE, "details.description": HOSTILE, "details.affected": HOSTILE,
                                "details.place.text": HOSTILE, "details.tried[0].contacted": HOSTILE,
                                "details.tried[0].answer": HOSTILE, "details.outcome_sought": HOSTILE})
        lee.fill(call + "/do/tell-caller", message=HOSTILE)
        lee.fill(call + "/do/ask-for-information", question=HOSTILE)
        hostile = urllib.parse.quote(HOSTILE)
        for path in [call, f"/councils/{COUNCIL}/calls", f"/councils/{COUNCIL}", f"/councils/{COUNCIL}/wards/E05900011",
                     f"/councils/{COUNCIL}/calls?q={hostile}", f"/councils/{COUNCIL}/calls?ward={hostile}",
                     f"/track?council={hostile}&number={hostile}", f"/sign-in?to={hostile}", f"/{hostile}",
                     f"/councils/{hostile}", f"{call}?done={hostile}", f"/councils/{COUNCIL}/figures?quarter={hostile}"]:
            page = lee.get(path)
            self.assertNotIn("<script>alert", page.body, path)
            self.assertNotIn("<img", page.body, path)
            self.assertNotIn("onerror=alert(1)>{{", page.body.replace("&gt;", ""), path)
            self.assertIn("script-src 'self'", page.headers["Content-Security-Policy"], path)
        again = lee.fill(call + "/do/accept-call", reason=HOSTILE)
        self.assertNotIn("<script>alert", again.body)

    def test_tricks_with_paths_bodies_and_where_to_go_lead_nowhere(self):
        lee = self.who("lee")
        for to in ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)",
                   "/x\r\nSet-Cookie: a=b"]:
            page = Browser(self.port)
            form = page.get("/sign-in?" + urllib.parse.urlencode({"to": to}))
            self.assertEqual(form.hidden("to"), "/", to)
            sent = page.post("/sign-in", {"csrf": form.hidden("csrf"), "to": to, "name": "lee", "password": PASSWORD})
            self.assertEqual((sent.status, sent.headers["Location"]), (303, "/"), to)
        for path in ["/councils/../../etc/passwd", "/assets/../console.cc", "/assets/%2e%2e/x", "/councils//calls",
                     "/councils/E08900001%2Fcalls", "/do/", "/do/nothing", "/councils/E08900001/do/accept-call",
                     "/councils/%00", "/councils/%ff", "/councils/E08900001/calls/x/do/accept-call/extra"]:
            self.assertIn(lee.get(path).status, (400, 403, 404), path)
        self.assertEqual(lee.ask("PUT", "/councils").status, 405)
        self.assertEqual(lee.post("/sign-in", {"csrf": "x", "name": "a" * 2_000_000}).status, 413)
        self.assertIn(lee.post(f"/councils/{COUNCIL}/do/log-call", [("a", "b")] * 1000).status, (400, 403))
        self.assertEqual(lee.get("/healthz").status, 200)

    def test_a_wrong_password_is_told_and_nothing_else(self):
        browser = Browser(self.port)
        for name, password in [("lee", "mistaken-password"), ("nobody", PASSWORD), ("", "no-name")]:
            page = browser.sign_in(name, password)
            self.assertEqual(page.status, 401)
            self.assertIn("govuk-error-summary", page.body)
            self.assertNotIn(password, page.body)

    def test_files_are_kept_and_pages_are_not(self):
        browser = Browser(self.port)
        page = browser.get("/")
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        style = re.search(r'href="(/assets/[^"]+css)"', page.body).group(1)
        plain = browser.get(style)
        self.assertIn("immutable", plain.headers["Cache-Control"])
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        self.addCleanup(connection.close)
        connection.request("GET", style, headers={"Accept-Encoding": "gzip"})
        packed = connection.getresponse()
        self.assertEqual(packed.headers["Content-Encoding"], "gzip")
        self.assertLess(len(packed.read()) + len(page.body), 100_000)
        self.assertEqual(browser.get(style, If_None_Match=plain.headers["ETag"]).status, 304)


if __name__ == "__main__":
    unittest.main()
