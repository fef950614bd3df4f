"""The tree keeps its walls, and each kind of breach planted in a small tree is named."""

import pathlib
import tempfile
import unittest

import walls

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Tree(unittest.TestCase):
    def test_no_wall_is_broken(self):
        found = [str(breach) for breach in walls.breaches(ROOT)]
        self.assertEqual(found, [], "\n" + "\n".join(found))

    def test_the_walls_are_looked_at(self):
        self.assertEqual(list(walls.rooms(ROOT))[0], "base")
        self.assertIn("storage", walls.rooms(ROOT)["session"])
        self.assertTrue(any(walls.includes(ROOT, walls.files(ROOT))))


class Planted(unittest.TestCase):
    """A tree of one sound file a room, into which one breach is planted at a time."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.plant("lib/CMakeLists.txt", (ROOT / "lib/CMakeLists.txt").read_text())
        self.plant("lib/text/kana.cpp", '#include "text/kana.hpp"\n#include <unicode/uchar.h>\n')
        self.plant("lib/domain/people/people.cpp", '#include <renraku/records/person.hpp>\n')
        self.plant("lib/session/people.cpp", '#include <renraku/people.hpp>\n')
        self.plant("include/renraku/people.hpp", "#include <renraku/id.hpp>\n#include <string>\n")
        self.plant("bindings/python/module.cpp", '#include <pybind11/pybind11.h>\n')

    def plant(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def assert_named(self, name, line, wall):
        found = [(breach.file, breach.line, breach.wall) for breach in walls.breaches(self.root)]
        self.assertEqual(found, [(name, line, wall)])

    def test_a_sound_tree(self):
        self.assertEqual(list(walls.breaches(self.root)), [])

    def test_a_higher_room(self):
        self.plant("lib/text/fold.cpp", '#include <string>\n#include "storage/database.hpp"\n')
        self.assert_named("lib/text/fold.cpp", 2, "rooms")

    def test_a_way_around(self):
        self.plant("lib/text/fold.cpp", '#include "../storage/database.hpp"\n')
        self.assert_named("lib/text/fold.cpp", 1, "rooms")

    def test_a_higher_public_header(self):
        self.plant("lib/domain/people/find.cpp", "#include <renraku/people.hpp>\n")
        self.assert_named("lib/domain/people/find.cpp", 1, "floors")

    def test_the_c_api_in_a_room(self):
        self.plant("lib/session/c.cpp", "#include <renraku.h>\n")
        self.assert_named("lib/session/c.cpp", 1, "floors")

    def test_a_ground_header_that_looks_up(self):
        self.plant("include/renraku/records/person.hpp", "#include <renraku/people.hpp>\n")
        self.assert_named("include/renraku/records/person.hpp", 1, "floors")

    def test_a_room_in_a_public_header(self):
        self.plant("include/renraku/store.hpp", '#include "storage/database.hpp"\n')
        self.assert_named("include/renraku/store.hpp", 1, "floors")

    def test_a_room_in_an_example(self):
        self.plant("examples/server/main.cpp", '#include "domain/people/people.hpp"\n')
        self.assert_named("examples/server/main.cpp", 1, "floors")

    def test_third_party_headers_out_of_place(self):
        for header in ("sqlite3.h", "libpq-fe.h", "sodium.h", "unicode/uchar.h", "httplib.h"):
            with self.subTest(header):
                self.plant("lib/access/journal.cpp", f"#include <{header}>\n")
                self.assert_named("lib/access/journal.cpp", 1, "third party")

    def test_a_noun_by_the_back_door(self):
        self.plant("lib/domain/evacuees/list.cpp", '#include "domain/people/rows.hpp"\n')
        self.assert_named("lib/domain/evacuees/list.cpp", 1, "nouns")

    def test_nouns_in_a_circle(self):
        for here, there in (("people", "teams"), ("teams", "posts"), ("posts", "people")):
            self.plant(f"lib/domain/{here}/x.cpp", f'#include "domain/{there}/{there}.hpp"\n')
        self.assert_named("lib/domain/people/x.cpp", 1, "nouns")

    def test_vague_names(self):
        for name in ("string_utils.hpp", "helper.py", "store-manager.js"):
            with self.subTest(name):
                self.plant(f"lib/base/{name}", "")
                self.assert_named(f"lib/base/{name}", 1, "names")
                (self.root / "lib/base" / name).unlink()

    def test_an_endless_file(self):
        self.plant("examples/server/pages/app.js", ";\n" * (walls.LINES_MAX + 1))
        self.assert_named("examples/server/pages/app.js", walls.LINES_MAX + 1, "length")

    def test_one_machine_and_registries(self):
        for text in ("/wo" "rk/main", "/ho" "me/ann/x", "registry." "npmjs.org", "deb." "debian.org"):
            with self.subTest(text):
                self.plant("docs/page.md", f"\nsee {text}/x\n")
                self.assert_named("docs/page.md", 2, "text")


if __name__ == "__main__":
    unittest.main()
