"""The reference server's HTTP, from outside: guards, limits, headers, and what stays hidden."""
import http.client
import os
import pathlib
import re
import socket
import ssl
import subprocess
import tempfile
import unittest

from served import (PASSWORD, Client, Server, WithServer, address, base, setUpModule,
                    tearDownModule)

API = pathlib.Path(__file__).parents[2] / "examples/server/api"
# Routes that read: whatever is got, and the searches.
ROUTE = re.compile(r'{"(GET|POST(?=", "[^"]*/search"))", "([^"]+)"')
PARAMETER = re.compile(r"{\w+}")
# A line of the log, and which event it tells of.
LOGGED = re.compile(r"renraku-server: (?:info|warning|error) (\w+): [ -~]+$")
PLACES = ["秘密架空町", "0297999999", "0297-99-9999", "秘密地区", "秘密避難所"]


class Guards(WithServer):
    def test_headers_of_every_answer(self):
        for path in ["/", "/style.css", "/api/v1/session", "/nowhere"]:
            headers = Client(self.server).ask("GET", path).headers
            policy = headers["Content-Security-Policy"]
            for part in ["default-src 'none'", "script-src 'self'", "style-src 'self'",
                         "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"]:
                self.assertIn(part, policy)
            self.assertNotIn("unsafe", policy)
            self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
            self.assertEqual(headers["Referrer-Policy"], "no-referrer")
        self.assertEqual(self.client.ask("GET", "/api/v1/session").headers["Cache-Control"],
                         "no-store")

    def test_a_device_that_asks_for_it_is_remembered(self):
        typed = {"municipality": "082112", "login": "kanri", "password": PASSWORD}
        self.assertEqual(len(self.client.ask("POST", "/api/v1/session", typed).headers.get_all(
            "Set-Cookie")), 1)
        answer = Client(self.server).ask("POST", "/api/v1/session",
                                         typed | {"remember_device": True})
        device = answer.headers.get_all("Set-Cookie")[1]
        self.assertTrue(device.startswith("renraku-device="))
        for part in ["HttpOnly", "SameSite=Strict", "Max-Age=7776000"]:
            self.assertIn(part, device)
        self.assertEqual(Client(self.server).ask("GET", "/api/v1/session", Cookie=device).status,
                         401)  # it opens nothing

    def test_cookie_is_out_of_scripts_reach(self):
        cookie = Client(self.server).sign_in().headers["Set-Cookie"]
        for part in ["renraku=", "HttpOnly", "SameSite=Strict", "Path=/"]:
            self.assertIn(part, cookie)

    def test_a_change_from_elsewhere_is_refused(self):
        change = ("PUT", "/api/v1/municipality", {})
        for origin in [None, "http://evil.example", "null", self.server.url + ".evil.example"]:
            self.refused(self.client.ask(*change, Origin=origin), 403, "origin")
            self.refused(self.client.ask("POST", "/api/v1/session", {}, Origin=origin), 403,
                         "origin")
        for token in [None, "0" * 64, self.client.token[:-1]]:
            self.refused(self.client.ask(*change, X_Renraku_Token=token), 403, "token")
        other = Client(self.server)
        other.sign_in()
        self.refused(self.client.ask(*change, X_Renraku_Token=other.token), 403, "token")

    def test_another_name_for_this_server_is_refused(self):
        self.refused(self.client.ask("GET", "/api/v1/municipalities", Host="evil.example"), 421,
                     "host")

    def test_nobody_signed_in(self):
        stranger = Client(self.server)
        self.assertEqual(stranger.ask("GET", "/api/v1/evacuees").status, 401)
        forged = Client(self.server)
        forged.cookie = "renraku=" + "0" * 64
        self.assertEqual(forged.ask("GET", "/api/v1/evacuees").json["name"], "session_ended")

    def test_wrong_password_tells_nothing(self):
        known = Client(self.server).sign_in(login="hoka", password="wrong")
        unknown = Client(self.server).sign_in(login="nobody-of-this-name", password="wrong")
        self.assertEqual((known.status, known.body), (unknown.status, unknown.body))
        self.assertEqual(known.status, 401)

    def test_sign_out_ends_the_session(self):
        client = Client(self.server)
        client.sign_in()
        answer = client.ask("DELETE", "/api/v1/session")
        self.assertEqual(answer.status, 204)
        self.assertIn("Max-Age=0", answer.headers["Set-Cookie"])
        self.assertEqual(client.ask("GET", "/api/v1/session").status, 401)

    def test_no_path_leaves_the_pages(self):
        for path in ["/../config.cpp", "/..%2f..%2fetc%2fpasswd", "/%2e%2e/main.cpp", "//etc/passwd",
                     "/style.css/../../main.cpp", "/.%00/style.css", "/api/v1/../../main.cpp",
                     "/home.html", "/evacuees/"]:
            self.assertEqual(self.client.ask("GET", path).status, 404, path)

    def test_unknown_routes_and_methods(self):
        self.assertEqual(self.client.ask("GET", "/api/v1/nothing").status, 404)
        self.assertEqual(self.client.ask("DELETE", "/api/v1/members").status, 405)
        self.assertEqual(self.client.ask("GET", "/api/v1/evacuees/not-an-id").status, 400)
        self.assertEqual(self.client.ask("PATCH", "/api/v1/members", {}).status, 405)

    def test_input_that_is_none(self):
        search = ("POST", "/api/v1/evacuees/search")
        self.assertEqual(self.client.ask(*search, "{").json["name"], "invalid")
        self.assertEqual(self.client.ask(*search, "[" * 5000).status, 400)
        self.assertEqual(self.client.ask(*search, {"filter": {"label": "green"}}).json["field"],
                         "label")
        self.assertEqual(self.client.ask(*search, {"filters": {}}).status, 400)
        self.assertEqual(self.client.ask(*search, {}, Content_Type="text/plain").status, 415)
        self.assertEqual(self.client.ask("GET", "/api/v1/evacuees?size=x").status, 400)

    def test_roles_hold(self):
        client = Client(self.server)
        client.sign_in("senmon")
        for method, path, body in [("GET", "/api/v1/evacuees", None), ("POST", "/api/v1/check", {}),
                                   ("POST", "/api/v1/members", {"password": PASSWORD}),
                                   ("GET", "/api/v1/roster/export", None)]:
            answer = client.ask(method, path, body)
            self.assertEqual(answer.json["name"], "not_permitted", path)
            self.assertEqual(answer.status, 403)


class Limits(WithServer):
    settings = ("--body-max", "1000", "--upload-max", "5000", "--rate", "100000")

    def test_bodies_beyond_the_limit(self):
        for path, most in [("/api/v1/evacuees/search", 1000), ("/api/v1/roster/import", 5000)]:
            self.refused(self.client.ask("POST", path, " " * (most + 1)), 413, "body")

    def test_a_length_that_lies_or_is_hidden(self):
        def chunks():
            yield b" " * 900
            yield b" " * 900
        connection = self.client.connect()
        connection.request("POST", "/api/v1/evacuees/search", chunks(), {
            "Origin": self.server.url, "Content-Type": "application/json",
            "Cookie": self.client.cookie, "X-Renraku-Token": self.client.token})
        self.assertEqual(connection.getresponse().status, 413)
        connection.close()

    def test_headers_beyond_the_limit(self):
        many = {f"X_Header_{i}": "x" for i in range(100)}
        self.assertEqual(self.client.ask("GET", "/", **many).status, 431)
        self.assertEqual(self.client.ask("GET", "/?" + "x" * 5000).status, 431)

    def test_garbage_on_the_wire(self):
        host, port = self.server.host.split(":")
        for garbage in [b"\x16\x03\x01\x02\x00\x01", b"GET\r\n\r\n", b"\r\n" * 100,
                        b"POST / HTTP/1.1\r\nContent-Length: -5\r\n\r\n"]:
            with socket.create_connection((host, int(port)), timeout=60) as wire:
                wire.sendall(garbage)
                wire.shutdown(socket.SHUT_WR)
                while wire.recv(4096):
                    pass
        self.assertEqual(self.client.ask("GET", "/").status, 200)


class Rate(unittest.TestCase):
    def test_an_address_that_asks_too_often_waits(self):
        server = Server("--rate", "40")
        try:
            statuses = [Client(server).ask("GET", "/").status for _ in range(30)]
            self.assertEqual(statuses[:20], [200] * 20)
            self.assertIn(429, statuses)
        finally:
            server.stop()

    def test_signing_in_is_counted_by_itself(self):
        server = Server("--sign-in-rate", "4")
        try:
            client = Client(server)
            body = {"municipality": "082112", "login": "nobody", "password": "x"}
            answers = [client.ask("POST", "/api/v1/session", body) for _ in range(4)]
            self.assertEqual([answer.status for answer in answers[:2]], [401, 401])
            self.assertEqual(answers[-1].status, 429)
            self.assertTrue(answers[-1].headers["Retry-After"])
        finally:
            server.stop()


class Protection(WithServer):
    def test_a_hidden_place_is_in_no_answer(self):
        """Every way in which an officer who is not named could ask."""
        line = self.client.search("秘匿")["items"][0]
        other = Client(self.server)
        other.sign_in("hoka")
        person, evacuee = line["person"], line["id"]
        search = {"filter": {"text": "秘匿"}}
        asked = [("POST", "/api/v1/evacuees/search", search), ("GET", "/api/v1/evacuees", None),
                 ("POST", "/api/v1/people/search", search),
                 ("GET", f"/api/v1/evacuees/{evacuee}", None),
                 ("GET", f"/api/v1/people/{person}", None),
                 ("GET", f"/api/v1/journal?subject={person}", None),
                 ("GET", f"/api/v1/journal/history/{person}", None),
                 ("GET", "/api/v1/roster/suspects", None), ("GET", "/api/v1/roster/missing", None),
                 ("GET", "/api/v1/roster/conflicts", None),
                 ("GET", "/api/v1/roster/open-rows", None),
                 ("GET", "/api/v1/roster/export?encoding=utf-8-bom", None)]
        for method, path, body in asked:
            answer = other.ask(method, path, body)
            self.assertEqual(answer.status, 200, (path, answer.body))
            for place in PLACES:
                self.assertNotIn(place, answer.body.decode(), path)
        self.assertIn(PLACES[0], self.client.ask("GET", f"/api/v1/people/{person}").body.decode())
        # Nor does a filter tell where the person is.
        for words in PLACES:
            self.assertEqual(other.search(words)["items"], [], words)
        by_district = {"filter": {"district": "秘密地区"}}
        self.assertEqual(other.ask("POST", "/api/v1/evacuees/search", by_district).json["items"], [])
        refused = other.ask("PUT", f"/api/v1/people/{person}/protection",
                            {"revision": 1, "protection": None})
        self.assertIn(refused.status, (403, 409))


    def test_no_route_tells_a_stranger_a_place(self):
        """Every route that reads, read out of the server's source, as everybody there is."""
        line = self.client.search("秘匿")["items"][0]
        ids = [line["person"], line["id"]]
        routes = {route for source in API.glob("*.cpp")
                  for route in ROUTE.findall(source.read_text(encoding="utf-8"))}
        self.assertGreater(len(routes), 30)
        told = 0
        for login in ("kanri", "hoka", "senmon"):
            client = Client(self.server)
            if client.sign_in(login).status != 200:
                self.fail(login)
            for method, path in sorted(routes):
                for filled in {PARAMETER.sub(one, path) for one in ids}:
                    body = {"filter": {"text": "秘密"}} if method == "POST" else None
                    answer = client.ask(method, "/api/v1" + filled, body)
                    answer = answer.body.decode(errors="replace")
                    tells = any(place in answer for place in PLACES)
                    told += tells
                    self.assertFalse(tells and login != "kanri", (login, method, path))
        self.assertGreater(told, 3, "the named officer is told, or nothing was asked")


class Records(WithServer):
    def test_a_stale_revision_is_a_conflict(self):
        line = self.client.search("秋山　ハナ")["items"][0]
        path = f"/api/v1/evacuees/{line['id']}"
        entry = self.client.ask("GET", path).json
        self.assertEqual(self.client.ask("PUT", path, {**entry, "note": "一"}).status, 200)
        stale = self.client.ask("PUT", path, {**entry, "note": "二"})
        self.assertEqual((stale.status, stale.json["name"]), (409, "conflict"))

    def test_added_then_viewed(self):
        answer = self.client.ask("POST", "/api/v1/evacuees", {
            "person": {"name": "追加　一郎", "kana": "ツイカ イチロウ"},
            "evacuee": {"reference": "800"}})
        self.assertEqual(answer.status, 201, answer.body)
        self.assertEqual(self.client.search("追加　一郎")["items"][0]["reference"], "800")

    def test_an_erased_person_leaves_a_proof(self):
        added = self.client.ask("POST", "/api/v1/evacuees", {
            "person": {"name": "消去　一郎", "kana": "ショウキョ イチロウ"}, "evacuee": {}}).json
        path = f"/api/v1/people/{added['person']}"
        self.assertEqual(self.client.ask("POST", path + "/erasure", {"reason": "x"}).status, 400)
        erased = self.client.ask("POST", path + "/erasure", {"reason": "mistake"})
        self.assertEqual(erased.status, 200, erased.body)
        self.assertIn("reason mistake\n", erased.json["proof"])
        self.assertEqual(self.client.ask("GET", path).status, 404)
        self.assertEqual(self.client.ask("GET", path + "/erasure").json, erased.json)

    def test_who_looked_and_that_it_is_whole(self):
        person = self.client.search("秋山　ハナ")["items"][0]["person"]
        entries = self.client.ask("GET", f"/api/v1/journal?subject={person}").json["items"]
        self.assertIn("evacuee_list", {entry["action"] for entry in entries})
        self.assertEqual(self.client.ask("POST", "/api/v1/journal/verify", {}).json["state"],
                         "intact")
        self.assertTrue(self.client.ask("POST", "/api/v1/check", {}).json["sound"])

    def test_roster_in_and_out_leaves_no_file(self):
        text = "管理番号,氏名,フリガナ,生年月日,性別\r\n901,取込　太郎,トリコミ タロウ,S15.2.30,男\r\n"
        path = "/api/v1/roster/import?accept_large=true&district=%E8%B1%8A%E5%B2%A1&dry_run="
        with tempfile.TemporaryDirectory(prefix="renraku-scratch-") as place:
            server = Server("--scratch", place)
            try:
                client = Client(server)
                client.sign_in()
                dry = client.ask("POST", path + "true", text.encode("cp932"))
                self.assertEqual(dry.status, 200, dry.body)
                self.assertEqual(dry.json["encoding"], "cp932")
                self.assertEqual(dry.json["rejected"],
                                 [{"line": 2, "column": "生年月日", "reason": "invalid"}])
                self.assertEqual(client.ask("GET", "/api/v1/roster/open-rows").json["items"], [])
                out = client.ask("GET", "/api/v1/roster/export?encoding=cp932")
                self.assertEqual(out.status, 200, out.body)
                self.assertIn("attachment", out.headers["Content-Disposition"])
                self.assertIn("氏名", out.body.decode("cp932"))
                self.assertEqual(sum(1 for _ in pathlib.Path(place).rglob("*.csv")), 0)
            finally:
                server.stop()
            self.assertEqual(list(pathlib.Path(place).iterdir()), [])


class Process(unittest.TestCase):
    def test_it_ends_cleanly_and_says_nothing_personal(self):
        server = Server()
        client = Client(server)
        client.sign_in()
        client.search("秘匿　花子")
        client.sign_in("hoka", "chigau-kotoba-dake-13")
        code, said = server.stop()
        self.assertEqual(code, 0, said)
        for line in said.splitlines():
            self.assertRegex(line, LOGGED)
        told = [LOGGED.match(line)[1] for line in said.splitlines()]
        self.assertIn("store_opened", told)
        self.assertEqual(told[-1], "store_closed")
        for personal in ("秘匿", "花子", "kanri", "hoka", PASSWORD, "chigau", client.token,
                         client.cookie.partition("=")[2], *PLACES):
            self.assertNotIn(personal, said)

    def test_what_it_can_not_do_it_says(self):
        city, wrong = address(), base() / "wrong"
        wrong.write_bytes(bytes(32))
        for arguments, code in [([], 2), (["--store", city], 2), (["--nonsense", "1"], 2),
                                (["--store", city, "--host-key-file", wrong], 3),
                                (["--store", base() / "none", "--host-key-file", wrong], 5)]:
            run = subprocess.run([os.environ["RENRAKU_SERVER"], *arguments], capture_output=True,
                                 text=True, timeout=60,
                                 env={"PATH": os.environ["PATH"], "RENRAKU_HOME": str(base())})
            self.assertEqual(run.returncode, code, run.stderr)
            self.assertTrue(run.stderr)

    def test_settings_from_file_and_environment(self):
        config = base() / "config"
        config.write_text("# a comment\nrate = 4\norigin = https://renraku.city.example\n")
        server = Server("--config", config, RENRAKU_SERVER_RATE="100000")
        try:
            self.assertEqual(Client(server).ask("GET", "/").status, 421)
            statuses = {Client(server).ask("GET", "/", Host="renraku.city.example").status
                        for _ in range(10)}
            self.assertEqual(statuses, {200})
        finally:
            server.stop()


class Tls(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.base = base()
        for name, subject, extra in [("authority", "authority", []),
                                     ("server", "server", ["-addext",
                                                           "subjectAltName=IP:127.0.0.1"]),
                                     ("client", "client", []), ("renewed", "client", [])]:
            signed = [] if name == "authority" else ["-CA", cls.base / "authority.pem", "-CAkey",
                                                     cls.base / "authority.key"]
            subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                            "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
                            f"/O=常総市/CN=renraku test {subject}", "-utf8", "-keyout",
                            cls.base / f"{name}.key", "-out", cls.base / f"{name}.pem", *signed,
                            *extra], check=True, capture_output=True)

    def start(self):
        return Server("--tls-certificate", self.base / "server.pem", "--tls-key",
                      self.base / "server.key", "--client-authority", self.base / "authority.pem")

    def client(self, server, name):
        """Somebody whose browser holds this certificate."""
        context = ssl.create_default_context(cafile=self.base / "authority.pem")
        context.load_cert_chain(self.base / f"{name}.pem", self.base / f"{name}.key")
        return Client(server, context)

    def test_the_certificate_that_tls_verified_is_the_second_factor(self):
        server = self.start()
        try:
            kanri = self.client(server, "client")
            kanri.sign_in()
            member = self.client(server, "client").sign_in("senmon").json["member"]["id"]
            path = f"/api/v1/members/{member}/certificates"
            bound = kanri.ask("POST", path, {"issuer": "CN=renraku test authority,O=常総市",
                                             "subject": "CN=renraku test client,O=常総市"})
            self.assertEqual(bound.status, 200, bound.body)
            for name in ["client", "renewed"]:
                senmon = self.client(server, name)
                self.assertEqual(senmon.sign_in("senmon").json["second_factor"], "present")
                sessions = senmon.ask("GET", f"/api/v1/members/{member}/sessions").json
                self.assertEqual(sessions[0]["authentication"], "password+certificate")
            shown = senmon.ask("GET", "/api/v1/session/certificate").json
            self.assertEqual(shown["subject"], "CN=renraku test client,O=常総市")
            self.assertEqual(len(shown["fingerprint"]), 64)
            # Of the same authority, and somebody else's.
            refused = self.client(server, "server").sign_in("senmon")
            self.assertEqual((refused.status, refused.json["name"]), (401, "second_factor"))
            kanri.ask("POST", path + "/revoke", {"id": bound.json["id"]})
            self.assertEqual(self.client(server, "server").sign_in("senmon").status, 200)
        finally:
            server.stop()

    def test_cookie_prefix_and_client_certificates(self):
        server = self.start()
        try:
            context = ssl.create_default_context(cafile=self.base / "authority.pem")
            with self.assertRaises((ssl.SSLError, ConnectionError, http.client.HTTPException)):
                Client(server, context).ask("GET", "/")
            context.load_cert_chain(self.base / "client.pem", self.base / "client.key")
            answer = Client(server, context).sign_in()
            self.assertEqual(answer.status, 200)
            self.assertTrue(answer.headers["Set-Cookie"].startswith("__Host-renraku="))
            self.assertIn("; Secure", answer.headers["Set-Cookie"])
            self.assertIn("max-age", answer.headers["Strict-Transport-Security"])
        finally:
            server.stop()


if __name__ == "__main__":
    unittest.main()
