"""The docs can't lie: links lead somewhere, commands exist, printed parts are what the code prints."""

import argparse
import itertools
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
KINDS = {"@sealed": "sealed", "@sealed_bytes": "sealed", "@keyed": "keyed", "@keyed_bytes": "keyed", "@keyed_set": "keyed",
         "@ordered": "ordered", "@bound": "bound"}
#: Tables of which a server has no columns.
VOUCHED = re.compile(r"CREATE TABLE (\w+) \((?:(?!;).)*?\) @vouched", re.S)
COMMAND = re.compile(r"\./dev ([a-z]+)")


def columns_of(script):
    """{table: {kind: {column, …}}} of what the scripts leave behind."""
    tables = {}
    lines = [line for line in script.splitlines() if not line.startswith("@embedded")]
    for statement in "\n".join(lines).split(";"):
        words = statement.split()
        if words[:2] == ["CREATE", "TABLE"]:
            columns = tables[words[2]] = {}
            for line in statement.split("(", 1)[1].rsplit(")", 1)[0].strip().split(",\n"):
                name, type_ = line.split()[:2]
                if name not in ("UNIQUE", "PRIMARY"):
                    columns.setdefault(KINDS.get(type_, "open"), set()).add(name)
        elif words[:2] == ["ALTER", "TABLE"]:
            table, (name, type_) = tables[words[2]], words[5:7]
            table.setdefault(KINDS.get(type_, "open"), set()).add(name)
        elif words[:2] == ["DROP", "TABLE"]:
            del tables[words[2]]
    return tables


def columns_told(page):
    """The same, as the page's table has it."""
    head = ["table", "sealed", "keyed", "ordered", "bound", "open"]
    rows = page[page.index(f"| {' | '.join(head)} |"):].splitlines()[2:]
    tables = {}
    for row in itertools.takewhile(lambda row: row.startswith("|"), rows):
        name, *cells = (re.findall(r"`(\w+)`", cell) for cell in row.split("|")[1:7])
        tables[name[0]] = {kind: set(cell) for kind, cell in zip(head[1:], cells) if cell}
    return tables


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

    def test_what_a_server_sees_is_told_of_every_column(self):
        made = subprocess.run([self.build / "tests/docs/schema_scripts"], check=True,
                              capture_output=True, text=True).stdout
        # And the tables that the engine makes for itself, with nothing of a record in them.
        engine = "".join(path.read_text(encoding="utf-8")
                         for path in ROOT.glob("lib/storage/engines/postgresql/**/*.cpp"))
        own = set(re.findall(r"CREATE TABLE (?:IF NOT EXISTS )?(renraku_\w+)", engine))
        page = (ROOT / "docs/security.md").read_text(encoding="utf-8")
        vouched = set(VOUCHED.findall(made))
        named = page[page.index("calls `@vouched`"):]
        self.assertEqual(vouched, set(re.findall(r"`(\w+)`", named[:named.index(") lie there")])))
        told = columns_told(page)
        self.assertEqual(own, {name for name in told if name.startswith("renraku_")})
        told = {name: kinds for name, kinds in told.items() if name not in own}
        self.maxDiff = None
        seen = {name: kinds for name, kinds in columns_of(made).items() if name not in vouched}
        self.assertEqual(seen, told)

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
