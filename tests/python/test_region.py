"""Many stores behind one door, in a program and on the command line."""

import json
import unittest

import renraku
from city import CODE, HOST_KEY, PASSWORD, CityCase
from places import Place

HITACHI = "082023"


class Regions(CityCase):
    """The city's store, a second one with 日立市, and a directory of both."""

    def setUp(self):
        super().setUp()
        self.session = None
        self.store.close()
        second = self.folder / "second"
        second.mkdir()
        self.second = Place(second)
        self.addCleanup(self.second.close)
        with renraku.create(self.second.address, host_key=HOST_KEY) as store:
            store.add_municipality(HITACHI, "日立市", login="kanri", password=PASSWORD)
        self.file = self.folder / "region.toml"
        self.write(self.entry(CODE, self.address, self.folder, "常総市"))

    @staticmethod
    def entry(code, address, home, name=""):
        named = f'name = "{name}"\n' if name else ""
        return f"[{code}]\n{named}address = '{address}'\nhome = '{home}'\n"

    def write(self, text):
        beside = self.file.with_suffix(".new")
        beside.write_text(text, encoding="utf-8")
        beside.rename(self.file)

    def write_both(self):
        self.write(self.entry(CODE, self.address, self.folder, "常総市")
                   + self.entry(HITACHI, self.second.address, self.second.folder))

    def region(self):
        region = renraku.Region(self.file, host_key=HOST_KEY)
        self.addCleanup(region.close)
        return region

    def names(self, region, code):
        with region.store(code) as store, store.sign_in(code, "kanri", PASSWORD) as session:
            return session.municipality.view().name

    def test_each_municipality_in_its_store(self):
        region = self.region()
        self.assertEqual(self.names(region, CODE), "常総市")
        with self.assertRaises(renraku.NotFound) as unknown:
            region.store(HITACHI)
        self.assertEqual(unknown.exception.field, "municipality")
        self.write_both()
        region.reload()
        self.assertEqual(self.names(region, HITACHI), "日立市")
        self.assertEqual([(each.code, each.name) for each in region.municipalities()],
                         [(HITACHI, ""), (CODE, "常総市")])

    def test_a_broken_directory_changes_nothing(self):
        region = self.region()
        self.write(f"[{CODE}]\naddress = himitsu\n")
        with self.assertRaises(renraku.Invalid) as broken:
            region.reload()
        self.assertEqual(broken.exception.field, "region")
        self.assertIn("line 2", str(broken.exception))
        self.assertNotIn("himitsu", str(broken.exception))
        self.assertEqual(self.names(region, CODE), "常総市")
        with self.assertRaises(renraku.Invalid):
            renraku.Region(self.file, host_key=HOST_KEY)
        with self.assertRaises(renraku.Io):
            renraku.Region(self.folder / "none", host_key=HOST_KEY)

    def test_closed(self):
        with renraku.Region(self.file, host_key=HOST_KEY) as region:
            store = region.store(CODE)
            with region.store(CODE) as other:
                pass
            with self.assertRaises(renraku.InvalidArgument):
                other.municipalities()
        with self.assertRaises(renraku.InvalidArgument):
            region.store(CODE)
        self.assertEqual([city.name for city in store.municipalities()], ["常総市"])
        store.close()

    def command(self, *words, code=0, **variables):
        done = self.run_renraku(*words, **({"RENRAKU_STORE": None} | variables))
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done.stdout

    def test_the_command_line(self):
        of = ("--region", self.file)
        members = json.loads(self.command("members", "list", "--json", *of))
        self.assertEqual([member["login"] for member in members], ["kanri"])
        self.write_both()
        self.command("members", "list", *of, code=2)  # which one?
        members = json.loads(self.command("members", "list", "--json", *of, "--municipality", HITACHI))
        self.assertEqual(members[0]["municipality"], HITACHI)
        self.command("check", "--municipality", CODE, RENRAKU_REGION=str(self.file))
        self.command("check", *of, "--municipality", "082031", code=5)
        self.command("check", *of, "--store", self.address, code=2)


if __name__ == "__main__":
    unittest.main()
