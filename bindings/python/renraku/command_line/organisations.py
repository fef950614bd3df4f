"""organisations add, list."""

from typing import get_args

import renraku

from .arguments import Call, Commands
from .output import show_json, show_json_rows, show_table


def add_to(commands: Commands) -> None:
    noun = commands.noun("organisations", "事業所・機関")
    add = noun("add", "事業所・機関を加える", _add)
    add.add_argument("name", metavar="NAME")
    add.add_argument("--kind", choices=get_args(renraku.OrganisationKind), default="clinic",
                     help="種類")
    for field, about in (("kana", "読み"), ("phone", "電話番号"), ("address", "所在地")):
        add.add_argument(f"--{field}", default="", help=about)
    noun("list", "事業所・機関の一覧", _list)


def _add(call: Call) -> int:
    given = call.given
    with call.session() as session:
        added = session.organisations.add(renraku.Organisation(
            kind=given.kind, name=given.name, kana=given.kana, phone=given.phone,
            address=given.address))
    if call.json:
        show_json(added.to_dict())
    else:
        print(added.id)
    return 0


def _list(call: Call) -> int:
    with call.session() as session:
        if call.json:
            show_json_rows(found.to_dict() for found in session.organisations.list())
        else:
            show_table(("名称", "種類", "電話番号", "所在地"),
                       ((found.name, found.kind, found.phone, found.address)
                        for found in session.organisations.list()))
    return 0
