"""disclosures make, list, receipt, return."""

from typing import get_args

import renraku

from .arguments import Call, Commands
from .output import progress_bar, show_json, show_json_rows, show_table


def add_to(commands: Commands) -> None:
    noun = commands.noun("disclosures", "避難支援等関係者への名簿の提供")
    make = noun("make", "提供する名簿の CSV を作り、記録する", _make)
    make.add_argument("receiver", metavar="ORGANISATION", help="提供先の機関の ID")
    make.add_argument("file", metavar="FILE")
    make.add_argument("--purpose", choices=get_args(renraku.DisclosurePurpose), default="list",
                      help="名簿・個別避難計画・医療情報のどれか")
    make.add_argument("--encoding", default="cp932", choices=("cp932", "utf-8-bom"),
                      help="文字コード")
    make.add_argument("--return-by", metavar="DATE", help="返却の期限（2026-12-31）")
    listing = noun("list", "提供の一覧", _list)
    listing.add_argument("--receiver", metavar="ORGANISATION", default="",
                         help="この機関への提供だけ")
    listing.add_argument("--overdue", action="store_true", help="期限を過ぎて返却のないものだけ")
    receipt = noun("receipt", "受け取った人を記録する", _record_receipt)
    returned = noun("return", "返却を記録する", _record_return)
    for command in (receipt, returned):
        command.add_argument("id", metavar="ID")
        command.add_argument("revision", metavar="REVISION", type=int, help="list が示す版")
        command.add_argument("date", metavar="DATE", help="日付（2026-12-31）")
    receipt.add_argument("by", metavar="NAME", help="受け取った人")


def _make(call: Call) -> int:
    given = call.given
    with call.session() as session, progress_bar("書出") as progress:
        report = session.disclosures.make(
            given.receiver, given.purpose, given.file, encoding=given.encoding,
            return_by=given.return_by, progress=progress)
    if call.json:
        show_json(report.to_dict())
    else:
        print(f"{report.people:,} 人を {given.file} に書き出しました（提供 {report.disclosure}）。")
        print(f"表せない文字（〓）のある欄 {len(report.unencodable):,}")
    return 0


def _list(call: Call) -> int:
    with call.session() as session:
        made = session.disclosures.list(receiver=call.given.receiver, overdue=call.given.overdue)
        if call.json:
            show_json_rows(one.to_dict() for one in made)
        else:
            show_table(("ID", "版", "提供先", "目的", "人数", "受取", "期限", "返却"),
                       ((one.id, one.revision, one.receiver, one.purpose, one.people,
                         one.received_on, one.return_by, one.returned_on) for one in made))
    return 0


def _record_receipt(call: Call) -> int:
    given = call.given
    with call.session() as session:
        _show(call, session.disclosures.record_receipt(given.id, given.revision, given.by,
                                                       given.date))
    return 0


def _record_return(call: Call) -> int:
    given = call.given
    with call.session() as session:
        _show(call, session.disclosures.record_return(given.id, given.revision, given.date))
    return 0


def _show(call: Call, changed: renraku.Disclosure) -> None:
    if call.json:
        show_json(changed.to_dict())
    else:
        print(f"{changed.id} 版 {changed.revision}")
