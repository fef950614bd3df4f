"""What the deliveries let out, read with nm: `test_symbols.py BUILD_FOLDER`.

A host with its own SQLite whose calls reach ours, or the other way round, writes plaintext without
an error; so not one name of a third party may leave.
"""

import pathlib
import re
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(sys.argv.pop()) if len(sys.argv) > 1 else pathlib.Path("build")
# Inline functions of the standard library and of Boost's and fmt's headers may be shared with the
# host: they are weak, and the same in both.
STRONG = set("TDBRGS")


def defined(*options):
    """(kind, name) of each global symbol that is defined."""
    listed = subprocess.run(["nm", "--defined-only", "--extern-only", *options],
                            capture_output=True, text=True, check=True)
    rows = (line.split() for line in listed.stdout.splitlines())
    return [(row[1], row[2]) for row in rows if len(row) == 3]


def declared():
    """Every function that <renraku.h> declares."""
    text = subprocess.run(["cc", "-E", "-P", "-I", ROOT / "capi/include",
                           ROOT / "capi/include/renraku.h"],
                          capture_output=True, text=True, check=True).stdout
    return set(re.findall(r"\b(renraku_\w+)\(", text))


class Deliveries(unittest.TestCase):
    def setUp(self):
        self.library = BUILD / "librenraku.so"
        if not self.library.exists():
            self.skipTest("the C API is not built")

    def test_the_c_library_exports_what_its_header_declares(self):
        names = {name for kind, name in defined("-D", self.library) if kind != "A"}
        expected = {f"{name}@@RENRAKU_1" for name in declared()}
        self.assertGreater(len(expected), 100)
        self.assertEqual(names - expected, set(), "exported, and in no header")
        self.assertEqual(expected - names, set(), "in a header, and not exported")

    def test_the_c_library_needs_no_sqlite(self):
        needed = subprocess.run(["readelf", "--dynamic", self.library], capture_output=True,
                                text=True, check=True).stdout
        self.assertIn("(NEEDED)", needed)
        self.assertNotRegex(needed, r"NEEDED.*(sqlite|sqlcipher)")

    def test_the_cpp_library_has_whatever_the_public_headers_declare(self):
        """The C bridge calls all of the C++ API and is compiled from its public headers alone: what
        it calls, a host can call."""
        objects = list((BUILD / "CMakeFiles/renraku.dir/capi/src").glob("*.o"))
        self.assertNotEqual(objects, [])
        listed = subprocess.run(["nm", "--undefined-only", *objects], capture_output=True,
                                text=True, check=True).stdout
        called = set(re.findall(r"U (_ZT?I?N?K?7renraku\w+|_ZNK?7renraku\w+)", listed))
        self.assertGreater(len(called), 40)
        bridge = {name for _, name in defined(*objects)}
        present = {name for _, name in defined(BUILD / "librenraku_cpp.a")}
        self.assertEqual(called - bridge - present, set(), "not marked RENRAKU_API")

    def test_the_cpp_library_defines_renraku_alone(self):
        found = defined(BUILD / "librenraku_cpp.a")
        self.assertNotEqual(found, [])
        strange = [name for kind, name in found
                   if kind in STRONG and not re.match(r"_Z\w*7renraku", name)]
        self.assertEqual(strange, [])

    def test_no_third_party_is_named(self):
        names = [name for _, name in defined(BUILD / "librenraku_cpp.a")]
        third = [name for name in names
                 if re.match(r"(sqlite3|sqlcipher|sodium|crypto_|randombytes|EVP_|u_|ucnv_)", name)]
        self.assertEqual(third, [])


if __name__ == "__main__":
    unittest.main()
