"""Writes the parts of docs/ that the code itself prints, between their marks.

    generate.py --build BUILD [--check]

`--check` writes nothing and says which page is not what the code prints.
"""

import argparse
import pathlib
import re
import subprocess
import sys

DOCS = pathlib.Path(__file__).resolve().parent


def noun_commit():
    """The diffstat of the commit that added organisations, as adding-a-noun.md quotes it."""
    git = ["git", "-C", DOCS.parent]
    found = subprocess.run(
        [*git, "log", "--format=%H", "--grep=^Organisations, by the book"], capture_output=True, text=True
    ).stdout.split()
    if not found:
        return None  # no history here, e.g. in a released archive
    stat = subprocess.run(
        [*git, "show", "--stat=100", "--format=", found[-1]], capture_output=True, text=True
    ).stdout
    return "```\n" + stat.rstrip() + "\n```\n"


def policy(build):
    return subprocess.run([build / "tests/docs/policy_page"], check=True, capture_output=True,
                          text=True).stdout


def pages(build):
    """(page, name of the mark, text)"""
    yield DOCS / "policy.md", "policy", policy(build)
    stat = noun_commit()
    if stat:
        yield DOCS / "adding-a-noun.md", "diffstat", stat


def filled(text, mark, content):
    pattern = re.compile(rf"(<!-- {mark}: made by ./dev docs -->\n).*?(<!-- end -->)", re.DOTALL)
    new, count = pattern.subn(lambda m: m.group(1) + content + m.group(2), text)
    if count != 1:
        raise SystemExit(f"the page has no place called {mark}")
    return new


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--build", type=pathlib.Path, required=True)
    options.add_argument("--check", action="store_true")
    arguments = options.parse_args()
    stale = []
    for page, mark, content in pages(arguments.build.resolve()):
        old = page.read_text(encoding="utf-8")
        new = filled(old, mark, content)
        if new == old:
            continue
        stale.append(page.name)
        if not arguments.check:
            page.write_text(new, encoding="utf-8")
    for name in stale:
        print(f"{name}: {'is not what the code prints; run ./dev docs' if arguments.check else 'written'}")
    return 1 if stale and arguments.check else 0


if __name__ == "__main__":
    sys.exit(main())
