"""A record and its C struct that differ do not compile: `test_mismatch.py COMPILER`.

Each case breaks a copy of the C header, or of its description, in one place and compiles the
descriptions. Unbroken, they compile.
"""

import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
COMPILER = sys.argv.pop() if len(sys.argv) > 1 else "c++"


class Mismatch(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.copy = pathlib.Path(folder.name)
        for part in ("capi", "include"):
            shutil.copytree(ROOT / part, self.copy / part)

    def replace(self, name, old, new):
        path = self.copy / name
        text = path.read_text()
        self.assertEqual(text.count(old), 1, f"{old!r} in {name}")
        path.write_text(text.replace(old, new))

    def compiled(self):
        """What the compiler says; empty when it is content."""
        done = subprocess.run(
            [COMPILER, "-std=c++20", "-fsyntax-only", "-I", self.copy / "include",
             "-I", self.copy / "capi/include", "-x", "c++", self.copy / "capi/src/described.hpp"],
            capture_output=True, text=True, check=False)
        return "" if done.returncode == 0 else done.stderr

    def test_the_true_copy_compiles(self):
        self.assertEqual(self.compiled(), "")

    def test_a_field_that_the_record_alone_has(self):
        self.replace("include/renraku/records/person.hpp", "  std::string written;\n",
                     "  std::string written;\n  std::string note;\n")
        self.replace("include/renraku/described/person.hpp", "Phone, kind, digits, written",
                     "Phone, kind, digits, written, note")
        self.assertIn("the C struct lacks a member for a field of its record", self.compiled())

    def test_a_field_that_the_record_alone_describes_not(self):
        self.replace("include/renraku/records/person.hpp", "  std::string written;\n",
                     "  std::string written;\n  std::string note;\n")
        self.assertIn("does not name every field of the struct", self.compiled())

    def test_a_member_that_the_c_struct_alone_has(self):
        self.replace("capi/include/renraku/c/person.h", "  const char* digits; ",
                     "  const char* note;\n  const char* digits; ")
        self.assertIn("does not name every field of the struct", self.compiled())
        self.replace("capi/src/described.hpp", "struct_size, kind, digits, written",
                     "struct_size, kind, note, digits, written")
        self.assertIn("renraku_phone has a member that the record has not", self.compiled())

    def test_a_member_of_another_name(self):
        self.replace("capi/include/renraku/c/store.h", "  int64_t created;", "  int64_t made;")
        self.replace("capi/src/described.hpp", "kind, name, created", "kind, name, made")
        self.assertIn("the C struct lacks a member for a field of its record", self.compiled())

    def test_a_member_of_another_type(self):
        self.replace("capi/include/renraku/c/store.h", "  int64_t created;", "  int32_t created;")
        self.assertIn("has not the type that its field has in C", self.compiled())

    def test_a_list_without_its_length(self):
        self.replace("capi/include/renraku/c/store.h", "  uint64_t findings_count;\n", "")
        self.replace("capi/src/described.hpp", "findings, findings_count,", "findings,")
        self.assertIn("or for its _count", self.compiled())


if __name__ == "__main__":
    unittest.main()
