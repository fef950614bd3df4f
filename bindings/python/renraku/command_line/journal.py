"""journal verify, head, archive, bring-back and list."""

from collections.abc import Sequence
from itertools import islice

import renraku

from .arguments import Call, Commands, UsageError
from .output import note, show_json, show_json_rows, show_table
from .stores import DAMAGED


def add_to(commands: Commands) -> None:
    noun = commands.noun("journal", "記録（誰が何を見て変えたか）")
    noun("verify", "記録が改ざんされていないか確かめる", _verify)
    noun("head", "各記録の先端（署名つき）。控えておけば後で改ざんや切り詰めが分かる", _head)
    archiving = noun("archive", "終わった月の記録を暗号化したファイルに移す", _archive)
    archiving.add_argument("folder", metavar="FOLDER")
    archiving.add_argument("--before", required=True, metavar="YYYY-MM", help="この月より前の記録")
    bringing = noun("bring-back", "移した記録を元に戻す", _bring_back)
    bringing.add_argument("file", metavar="FILE")
    listing = noun("list", "記録の一覧。新しい順", _list)
    listing.add_argument("--subject", metavar="ID", help="この人についての記録だけ")
    listing.add_argument("--action", help="この操作だけ")
    listing.add_argument("--limit", type=int, metavar="N", help="N 件まで")


def _verify(call: Call) -> int:
    # The witness is asked, and given nothing: it may be an auditor's copy.
    with call.store(handing_heads=False) as store:
        report = store.verify_journal(witness=call.witness)
    if call.json:
        show_json(report.to_dict())
    elif report.state == "intact":
        print(f"改ざんはありません（{report.entries} 件）。")
        if report.archived:
            print(f"別の場所にある {report.archived} 件は、残した署名だけを確かめました。")
        if not report.witnessed:
            note("証人（--witness）がないので、末尾が切り取られていないかは分かりません。")
    else:
        print(f"{report.state}: 自治体 {report.municipality or '（保存先自身）'} の "
              f"{report.sequence} 番目から")
    return 0 if report.state == "intact" else DAMAGED


def _head(call: Call) -> int:
    with call.store() as store:
        heads = store.journal_heads()
    if call.json:
        show_json([head.to_dict() for head in heads])
    else:
        show_table(("自治体", "番号", "日時", "ハッシュ"),
                   ((head.municipality or "（保存先自身）", head.sequence,
                     head.time.astimezone().isoformat(" ", "seconds"), head.hash)
                    for head in heads))
    return 0


def _archive(call: Call) -> int:
    year, _, month = call.given.before.partition("-")
    if not (year.isdecimal() and month.isdecimal()):
        raise UsageError("月は --before 2027-02 のように指定してください。")
    before = renraku.PartialDate(int(year), int(month))
    with call.store() as store:
        segments = store.archive_journal(before, call.given.folder)
    _show_segments(call, segments)
    return 0


def _bring_back(call: Call) -> int:
    with call.store() as store:
        segment = store.bring_back_journal(call.given.file)
    _show_segments(call, [segment])
    return 0


def _show_segments(call: Call, segments: Sequence[renraku.JournalSegment]) -> None:
    if call.json:
        show_json([segment.to_dict() for segment in segments])
    else:
        show_table(("自治体", "番号", "ファイル"),
                   ((segment.municipality, f"{segment.first}–{segment.last}", segment.file)
                    for segment in segments))


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
