"""evacuees list."""

from collections.abc import Iterator
from dataclasses import fields
from typing import get_args

import renraku

from .arguments import Call, Commands
from .output import note_open_rows, show_csv, show_json_rows, show_table

#: The columns of json and csv. `id` is the person's, which the journal's subjects are.
KEYS = ("id", "reference", "municipal_number", "name", "kana", "birth_date", "sex", "phone",
        "consent", "label", "district")
_HEADINGS = ("管理番号", "氏名", "フリガナ", "生年月日", "性別", "電話", "同意", "色", "行政区")


def add_to(commands: Commands) -> None:
    noun = commands.noun("evacuees", "避難行動要支援者")
    listing = noun("list", "名簿の一覧", _list)
    choices = {"label": get_args(renraku.Label), "consent": get_args(renraku.Consent)}
    for field in fields(renraku.EvacueeFilter):
        listing.add_argument("--" + field.name.replace("_", "-"), choices=choices.get(field.name))
    listing.add_argument("--format", choices=("json", "csv"), help="全行をこの形式で出す")


def _list(call: Call) -> int:
    wanted = {field.name: value for field in fields(renraku.EvacueeFilter)
              if (value := call.option(field.name)) is not None}
    with call.session() as session:
        lines = session.evacuees.list(**wanted).by(renraku.PAGE_SIZE_MAX)
        rows = map(_row, lines)
        kind = call.given.format or ("json" if call.json else "table")
        if kind == "json":
            show_json_rows(rows)
        elif kind == "csv":
            show_csv(KEYS, rows)
        else:
            show_table(_HEADINGS, _cells(rows))
        note_open_rows(session)
    return 0


def _row(line: renraku.EvacueeLine) -> dict[str, object]:
    plain = line.to_dict() | {"id": line.person}
    return {key: plain[key] for key in KEYS}


def _cells(rows: Iterator[dict[str, object]]) -> Iterator[list[object]]:
    shown = [key for key in KEYS if key not in ("id", "municipal_number")]
    return ([row[key] for key in shown] for row in rows)
