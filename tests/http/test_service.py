"""The reference server's HTTP for others than a member at a page: vendors' applications, who enters
for a colleague, and who runs the service."""
import base64
import json
import os
import pathlib
import subprocess
import tempfile
import unittest
from datetime import datetime, timedelta, timezone

import renraku
from places import on_a_folder
from served import PASSWORD, Client, Server, WithServer, base, setUpModule, tearDownModule


class Applications(WithServer):
    """A vendor's program that has the documented text and a key, and nothing of ours."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.key = base() / "vendor.pem"
        subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", cls.key],
                       check=True, capture_output=True)
        public = subprocess.run(["openssl", "pkey", "-in", cls.key, "-pubout", "-outform", "DER"],
                                check=True, capture_output=True).stdout[-32:]
        cls.application = cls.client.ask("POST", "/api/v1/applications", {
            "name": "架空カルテ連携", "public_key": cls.base64url(public),
            "professions": ["city_officer"], "actions": ["evacuee_list", "municipality_change"],
            "expires": "2999-01-01T00:00:00.000000Z"}).json

    @staticmethod
    def base64url(data):
        return base64.urlsafe_b64encode(data).decode().rstrip("=")

    def authorization(self, login="hoka", **other):
        now = datetime.now(timezone.utc)
        said = {"application": self.application["id"], "municipality": "082112", "login": login,
                "factors": ["password"], "nonce": self.base64url(os.urandom(16))}
        said["issued_at"], said["expires_at"] = (
            time.strftime("%Y-%m-%dT%H:%M:%S.%fZ") for time in (now, now + timedelta(seconds=60)))
        text = "renraku1." + self.base64url(json.dumps(said | other).encode())
        unsigned = base() / "unsigned"
        unsigned.write_text(text)
        signature = subprocess.run(["openssl", "pkeyutl", "-sign", "-rawin", "-inkey", self.key,
                                    "-in", unsigned], check=True, capture_output=True).stdout
        return f"Renraku-Assertion {text}.{self.base64url(signature)}"

    def ask(self, method, path, body=None, **headers):
        return Client(self.server).ask(method, path, body, Origin=None, **headers)

    def search(self, authorization):
        return self.ask("POST", "/api/v1/evacuees/search", {"filter": {}, "after": "", "size": 3},
                        Authorization=authorization)

    def test_an_assertion_stands_in_for_cookie_origin_and_token(self):
        authorization = self.authorization()
        self.assertEqual(len(self.search(authorization).json["items"]), 3)
        self.refused(self.search(authorization), 401, "nonce")
        self.refused(self.search(self.authorization(login="kanri")), 401, "login")
        self.refused(self.search(self.authorization()[:-1]), 401, "")
        self.refused(self.ask("GET", "/api/v1/municipality", Authorization=self.authorization()),
                     403, "municipality_view")

    def test_it_enters_for_nobody_else(self):
        me = self.client.ask("GET", "/api/v1/session").json["member"]["id"]
        authorization = self.authorization()
        answer = self.ask("POST", "/api/v1/evacuees/search", {}, Authorization=authorization,
                          X_Renraku_On_Behalf_Of=me)
        self.refused(answer, 400, "colleague")
        self.assertEqual(self.search(authorization).status, 200, "it was not used up")

    def test_without_one_the_guards_stand(self):
        for authorization in [None, "Bearer x", "renraku-assertion x"]:
            self.refused(self.search(authorization), 403, "origin")
        self.refused(self.ask("POST", "/api/v1/session", {}, Authorization=self.authorization()),
                     403, "origin")


class Colleagues(WithServer):
    """代行入力: what is entered for somebody of the same office."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        office = cls.client.ask("POST", "/api/v1/organisations", {
            "kind": "visiting_nurse_station", "name": "架空訪問看護",
            "kana": "カクウホウモンカンゴ"}).json["id"]
        cls.ids = {login: cls.client.ask("POST", "/api/v1/members", {
            "login": login, "name": "看護 " + login, "roles": ["professional"],
            "profession": "nurse", "organisation": office, "password": PASSWORD}).json["id"]
            for login in ("daikou", "honnin")}
        cls.deputy = Client(cls.server)
        cls.deputy.sign_in("daikou")

    def add(self, colleague, **headers):
        return self.deputy.ask("POST", "/api/v1/patients", {
            "person": {"name": "代行　花子", "kana": "ダイコウ ハナコ"},
            "consent": {"form": "同意書", "date": "2024-04-01", "scopes": ["team"]},
            "role": "看護"}, X_Renraku_On_Behalf_Of=colleague, **headers)

    def test_the_journal_names_both(self):
        self.assertEqual(self.add(self.ids["honnin"]).status, 201)
        entry, = self.client.ask("GET", "/api/v1/journal?action=patient_add").json["items"]
        self.assertEqual((entry["member"], entry["on_behalf"]),
                         (self.ids["daikou"], self.ids["honnin"]))

    def test_it_is_for_one_request_with_its_guards(self):
        self.refused(self.add("honnin"), 400, "colleague")
        kanri = self.client.ask("GET", "/api/v1/session").json["member"]["id"]
        self.refused(self.add(kanri), 403, "deputise")
        self.refused(self.add(self.ids["honnin"], X_Renraku_Token="x"), 403, "token")
        self.deputy.ask("GET", "/api/v1/colleagues")
        entries = self.client.ask("GET", "/api/v1/journal?action=colleague_list").json["items"]
        self.assertEqual(int(entries[0]["on_behalf"].replace("-", ""), 16), 0)


class Backups(unittest.TestCase):
    """By order of who runs the service, and as the server's operator set them up."""

    key = renraku.make_backup_key()

    def setUp(self):
        place = tempfile.TemporaryDirectory(prefix="renraku-backups-")
        self.addCleanup(place.cleanup)
        self.place = pathlib.Path(place.name)

    def start(self, *settings):
        server = Server(*settings)
        self.addCleanup(server.stop)
        client = Client(server)
        return server, client

    @on_a_folder("a backup is made")
    def test_who_runs_the_service_has_them_made_where_the_server_was_told(self):
        server, client = self.start("--backup-folder", self.place, "--backup-key", self.key.public_half,
                                    "--backup-keep", "2")
        client.sign_in("unyo", municipality="")
        elsewhere = {"folder": str(self.place.parent), "file": "../x", "to_key": "", "keep": 0}
        made = [client.ask("POST", "/api/v1/backups", elsewhere).json for _ in range(3)]
        self.assertEqual([one["removed"] for one in made], [[], [], [made[0]["file"]]])
        there = {file.name: file.stat().st_size for file in self.place.iterdir()}
        self.assertEqual(there, {one["file"]: one["bytes"] for one in made[1:]})
        for number, file in enumerate(self.place.iterdir()):
            self.assertEqual(file.stat().st_mode & 0o777, 0o600)
            renraku.restore(file, base() / f"restored {number}", private_key=self.key.private_half)

    def test_nobody_else_has(self):
        server, client = self.start("--backup-folder", self.place, "--backup-key", self.key.public_half)
        for login in ("kanri", "senmon"):
            client.sign_in(login)
            answer = client.ask("POST", "/api/v1/backups", {})
            self.assertEqual((answer.status, answer.json["field"]), (403, "backup_make"))
        self.assertEqual(Client(server).ask("POST", "/api/v1/backups", {}).status, 401)
        self.assertEqual(list(self.place.iterdir()), [])

    def test_without_a_folder_there_are_none(self):
        _, client = self.start()
        client.sign_in("unyo", municipality="")
        answer = client.ask("POST", "/api/v1/backups", {})
        self.assertEqual((answer.status, answer.json["field"]), (404, "backup-folder"))

    def test_settings_that_do_not_hold_together_stop_the_start(self):
        for settings in [("--backup-folder", self.place), ("--backup-key", self.key.public_half),
                         ("--backup-folder", self.place / "none", "--backup-key", self.key.public_half),
                         ("--backup-keep", "-1")]:
            with self.assertRaises(RuntimeError):
                Server(*settings)


if __name__ == "__main__":
    unittest.main()
