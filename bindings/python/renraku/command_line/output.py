"""What is printed: the result to standard output, everything else to standard error."""

import csv
import io
import json
import logging
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import renraku

_BAR_WIDTH = 30
#: A spreadsheet takes a cell that begins with one of these for a formula.
_FORMULA = tuple("=+-@＝＋－＠\t\r\n")


def speak_utf8() -> None:
    """Whatever the locale says: names have no other encoding that holds them."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def note(text: str, end: str = "\n") -> None:
    print(text, end=end, file=sys.stderr, flush=True)


def note_log() -> None:
    """From here on, what the library has to say is printed, too."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(levelname)s %(event)s: %(message)s"))
    logger = logging.getLogger("renraku")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)


def show_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def show_json_rows(rows: Iterable[object]) -> None:
    """An array, a row a line, written while it is read."""
    separator = "["
    for row in rows:
        print(separator + json.dumps(row, ensure_ascii=False), end="")
        separator = ",\n"
    print("[]" if separator == "[" else "]")


def show_csv(keys: Sequence[str], rows: Iterable[Mapping[str, object]]) -> None:
    """RFC 4180, with CRLF, and cells that no spreadsheet takes for a formula."""
    sys.stdout.flush()
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(keys)
    writer.writerows([_harmless(row[key]) for key in keys] for row in rows)
    out.flush()
    out.detach()


def _harmless(value: object) -> str:
    """As renraku's own files have it, one apostrophe before what would be a formula."""
    text = "" if value is None else str(value)
    return "'" + text if text.lstrip("'").startswith(_FORMULA) else text


def show_table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Columns under headings, as wide as their widest cell."""
    lines = [list(headings)]
    lines += [["" if cell is None else str(cell) for cell in row] for row in rows]
    widths = [max(map(_width, column)) for column in zip(*lines)]
    for line in lines:
        cells = (cell + " " * (width - _width(cell)) for cell, width in zip(line, widths))
        print("  ".join(cells).rstrip())


def _width(text: str) -> int:
    """Columns of a terminal: East Asian characters take two."""
    return sum(1 + (unicodedata.east_asian_width(letter) in "WF") for letter in text)


def note_open_rows(session: renraku.Session) -> None:
    """Says how many rows wait to be mended, to those who may know."""
    try:
        count = session.roster.count_open_rows()
    except renraku.NotPermitted:
        return
    note(f"未取込の行: {count} 件" + ("（roster open-rows で見られます）" if count else ""))


@contextmanager
def progress_bar(called: str) -> Iterator[renraku.Progress | None]:
    """A bar on a terminal; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return

    def show(rows: int, done: int, in_all: int) -> None:
        share = min(done / in_all, 1.0) if in_all else 0.0
        bar = ("#" * round(share * _BAR_WIDTH)).ljust(_BAR_WIDTH)
        note(f"\r{called} [{bar}] {rows:,} 行", end="")

    try:
        yield show
    finally:
        note("\r\033[K", end="")
