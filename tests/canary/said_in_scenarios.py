"""Prints what the scenarios of tests/conformance say of people: a kind and a word a line, by tab."""

import csv
import datetime
import json
import pathlib
import re

HERE = pathlib.Path(__file__).resolve().parent.parent / "conformance"
DAY = re.compile(r"(\d{4})[-/](\d\d?)[-/](\d\d?)")
ERA_DAY = re.compile(r"([TSH大昭平])[正和成]?(\d+)[.年](\d+)[.月](\d+)日?")
ERAS = {"T": 1911, "大": 1911, "S": 1925, "昭": 1925, "H": 1988, "平": 1988}
PHONE = re.compile(r"[0-9０-９()（）－-]{9,}")
#: Of an enumeration, where another record's field of the same name is free text.
KIND = re.compile(r"[a-z_]+")
#: Fields of free text about people, offices and members; the enumerations beside them are plain.
FIELDS = set("""address care_level district districts evidence given_by ground issuer kana label_red
login medical_devices municipal_number name note ordinance phone physician plan received_by reference
role rows shelter subject supporter supporter_contact text value written""".split())


def told(value, field=""):
    """(field, text) of everything in a step's arguments."""
    if isinstance(value, dict):
        # A cell's column is none of what the cell says.
        left_out = {"name"} if "value" in value else set()
        for name, each in value.items():
            if name not in left_out:
                yield from told(each, name)
    elif isinstance(value, list):
        for each in value:
            yield from told(each, field)
    elif isinstance(value, str) and not value.startswith(("$", "{")):
        yield field, value


BOOK = json.loads((HERE / "scenarios.json").read_text(encoding="utf-8"))


def steps():
    for scenario in BOOK["scenarios"]:
        for step in scenario["steps"]:
            yield from told(step.get("with", {}))


def files():
    """The rows of each roster and list of accounts."""
    for file in HERE.glob("*.csv"):
        encoding = "cp932" if "cp932" in file.name else "utf-8"
        with file.open(encoding=encoding, newline="") as lines:
            yield list(csv.reader(lines))


def everything():
    for place in (*BOOK["city"].values(), {"members": [BOOK["service"]]}):
        yield from told(place)
    yield from steps()
    for rows in files():
        yield from (("value", cell) for row in rows[1:] for cell in row)


def seen_as_it_is():
    """What the server sees: names of the roster's columns, beside a conflict."""
    for rows in files():
        yield from rows[0]


def day_in(text):
    """The day that a text is, as an ISO date; none of today's, which the server sees."""
    western, era = DAY.fullmatch(text), ERA_DAY.fullmatch(text)
    if western:
        year, month, day = map(int, western.groups())
    elif era:
        year, month, day = (int(part) for part in era.groups()[1:])
        year += ERAS[era[1]]
    else:
        return None
    try:
        day = datetime.date(year, month, day)
    except ValueError:
        return None  # e.g. February 29th of 1950: a word like others
    return day.isoformat() if year < 2020 else ""


def lines():
    plain = list(seen_as_it_is())
    for field, text in everything():
        # 架空 alone, or 要介護, is a part of such a name.
        if any(text in each for each in plain):
            continue
        day = day_in(text)
        if day is not None and (field in FIELDS or field.startswith("birth")):
            if day:
                yield "day", day
        elif PHONE.fullmatch(text) and field in FIELDS | {"digits"}:
            yield "phone", text
        elif field in FIELDS | {"birth_date", "birth_written"}:
            yield "word", text
        elif field in ("reason", "form") and not KIND.fullmatch(text):
            yield "word", text


if __name__ == "__main__":
    for kind, text in sorted(set(lines())):
        print(kind, text, sep="\t")
