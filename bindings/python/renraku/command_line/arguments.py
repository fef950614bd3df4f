"""What was asked for: words, variables of the environment, and secrets."""

import argparse
import getpass
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

import renraku

from .output import note


class UsageError(Exception):
    """Something is missing or makes no sense; the text says what to give."""


#: Secrets: what they are called, and the variable and the option that hold them.
_PASSPHRASE = ("パスフレーズ", "RENRAKU_PASSPHRASE", "passphrase_file")
_NEW_PASSPHRASE = ("新しいパスフレーズ", "RENRAKU_NEW_PASSPHRASE", "new_passphrase_file")
_PASSWORD = ("パスワード", "RENRAKU_PASSWORD", "password_file")
_NEW_PASSWORD = ("新しいパスワード", "RENRAKU_NEW_PASSWORD", "new_password_file")

_HOST_KEY_BYTES = 32
_SECRET_FILE_MAX = 4096  # characters; a larger file is none that holds a secret


class Commands:
    """The parser, to which each noun adds its commands."""

    def __init__(self) -> None:
        self._everywhere = _common_options()
        self._parser = argparse.ArgumentParser(
            prog="renraku", parents=[self._everywhere],
            description="要支援者名簿などを暗号化して保管する renraku の操作")
        self._nouns = self._parser.add_subparsers(metavar="COMMAND", required=True)

    def add(self, name: str, about: str, run: Callable[["Call"], int]) -> argparse.ArgumentParser:
        """A command of one word."""
        return self._add(self._nouns, name, about, run)

    def noun(self, name: str, about: str) -> "Noun":
        """A word that has commands of its own."""
        parser = self._nouns.add_parser(name, help=about, description=about)
        verbs = parser.add_subparsers(metavar="COMMAND", required=True)
        return lambda verb, text, run: self._add(verbs, verb, text, run)

    def read(self, words: Sequence[str]) -> argparse.Namespace:
        return self._parser.parse_args(words)

    def _add(self, to: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, about: str,
             run: Callable[["Call"], int]) -> argparse.ArgumentParser:
        parser = to.add_parser(name, help=about, description=about, parents=[self._everywhere])
        parser.set_defaults(run=run)
        return parser


Noun = Callable[[str, str, Callable[["Call"], int]], argparse.ArgumentParser]


def parser() -> Commands:
    return Commands()


def _common_options() -> argparse.ArgumentParser:
    """Options that may stand before the command or after it."""
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--store", metavar="ADDRESS",
                        help="保存先のフォルダか postgresql://…（RENRAKU_STORE）")
    common.add_argument("--region", metavar="FILE",
                        help="自治体ごとの保存先の一覧 region.toml。--store の代わり（RENRAKU_REGION）")
    common.add_argument("--home", metavar="FOLDER",
                        help="サーバー上の保存先の鍵などを置くフォルダ（RENRAKU_HOME）")
    common.add_argument("--passphrase-file", metavar="FILE",
                        help="パスフレーズのファイル（RENRAKU_PASSPHRASE）")
    common.add_argument("--recovery-key-file", metavar="FILE",
                        help="印刷した復旧鍵のファイル（RENRAKU_RECOVERY_KEY_FILE）")
    common.add_argument("--host-key-file", metavar="FILE",
                        help="ホスト鍵（16進64文字）のファイル（RENRAKU_HOST_KEY_FILE）")
    common.add_argument("--signer", metavar="FILE",
                        help="記録に署名する鍵のファイル（RENRAKU_SIGNER）")
    common.add_argument("--witness", metavar="FILE",
                        help="記録の先端を控える証人のファイル（RENRAKU_WITNESS）")
    common.add_argument("--login", metavar="ID", help="サインインするID（RENRAKU_LOGIN）")
    common.add_argument("--password-file", metavar="FILE",
                        help="パスワードのファイル（RENRAKU_PASSWORD）")
    common.add_argument("--code", metavar="CODE",
                        help="認証アプリの確認コードか復旧コード（RENRAKU_CODE）")
    common.add_argument("--municipality", metavar="CODE",
                        help="自治体コード6桁。保存先に一つしかなければ省ける")
    common.add_argument("--json", action="store_true", help="結果を JSON で出す")
    common.add_argument("--verbose", action="store_true",
                        help="ライブラリの知らせを標準エラー出力に出す")
    return common


class Opening(NamedTuple):
    """What opens a store: one of the three."""

    passphrase: str | None = None
    recovery_key: str | None = None
    host_key: bytes | None = None


class Call:
    """One call of the command line: what was given, and the store and session it leads to."""

    def __init__(self, given: argparse.Namespace) -> None:
        self.given = given
        self._secret_given: Opening | None = None

    def option(self, name: str) -> str | None:
        value: str | None = getattr(self.given, name, None)
        return value

    @property
    def json(self) -> bool:
        return getattr(self.given, "json", False)

    @property
    def verbose(self) -> bool:
        return getattr(self.given, "verbose", False)

    @property
    def address(self) -> str:
        address = self.option("store") or os.environ.get("RENRAKU_STORE")
        if not address:
            raise UsageError("保存先を --store か RENRAKU_STORE で指定してください。")
        return address

    @property
    def region(self) -> str | None:
        """The directory of stores, where one is given in place of a store."""
        store, region = self.option("store"), self.option("region")
        if store and region:
            raise UsageError("--store と --region はどちらか一方にしてください。")
        return region or (None if store else os.environ.get("RENRAKU_REGION"))

    @property
    def on_server(self) -> bool:
        return self.address.startswith(("postgresql://", "postgres://"))

    @property
    def shown_address(self) -> str:
        """The address without a password that it may hold."""
        if not self.on_server:
            return self.address
        scheme, place = self.address.split("://", 1)
        return f"{scheme}://{place.partition('?')[0].rpartition('@')[2]}"

    @property
    def home(self) -> str | None:
        """Where it is not given, the library asks the environment."""
        return self.option("home")

    @contextmanager
    def store(self, *, handing_heads: bool = True) -> Iterator[renraku.Store]:
        """The open store, which hands its heads to the witness unless told not to."""
        with self._open(self.witness if handing_heads else None) as store:
            yield store

    @contextmanager
    def session(self) -> Iterator[renraku.Session]:
        """A session of whoever LOGIN and PASSWORD name."""
        # Asked before the store is opened: what is missing is said at once.
        login, password = self.login, self.password()
        with self._open(self.witness) as store, self._sign_in(store, login, password) as session:
            yield session

    def _sign_in(self, store: renraku.Store, login: str, password: str) -> renraku.Session:
        municipality = self._code(store)
        code: str = self.option("code") or os.environ.get("RENRAKU_CODE") or ""
        try:
            return store.sign_in(municipality, login, password, code=code)
        except renraku.SecondFactor:
            if not _at_terminal():
                raise
        return store.sign_in(municipality, login, password, code=getpass.getpass("確認コード: "))

    @property
    def login(self) -> str:
        login = self.option("login") or os.environ.get("RENRAKU_LOGIN")
        if not login and _at_terminal():
            note("ID: ", end="")
            login = sys.stdin.readline().strip()
        if not login:
            raise UsageError("サインインするIDを --login か RENRAKU_LOGIN で指定してください。")
        return login

    def passphrase(self, *, new: bool = False) -> str:
        return self._secret(_PASSPHRASE, twice=new)

    def new_passphrase(self) -> str:
        return self._secret(_NEW_PASSPHRASE, twice=True)

    def password(self, *, new: bool = False) -> str:
        return self._secret(_PASSWORD, twice=new)

    def new_password(self) -> str:
        return self._secret(_NEW_PASSWORD, twice=True)

    @property
    def signer(self) -> str | None:
        return self.option("signer") or os.environ.get("RENRAKU_SIGNER")

    @property
    def witness(self) -> str | None:
        return self.option("witness") or os.environ.get("RENRAKU_WITNESS")

    @contextmanager
    def _open(self, witness: str | None) -> Iterator[renraku.Store]:
        region = self.region
        place, own = region or self.address, self.secret()
        opening: type[renraku.Region] | Callable[..., renraku.Store] = (
            renraku.Region if region else renraku.open)
        with opening(place, passphrase=own.passphrase, recovery_key=own.recovery_key,
                     host_key=own.host_key, journal_signer=self.signer, witness=witness,
                     home=self.home) as opened:
            if isinstance(opened, renraku.Store):
                yield opened
                return
            with opened.store(self._choose(opened.municipalities())) as store:
                yield store
                store.flush()

    def secret(self) -> Opening:
        """The secret that opens the store; asked for once."""
        if self._secret_given is None:
            self._secret_given = self._find_secret()
        return self._secret_given

    def secret_of(self, which: str) -> Opening:
        """The secret of a second store, "to" or "other"; the first one's where none is given."""
        if file := self.option(f"{which}_host_key_file"):
            return Opening(host_key=read_host_key(file))
        if file := self.option(f"{which}_recovery_key_file"):
            return Opening(recovery_key=read_secret(file))
        if file := self.option(f"{which}_passphrase_file"):
            return Opening(passphrase=read_secret(file))
        return self.secret()

    def _find_secret(self) -> Opening:
        if file := self.option("host_key_file") or os.environ.get("RENRAKU_HOST_KEY_FILE"):
            return Opening(host_key=read_host_key(file))
        if file := self.option("recovery_key_file") or os.environ.get("RENRAKU_RECOVERY_KEY_FILE"):
            return Opening(recovery_key=read_secret(file))
        return Opening(passphrase=self.passphrase())

    def _code(self, store: renraku.Store) -> str:
        return self.option("municipality") or self._choose(store.municipalities())

    def _choose(
        self, among: Sequence[renraku.Municipality] | Sequence[renraku.ServedMunicipality]
    ) -> str:
        if code := self.option("municipality"):
            return code
        codes = [municipality.code for municipality in among]
        if len(codes) != 1:
            raise UsageError("自治体を --municipality で選んでください: " + " ".join(codes))
        return codes[0]

    def _secret(self, secret: tuple[str, str, str], *, twice: bool) -> str:
        called, variable, option = secret
        if file := self.option(option):
            text = read_secret(file)
        elif variable in os.environ:
            text = os.environ[variable]
        elif _at_terminal():
            text = getpass.getpass(f"{called}: ")
            if twice and getpass.getpass(f"{called}（もう一度）: ") != text:
                raise UsageError(f"{called}が一致しません。")
        else:
            name = option.replace("_", "-")
            raise UsageError(f"{called}を {variable} か --{name} で指定してください。")
        if not text:
            raise UsageError(f"{called}が空です。")
        return text


def _at_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def read_secret(file: str) -> str:
    """The file's only line."""
    try:
        with open(file, encoding="utf-8-sig") as opened:
            return opened.read(_SECRET_FILE_MAX).rstrip("\r\n")
    except OSError as error:
        raise UsageError(f"{file} を読めません: {error.strerror}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{file} は UTF-8 ではありません。") from None


def read_host_key(file: str) -> bytes:
    """The 64 hex digits of a host key file."""
    try:
        key = bytes.fromhex(read_secret(file))
    except ValueError:
        key = b""
    if len(key) != _HOST_KEY_BYTES:
        raise UsageError(f"{file} はホスト鍵（16進64文字）ではありません。")
    return key
