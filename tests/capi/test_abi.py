"""The binary interface of <renraku.h> against the committed baseline, by libabigail:
`test_abi.py [--update]`.

Read are the headers, each call made a body, so that compiler options and the library's inside leave
no trace in the baseline; tests/walls/test_symbols.py holds the library against the headers. What is
compatible, as a call or a field at the end of a struct is, passes; `--update` takes it into the
baseline, once a version with it is released.
"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
HEADERS = HERE.parents[1] / "capi/include"
BASELINE = HERE / "abi/renraku-1.abi"
INCOMPATIBLE = 8  # the bit of abidiff's exit code
CALL = re.compile(r"(?<=[;}])(\s*(?!\s*typedef)[^;{}()]*\brenraku_\w+\([^;{}]*\));")


def read_interface(headers, out):
    """Writes what the headers declare, as abidw tells it."""
    text = subprocess.run(["cc", "-E", "-P", "-I", headers, headers / "renraku.h"],
                          capture_output=True, text=True, check=True).stdout
    source = out.with_suffix(".c")
    source.write_text(CALL.sub(r"\1 { __builtin_trap(); }", text))
    library = out.with_suffix(".so")
    # From inside the folder, so that its name stays out of the baseline.
    subprocess.run(["cc", "-g", "-shared", "-fPIC", "-w", source.name, "-o", library.name],
                   cwd=out.parent, check=True)
    subprocess.run(["abidw", "--no-show-locs", "--no-comp-dir-path", "--no-corpus-path",
                    "--no-elf-needed", "--out-file", out, library], check=True)


def difference(headers, folder):
    """abidiff's exit code and words."""
    now = folder / BASELINE.name
    read_interface(headers, now)
    done = subprocess.run(["abidiff", BASELINE, now], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


class Abi(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def changed(self, name, old, new):
        """The difference that one replacement in a copy of the headers makes."""
        copy = self.folder / "include"
        shutil.copytree(HEADERS, copy)
        header = copy / "renraku/c" / name
        text = header.read_text()
        self.assertEqual(text.count(old), 1, old)
        header.write_text(text.replace(old, new))
        return difference(copy, self.folder)[0]

    def test_compatible_with_the_baseline(self):
        code, words = difference(HEADERS, self.folder)
        self.assertFalse(code & (INCOMPATIBLE | 3), words)

    def test_a_call_that_is_gone_is_seen(self):
        self.assertTrue(self.changed("base.h", "void renraku_text_free(char* text);", "")
                        & INCOMPATIBLE)

    def test_a_field_of_another_type_is_seen(self):
        self.assertTrue(self.changed("store.h", "  int64_t created;", "  int32_t created;") & 4)


if __name__ == "__main__":
    if not (shutil.which("abidw") and shutil.which("abidiff")):
        print("skipped: libabigail (abigail-tools) is not installed")
        sys.exit(77)
    if sys.argv[1:] == ["--update"]:
        with tempfile.TemporaryDirectory() as made:
            read_interface(HEADERS, pathlib.Path(made) / "renraku-1.abi")
            shutil.copy(pathlib.Path(made) / "renraku-1.abi", BASELINE)
    else:
        unittest.main()
