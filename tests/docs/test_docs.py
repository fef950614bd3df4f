"""The docs can't lie: links lead somewhere, commands exist, printed parts are what the code prints."""

import argparse
import pathlib
import re
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/**/*.md")]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s#]+)(?:#[^)]*)?\)")
FILE = re.compile(r"`((?:lib|include|capi|bindings|examples|tests|docs|cmake)/[\w./-]+\.\w+)`")
CASE = re.compile(r"`(\w+_test\.cpp): (\w+)`")
COMMAND = re.compile(r"\./dev ([a-z]+)")


class Docs(unittest.TestCase):
    build = ROOT / "build"

    def test_links_lead_somewhere(self):
        for page in PAGES:
            for target in LINK.findall(page.read_text(encoding="utf-8")):
                if not re.match(r"[a-z]+:", target):
                    self.assertTrue((page.parent / target).exists(), f"{page.name}: {target}")

    def test_files_named_are_there(self):
        for page in PAGES:
            for name in FILE.findall(page.read_text(encoding="utf-8")):
                self.assertTrue((ROOT / name).exists() or "<" in name, f"{page.name}: {name}")

    def test_test_cases_named_are_there(self):
        for page in PAGES:
            for file, case in CASE.findall(page.read_text(encoding="utf-8")):
                found = [path for path in ROOT.glob(f"tests/*/{file}")
                         if f"({case}" in path.read_text(encoding="utf-8")]
                self.assertTrue(found, f"{page.name}: {file}: {case}")

    def test_commands_named_exist(self):
        usage = subprocess.run([ROOT / "dev"], capture_output=True, text=True, check=True)
        known = set(COMMAND.findall(usage.stdout + usage.stderr))
        for page in PAGES:
            for command in COMMAND.findall(page.read_text(encoding="utf-8")):
                self.assertIn(command, known, page.name)

    def test_printed_parts_are_what_the_code_prints(self):
        made = subprocess.run(
            [sys.executable, ROOT / "docs/generate.py", "--build", self.build, "--check"],
            capture_output=True, text=True)
        self.assertEqual(made.returncode, 0, made.stdout + made.stderr)


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--build", type=pathlib.Path, default=Docs.build)
    arguments, rest = options.parse_known_args()
    Docs.build = arguments.build
    unittest.main(argv=[sys.argv[0], *rest])
