"""What the deliveries let out, read with nm: `test_symbols.py BUILD_FOLDER`.

A host with its own SQLite whose calls reach ours, or the other way round, writes plaintext without
an error; so not one name of a third party may leave.
"""

import pathlib
import re
import subprocess
import sys
import unittest

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


class Deliveries(unittest.TestCase):
    def test_the_c_library_exports_renraku_alone(self):
        library = BUILD / "librenraku.so"
        if not library.exists():
            self.skipTest("the C API is not built")
        names = [name for kind, name in defined("-D", library) if kind != "A"]
        self.assertNotEqual(names, [])
        strange = [name for name in names if not re.fullmatch(r"renraku_\w+@@RENRAKU_1", name)]
        self.assertEqual(strange, [])

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
