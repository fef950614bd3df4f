"""init and check."""

import shutil

import renraku

from .arguments import Call, Commands, UsageError
from .output import note, show_json

DAMAGED = 6


def add_to(commands: Commands) -> None:
    init = commands.add("init", "保存先と自治体と最初の管理者を作る", _init)
    init.add_argument("--name", required=True, help="自治体の名前")
    init.add_argument("--admin", required=True, metavar="LOGIN",
                      help="最初の管理者（名簿担当を兼ねる）のID")
    init.add_argument("--admin-name", metavar="NAME", help="その人の名前")
    commands.add("check", "保存先の全体を読み、壊れていないか確かめる", _check)


def _init(call: Call) -> int:
    code = call.option("municipality")
    if not code:
        raise UsageError("自治体コードを --municipality で指定してください。")
    passphrase, password = call.passphrase(new=True), call.password(new=True)
    given = call.given
    with renraku.create(call.address, passphrase=passphrase, journal_signer=call.signer,
                        witness=call.witness, home=call.home) as store:
        try:
            made = store.add_municipality(code, given.name, login=given.admin, password=password,
                                          member_name=given.admin_name or given.admin)
        except BaseException:
            # A store without a municipality is of no use, and it would be in the way of the next try.
            store.close()
            if call.on_server:
                note("サーバーに空の保存先が残りました。データベースを作り直してからやり直してください。")
            else:
                shutil.rmtree(call.address)
            raise
    if call.json:
        show_json({"store": call.shown_address, "municipality": made.code, "name": made.name,
                   "admin": given.admin})
    else:
        note(f"{made.name}（{made.code}）の保存先を {call.shown_address} に作りました。")
    return 0


def _check(call: Call) -> int:
    with call.store() as store:
        report = store.check()
    if call.json:
        show_json(report.to_dict())
    else:
        print("異常ありません。" if report.sound else "異常があります。")
        for finding in report.findings:
            print(f"  {finding.part}: {finding.detail}")
        print(f"記録（ジャーナル）: {report.journal.entries} 件")
    return 0 if report.sound else DAMAGED
