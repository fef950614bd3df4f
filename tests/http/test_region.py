"""The reference server with the stores of a region."""
import time
import unittest

import renraku
import served
from places import Place
from served import PASSWORD, Client, Server, address, base, setUpModule, tearDownModule

HITACHI = "082023"


class Region(unittest.TestCase):
    """The city's store, and a second one with 日立市, which the directory does not name at first."""

    def setUp(self):
        self.file = base() / "region.toml"
        self.write(self.entry("082112", address(), base(), "常総市"))
        self.server = Server("--rate", "1000000", region=self.file)
        self.addCleanup(self.server.stop)
        self.client = Client(self.server)

    @staticmethod
    def entry(code, address, home, name=""):
        named = f'name = "{name}"\n' if name else ""
        return f"[{code}]\n{named}address = '{address}'\nhome = '{home}'\n"

    def write(self, text):
        beside = self.file.with_suffix(".new")
        beside.write_text(text, encoding="utf-8")
        beside.rename(self.file)

    def add_second(self):
        folder = base() / "second"
        folder.mkdir()
        second = Place(folder)
        self.addCleanup(second.close)
        key = (base() / "key").read_bytes()
        with renraku.create(second.address, host_key=key, home=folder) as store:
            store.add_municipality(HITACHI, "日立市", login="kanri", password=PASSWORD)
        served.city.be_home()
        self.write(self.entry("082112", address(), base(), "常総市")
                   + self.entry(HITACHI, second.address, folder))

    def test_a_municipality_is_added_while_the_server_runs(self):
        names = self.client.ask("GET", "/api/v1/municipalities").json
        self.assertEqual(names, [{"code": "082112", "name": "常総市"}])
        self.assertEqual(self.client.sign_in(municipality=HITACHI).status, 404)
        self.assertEqual(self.client.sign_in().status, 200)
        self.add_second()
        deadline = time.monotonic() + 30  # it is looked at once a second, when somebody asks
        while len(self.client.ask("GET", "/api/v1/municipalities").json) == 1:
            self.assertLess(time.monotonic(), deadline)
        other = Client(self.server)
        self.assertEqual(other.sign_in(municipality=HITACHI).status, 200)
        # Each session is in its own store, and what a browser keeps says in which.
        self.assertEqual(other.ask("GET", "/api/v1/municipality").json["name"], "日立市")
        self.assertEqual(self.client.ask("GET", "/api/v1/municipality").json["name"], "常総市")
        swapped = other.cookie.replace(HITACHI, "082112")
        self.assertNotEqual(swapped, other.cookie)
        self.assertEqual(other.ask("GET", "/api/v1/session", Cookie=swapped).status, 401)
        bare = "renraku=" + other.cookie.partition(".")[2]
        self.assertEqual(other.ask("GET", "/api/v1/session", Cookie=bare).status, 401)
        self.assertEqual(other.ask("POST", "/api/v1/check", {}).json["sound"], True)
        names = self.client.ask("GET", "/api/v1/municipalities").json
        self.assertEqual(names, [{"code": HITACHI, "name": HITACHI},
                                 {"code": "082112", "name": "常総市"}])


if __name__ == "__main__":
    unittest.main()
