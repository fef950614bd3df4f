"""copy and compare."""

import renraku

from .arguments import Call, Commands
from .output import note, progress_bar, show_json, show_table
from .stores import DAMAGED

DIFFERENT = 1


def add_to(commands: Commands) -> None:
    copying = commands.add("copy", "保存先の全体を別の場所（フォルダかサーバー）に写す", _copy)
    copying.add_argument("source", metavar="FROM", help="今の保存先")
    copying.add_argument("target", metavar="TO", help="新しいフォルダか、空のデータベース")
    copying.add_argument("--to-home", metavar="FOLDER",
                         help="写した先がサーバーのとき、その鍵などを置くフォルダ。なければ --home")
    comparing = commands.add("compare", "二つの保存先を一行ずつ比べる", _compare)
    comparing.add_argument("one", metavar="ONE")
    comparing.add_argument("other", metavar="OTHER")
    comparing.add_argument("--other-home", metavar="FOLDER",
                           help="比べる相手がサーバーのとき、その鍵などを置くフォルダ。なければ --home")


def _copy(call: Call) -> int:
    given, own = call.given, call.secret()
    with progress_bar("写し") as progress:
        report = renraku.copy_store(
            given.source, given.target, passphrase=own.passphrase, recovery_key=own.recovery_key,
            host_key=own.host_key, home=call.home, target_home=given.to_home,
            journal_signer=call.signer, progress=progress)
    if call.json:
        show_json(report.to_dict())
        return _intact(report.journal)
    print(f"{report.rows} 行を写し、読み返して確かめました。")
    if report.journal.state != "intact":
        note(f"記録は写す前から正しくありません（{report.journal.state}）。")
    if report.archives:
        note("別のファイルに移した記録は写していません。元の場所のものを使います: "
             + " ".join(report.archives))
    note("元の保存先はそのまま残っています。これからは新しい保存先だけを使ってください。")
    return _intact(report.journal)


def _compare(call: Call) -> int:
    given, own = call.given, call.secret()
    with progress_bar("比較") as progress:
        found = renraku.compare_stores(
            given.one, given.other, passphrase=own.passphrase, recovery_key=own.recovery_key,
            host_key=own.host_key, home=call.home, other_home=given.other_home,
            journal_signer=call.signer, progress=progress)
    rows = sum(table.same for table in found.tables)
    if call.json:
        show_json(found.to_dict())
    elif found.same:
        print(f"同じです（{rows} 行）。")
    else:
        show_table(("表", "同じ", "違う", "ONE だけ", "OTHER だけ", "最初の違い"),
                   ((table.table, table.same, table.different, table.only_one, table.only_other,
                     ", ".join(table.first))
                    for table in found.tables
                    if table.different or table.only_one or table.only_other))
    for name, journal in (("ONE", found.journal), ("OTHER", found.other_journal)):
        if journal.state != "intact":
            note(f"{name} の記録は正しくありません（{journal.state}）。")
    if not found.same:
        return DIFFERENT
    return max(_intact(found.journal), _intact(found.other_journal))


def _intact(journal: renraku.JournalReport) -> int:
    return 0 if journal.state == "intact" else DAMAGED
