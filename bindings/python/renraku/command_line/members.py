"""members add, list, suspend, restore, import."""

from typing import get_args

import renraku

from .arguments import Call, Commands
from .output import show_json, show_json_rows, show_table


def add_to(commands: Commands) -> None:
    noun = commands.noun("members", "利用者")
    add = noun("add", "利用者を加える（パスワードは RENRAKU_NEW_PASSWORD）", _add)
    add.add_argument("new_login", metavar="LOGIN")
    add.add_argument("--name", help="名前")
    add.add_argument("--role", action="append", choices=get_args(renraku.Role), default=[],
                     help="役割。何度でも指定できる")
    add.add_argument("--profession", choices=get_args(renraku.Profession), default="city_officer",
                     help="職種")
    add.add_argument("--new-password-file", metavar="FILE", help="その人の最初のパスワードのファイル")
    noun("list", "利用者の一覧", _list)
    accounts = noun("import", "CSV の一覧から利用者を加える", _import)
    accounts.add_argument("file", metavar="FILE", help="ID・氏名・職種の列を持つ CSV")
    accounts.add_argument("--dry-run", action="store_true", help="何も変えずに結果だけを示す")
    accounts.add_argument("--encoding", default="", help="文字コード（省くと判別する）")
    for verb, about, run in (("suspend", "利用者を停止する", _suspend),
                             ("restore", "停止した利用者を戻す", _restore)):
        noun(verb, about, run).add_argument("member_login", metavar="LOGIN")


def _add(call: Call) -> int:
    given, password = call.given, call.new_password()
    with call.session() as session:
        _show(call, session.members.add(given.new_login, given.name or given.new_login, password,
                                        roles=given.role, profession=given.profession))
    return 0


def _list(call: Call) -> int:
    with call.session() as session:
        if call.json:
            show_json_rows(member.to_dict() for member in session.members.list())
        else:
            show_table(("ID", "名前", "職種", "役割", "状態"),
                       ((member.login, member.name, member.profession, " ".join(member.roles),
                         member.status) for member in session.members.list()))
    return 0


def _import(call: Call) -> int:
    with call.session() as session:
        report = session.members.import_accounts(call.given.file, dry_run=call.given.dry_run,
                                                 encoding=call.given.encoding)
    if call.json:
        show_json(report.to_dict())
        return 0
    print(f"{report.rows} 行: {report.added} 人を加えた、{len(report.rejected)} 行は加えられない")
    show_table(("行", "列", "理由"), ((str(row.line), row.column, row.reason)
                                    for row in report.rejected))
    show_table(("ID", "最初のパスワード"), ((row.login, row.password) for row in report.issued))
    return 0


def _suspend(call: Call) -> int:
    with call.session() as session:
        _show(call, session.members.suspend(_by_login(call, session).id))
    return 0


def _restore(call: Call) -> int:
    with call.session() as session:
        _show(call, session.members.restore(_by_login(call, session).id))
    return 0


def _by_login(call: Call, session: renraku.Session) -> renraku.Member:
    wanted = call.given.member_login.casefold()
    for member in session.members.list().by(renraku.PAGE_SIZE_MAX):
        if member.login.casefold() == wanted:
            return member
    raise renraku.NotFound("no member of this municipality signs in by that name", "login")


def _show(call: Call, member: renraku.Member) -> None:
    if call.json:
        show_json(member.to_dict())
    else:
        print(f"{member.login}: {member.status}")
