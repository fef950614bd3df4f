"""people erase and erasure."""

from typing import get_args

import renraku

from .arguments import Call, Commands
from .output import note, show_json


def add_to(commands: Commands) -> None:
    noun = commands.noun("people", "住民")
    erasing = noun("erase", "一人の記録を消去し、署名つきの証明を出す。元に戻せない", _erase)
    erasing.add_argument("person", metavar="ID")
    erasing.add_argument("--reason", required=True, choices=get_args(renraku.ErasureReason))
    proof = noun("erasure", "消去の証明をもう一度出す", _erasure)
    proof.add_argument("person", metavar="ID")


def _erase(call: Call) -> int:
    with call.session() as session:
        erasure = session.people.erase(call.given.person, call.given.reason)
    _show(call, erasure)
    note("消去しました。証明を保管してください。")
    return 0


def _erasure(call: Call) -> int:
    with call.session() as session:
        _show(call, session.people.erasure(call.given.person))
    return 0


def _show(call: Call, erasure: renraku.Erasure) -> None:
    if call.json:
        show_json(erasure.to_dict())
    else:
        print(erasure.proof, end="")
        print(f"signer {erasure.signer}\nsignature {erasure.signature}")
