"""journal verify and list."""

from itertools import islice

import renraku

from .arguments import Call, Commands
from .output import show_json, show_json_rows, show_table
from .stores import DAMAGED


def add_to(commands: Commands) -> None:
    noun = commands.noun("journal", "記録（誰が何を見て変えたか）")
    noun("verify", "記録が改ざんされていないか確かめる", _verify)
    listing = noun("list", "記録の一覧。新しい順", _list)
    listing.add_argument("--subject", metavar="ID", help="この人についての記録だけ")
    listing.add_argument("--action", help="この操作だけ")
    listing.add_argument("--limit", type=int, metavar="N", help="N 件まで")


def _verify(call: Call) -> int:
    with call.store() as store:
        report = store.verify_journal()
    if call.json:
        show_json(report.to_dict())
    elif report.state == "intact":
        print(f"改ざんはありません（{report.entries} 件）。")
    else:
        print(f"{report.state}: 自治体 {report.municipality or '（保存先自身）'} の "
              f"{report.sequence} 番目から")
    return 0 if report.state == "intact" else DAMAGED


def _list(call: Call) -> int:
    wanted = {name: value for name in ("subject", "action")
              if (value := call.option(name)) is not None}
    with call.session() as session:
        entries = islice(session.journal.list(**wanted).by(renraku.PAGE_SIZE_MAX),
                         call.given.limit)
        if call.json:
            show_json_rows(entry.to_dict() for entry in entries)
        else:
            show_table(("番号", "日時", "操作", "結果", "権限", "利用者", "対象"),
                       ((entry.sequence, entry.time.astimezone().isoformat(" ", "seconds"),
                         entry.action, entry.outcome, entry.capacity, entry.member,
                         f"{len(entry.subjects)} 人") for entry in entries))
    return 0
