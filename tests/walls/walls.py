"""The walls of the house: reads the source tree and names each one that is broken.

`python3 tests/walls/walls.py [ROOT]` prints `file:line: wall: what` for each breach and exits 1 if
there is one. Which room may see which is read from lib/CMakeLists.txt (the renraku_room lines), so
that compiler and test hold the same list.
"""

import pathlib
import re
import subprocess
import sys
from typing import NamedTuple

LINES_MAX = 600  # a file longer than this is no longer one thing
CODE = {".cpp", ".hpp", ".h", ".c", ".py", ".pyi", ".js", ".mjs", ".css", ".html", ".cmake", ".sh"}
SOURCES = {".cpp", ".hpp", ".h", ".c"}
PARTS = ("lib", "include", "capi", "bindings", "examples")

# The public headers of the ground floor, which every room may include: these, and two folders.
GROUND = {"describe", "error", "export", "id", "json", "page", "time"}
GROUND_FOLDERS = ("records/", "described/")
# Third-party headers, and the one place of each.
GUARDED = (
    (re.compile(r"(sqlcipher/)?sqlite3(ext)?\.h$"), "lib/storage/engines/sqlcipher/"),
    (re.compile(r"(postgresql/)?libpq-fe\.h$"), "lib/storage/engines/postgresql/"),
    (re.compile(r"sodium(\.h$|/)"), "lib/crypto/"),
    (re.compile(r"unicode/"), "lib/text/"),
    (re.compile(r"toml\+\+/"), "lib/session/"),
    (re.compile(r"pybind11/"), "bindings/python/"),
    (re.compile(r"httplib\.h$"), "examples/server/"),
)
VAGUE = re.compile(r"(^|[_\-.])(utils?|helpers?|managers?)([_\-.]|$)", re.IGNORECASE)
# Written in pieces, so that this file does not name them either.
FORBIDDEN = (
    (re.compile(r"(?<![\w.\-/])/(work|root|tmp/w|home/\w+)/"), "a path of one machine"),
    (re.compile("registry" r"\.npmjs|registry" r"\.yarnpkg"), "a package registry's host"),
    (re.compile("deb" r"\.debian\.|security" r"\.debian\."), "a package registry's host"),
    (re.compile("pypi" r"\.org|files\.python" "hosted"), "a package registry's host"),
)
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


class Breach(NamedTuple):
    file: str
    line: int
    wall: str
    text: str

    def __str__(self):
        return f"{self.file}:{self.line}: {self.wall}: {self.text}"


class Include(NamedTuple):
    file: str  # from the root, with slashes
    line: int
    path: str

    @property
    def part(self):
        """lib, include, capi, bindings or examples."""
        return self.file.split("/")[0]

    @property
    def room(self):
        return self.file.split("/")[1] if self.part == "lib" else None

    def breach(self, wall, text):
        return Breach(self.file, self.line, wall, text)


def files(root):
    """What git tracks or would track; in a tree without git, all but build/."""
    listed = subprocess.run(
        ["git", "-C", str(root), "ls-files", "-co", "--exclude-standard", "-z"],
        capture_output=True, check=False,
    ) if (root / ".git").exists() else None
    if listed and listed.returncode == 0:
        names = [name for name in listed.stdout.decode().split("\0") if name]
    else:
        names = [path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()]
        names = [name for name in names if not name.startswith(("build/", ".git/"))]
    return sorted(name for name in names if (root / name).is_file())


def rooms(root):
    """Each room, lowest first, with the rooms it may include."""
    text = (root / "lib/CMakeLists.txt").read_text()
    found = {}
    for name, rest in re.findall(r"^renraku_room\(NAME (\w+)([^)]*)\)", text, re.MULTILINE):
        depends = re.search(r"DEPENDS ([^)]*?)(?: LINK|$)", rest)
        found[name] = set(depends.group(1).split()) if depends else set()
    return found


def includes(root, names):
    for name in names:
        if name.split("/")[0] in PARTS and pathlib.PurePath(name).suffix in SOURCES:
            lines = (root / name).read_text(errors="replace").splitlines()
            for number, line in enumerate(lines, 1):
                if match := INCLUDE.match(line):
                    yield Include(name, number, match.group(2))


def is_ground(public_path):
    """Whether include/<public_path> stands on the ground floor."""
    inside = public_path.removeprefix("renraku/")
    return inside.startswith(GROUND_FOLDERS) or inside.removesuffix(".hpp") in GROUND


def room_walls(include, may_see):
    """A room includes only rooms below it; the front uses the public interface."""
    first = include.path.split("/")[0]
    if include.path.startswith(("/", ".")) or "/../" in include.path:
        yield include.breach("rooms", f'"{include.path}" goes around the walls; write "room/file.hpp"')
    elif include.part == "lib":
        if include.path == "renraku.h":
            yield include.breach("floors", "the C API stands above every room")
        elif first == "renraku" and include.room != "session" and not is_ground(include.path):
            yield include.breach("floors", f"{include.path} stands above room {include.room}")
        elif first in may_see and first not in may_see[include.room] | {include.room}:
            yield include.breach("rooms", f"room {include.room} may not include {first}")
    elif include.part == "include":
        ground = is_ground(include.file.removeprefix("include/"))
        if first in may_see or include.path == "renraku.h":
            yield include.breach("floors", f"{include.path} in a public header of C++")
        elif first == "renraku" and ground and not is_ground(include.path):
            yield include.breach("floors", f"{include.path} stands above this header")
    elif first in may_see and "/" in include.path:
        yield include.breach("floors", f"{include.part} uses the public interface alone")


def guarded_walls(include):
    """Each third-party header has one place."""
    for pattern, place in GUARDED:
        if pattern.match(include.path) and not include.file.startswith(place):
            yield include.breach("third party", f"{include.path} belongs to {place} alone")


def noun_of(path):
    """people for domain/people/…; None for what stands in domain/ itself."""
    parts = path.removeprefix("lib/").split("/")
    return parts[1] if parts[0] == "domain" and len(parts) > 2 else None


def noun_walls(all_includes):
    """A noun is reached through its own header, and never in a circle."""
    reaches = {}
    for include in all_includes:
        here, there = noun_of(include.file) if include.part == "lib" else None, noun_of(include.path)
        if include.room != "domain" or there is None or here == there:
            continue
        if include.path != f"domain/{there}/{there}.hpp":
            yield include.breach("nouns", f"{there} is reached through domain/{there}/{there}.hpp")
        if here:
            reaches.setdefault(here, {}).setdefault(there, include)
    for start in sorted(reaches):
        if circle := circle_from(start, reaches):
            if start == min(circle):  # each circle once
                text = " -> ".join([*circle, start])
                yield reaches[start][(*circle, start)[1]].breach("nouns", f"a circle: {text}")


def circle_from(start, reaches):
    """The nouns of the shortest way from `start` back to itself, or None."""
    ways, seen = [[start]], set()
    for way in ways:
        for after in sorted(reaches.get(way[-1], ())):
            if after == start:
                return way
            if after not in seen:
                seen.add(after)
                ways.append([*way, after])
    return None


def file_walls(root, name):
    """No vague names, no endless files, nothing of one machine or one registry."""
    path = pathlib.PurePath(name)
    if any(VAGUE.search(part) for part in path.parts):
        yield Breach(name, 1, "names", "say what it does, not that it is of use")
    content = (root / name).read_bytes()
    if b"\0" in content[:8192]:
        return
    lines = content.decode(errors="replace").splitlines()
    if path.suffix in CODE and len(lines) > LINES_MAX:
        yield Breach(name, len(lines), "length", f"{len(lines)} lines, at most {LINES_MAX}")
    for number, line in enumerate(lines, 1):
        for pattern, what in FORBIDDEN:
            if pattern.search(line):
                yield Breach(name, number, "text", what)


def breaches(root):
    names = files(root)
    may_see = rooms(root)
    all_includes = list(includes(root, names))
    for include in all_includes:
        yield from room_walls(include, may_see)
        yield from guarded_walls(include)
    yield from noun_walls(all_includes)
    for name in names:
        yield from file_walls(root, name)


if __name__ == "__main__":
    top = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).parents[2]
    found = list(breaches(top))
    print(*found, sep="\n", end="\n" if found else "")
    sys.exit(1 if found else 0)
