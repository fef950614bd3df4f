"""The `///` comments of the public headers, by what they stand at: `header_comments.py INCLUDE OUT`.

Writes C++ initialisers `{"Person.name", "…"},` for classes, fields, functions and enumerators, so
that Python's documentation is the headers' own. Of functions of one name the first with a comment
counts.
"""

import pathlib
import re
import sys

SCOPE = re.compile(r"^(?:enum class|struct|class)\s+(?:RENRAKU_API\s+)?(\w+)\b.*\{")
TRAILING = re.compile(r"^(\w+)\s*(?:=[^,]*)?,?\s*///<\s*(.*)$")
FUNCTION = re.compile(r"(\w+)\(")
FIELD = re.compile(r"(\w+)\s*(?:=[^;]*)?;")
ONE_LINE_ENUM = re.compile(r"^enum class .*\};$")


def comments(text):
    """Pairs of a name and its comment, in the order of the header."""
    scope, waiting = "", []
    for line in (line.strip() for line in text.splitlines()):
        if line.startswith("///"):
            waiting.append(line[3:].strip())
            continue
        name = ""
        if found := SCOPE.match(line):
            name = found[1]
            scope = "" if ONE_LINE_ENUM.match(line) else name
        elif line.startswith("};"):
            scope = ""
        elif scope and (found := TRAILING.match(line)):
            yield f"{scope}.{found[1]}", found[2]
        elif scope and (found := FUNCTION.search(line) or FIELD.search(line)):
            name = f"{scope}.{found[1]}"
        if waiting and name:
            yield name, "\n".join(waiting)
        waiting = []


def as_cpp(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def main(include, out):
    found = {}
    for header in sorted(pathlib.Path(include).rglob("*.hpp")):
        for name, comment in comments(header.read_text(encoding="utf-8")):
            found.setdefault(name, comment)
    lines = [f"{{{as_cpp(name)}, {as_cpp(comment)}}},\n" for name, comment in found.items()]
    pathlib.Path(out).write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
