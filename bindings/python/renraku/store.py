"""A store: one folder that holds everything, encrypted; or the database of a PostgreSQL server."""

import os
from collections.abc import Iterable
from datetime import timedelta
from types import TracebackType

from . import _renraku
from .keeper import Keeper
from .record import AnyDate, PartialDate
from .records import (
    BackupKey,
    BackupReport,
    ClientCertificate,
    JournalReport,
    JournalSegment,
    KeyRotation,
    KeySlot,
    Member,
    Municipality,
    NewMember,
    Profession,
    RestoreReport,
    Role,
    SignIn,
)
from .roster import Progress
from .session import Session

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
MINUTE = timedelta(minutes=1)


class Store(_renraku.Store):
    """An open store, from renraku.open() or renraku.create(); used from any thread.

    A context manager closes it. Sessions keep the store open after the handle is closed.
    """

    def add_municipality(
        self,
        code: str,
        name: str,
        *,
        login: str,
        password: str,
        member_name: str = "",
        roles: Iterable[Role] = ("administrator", "roster_officer"),
        profession: Profession = "city_officer",
    ) -> Municipality:
        """Adds a municipality and its first member. Invalid for a wrong check digit."""
        administrator = NewMember(login=login, name=member_name or login, password=password,
                                  roles=list(roles), profession=profession)
        return self._add_municipality(code, name, administrator)

    def add_service_administrator(self, login: str, name: str, password: str) -> Member:
        """Adds a member who runs the service; signs in with an empty municipality."""
        return self._add_service_administrator(NewMember(login=login, name=name, password=password))

    def sign_in(
        self,
        municipality: str,
        login: str,
        password: str,
        *,
        code: str = "",
        source: str = "",
        certificate: ClientCertificate | None = None,
        device: str = "",
        remember_device: bool = False,
    ) -> Session:
        """Signs a member in; SignIn says what each argument is.

        SecondFactor when the password was right and a code or certificate is needed too.
        SignInFailed whatever was wrong; BackOff: wait and try again.
        """
        told = self._sign_in(SignIn(municipality=municipality, login=login, password=password,
                                    code=code, source=source,
                                    certificate=certificate or ClientCertificate(),
                                    device=device, remember_device=remember_device))
        session = Session(told._session())
        session.second_factor = told._second_factor()
        session.device = told._device()
        session.recoveries = told._recoveries()
        return session

    def act_as(self, assertion: str) -> Session:
        """A session for one call, in the name of whom a registered application says is there.

        SignInFailed for an application, member or time that does not count, and for an assertion
        that was used before; NotPermitted, SecondFactor.
        """
        return Session(self._act_as(assertion))

    def resume(self, token: str) -> Session:
        """Takes a session up again by its token. SessionEnded."""
        return Session(self._resume(token))

    def revoke_slot(self, slot: str, *, even_own: bool = False) -> None:
        """Takes a way in away. NotFound; Conflict for the last slot, and for the one that this
        handle was opened with unless `even_own`. After a loss or a theft, reencrypt() as well.
        """
        self._revoke_slot(slot, even_own)

    def reencrypt(
        self,
        *,
        passphrases: Iterable[str] = (),
        recovery_keys: Iterable[str] = (),
        host_keys: Iterable[bytes] = (),
    ) -> list[KeySlot]:
        """Encrypts everything anew; only slots whose secret is given stay, and come back.

        Readers go on meanwhile, writers wait. Afterwards sessions, and the handles of other
        processes, are to be opened anew. No other thread may use this handle meanwhile.
        WrongPassphrase for a secret that opens no slot; InvalidArgument for a store on a server.
        """
        return self._reencrypt(list(passphrases), list(recovery_keys), list(host_keys))

    def rotate_keys(self, municipality: str = "", *,
                    progress: Progress | None = None) -> KeyRotation:
        """Makes a municipality's keys anew while work goes on; those of what is the store's own
        without a code.

        From the beginning on everything is written under the new keys; what is under older ones is
        taken over in small parts, on a server all rows. Older keys stay for reading the journal
        alone. A call that was ended, also by a kill, is gone on with by the next one. `progress` is
        told how many parts are done, twice, and how many there are. NotFound, Cancelled; Busy
        (field "readers") where somebody has been reading for a minute: call again.
        """
        return _renraku.rotate_keys(self, municipality, progress)

    def take_back_municipality(self, municipality: str) -> None:
        """Lets a municipality's members work again here, which they were moved out of.

        For when the store that they were moved to is lost for good: what they did there is lost
        with it, and what was here when they left counts again. Nobody asks the other store: where
        it is still there, people work in both. NotFound for a code that the store does not know,
        Conflict where the municipality was not moved out of it.
        """
        _renraku.take_back_municipality(self, municipality)

    def backup(
        self,
        folder: str | os.PathLike[str],
        *,
        to_key: str = "",
        keep: int = 0,
        keep_until: AnyDate | None = None,
    ) -> BackupReport:
        """Seals everything into a new file in the folder while work goes on, and reads it back.

        `to_key` is the public half of make_backup_key(); without it the store's key slots open the
        file; of a store on a server, InvalidArgument: use the server's own means. `keep` is how many of this store's backups the folder keeps, 0 all. `keep_until` is
        told in proofs of erasure.
        """
        return self._backup(folder, to_key, keep, keep_until)

    def verify_journal(self, *, witness: str | os.PathLike[str] | None = None) -> JournalReport:
        """Proves all chains of the journal, with the store's witness or with that file as one."""
        return self._verify_journal(witness)

    def archive_journal(self, before: AnyDate,
                        folder: str | os.PathLike[str]) -> list[JournalSegment]:
        """Moves municipalities' entries of months before a month to sealed files in the folder.

        One file a chain and month; the month that is not over stays.
        """
        return self._archive_journal(PartialDate(before.year, before.month), folder)

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.close()


def create(
    address: str | os.PathLike[str],
    *,
    passphrase: str | None = None,
    host_key: bytes | None = None,
    slot_name: str = "first",
    session_idle: timedelta = IDLE,
    session_absolute: timedelta = ABSOLUTE,
    journal_signer: str | os.PathLike[str] | None = None,
    witness: str | os.PathLike[str] | None = None,
    home: str | os.PathLike[str] | None = None,
    keeper: Keeper | None = None,
) -> Store:
    """Makes a store with one key slot and opens it.

    The address is a folder, whose parent must exist (Exists when there is anything at that path),
    or the text `postgresql://host/database` (not a pathlib.Path, which drops a slash): there the
    database must be empty (Exists), and `home`, else the environment's RENRAKU_HOME, names the
    folder on this machine's own disk for the key header and tails of all stores on servers
    (InvalidArgument with the field "home" without either). A `keeper` has the key header in place
    of the home, which then is for tails alone and may be left out: each read's entry is committed
    to the database before its answer then (`Store.is_strict`), which takes longer.

    The secret is a passphrase, or 32 bytes that the host program keeps. EmptyPassphrase, Io. `journal_signer` is the file of a key, made where
    there is none, that signs the journal in place of the store's own; `witness` is a file that gets
    the journal's heads, and what is taken away. Both belong on another medium than the store.
    """
    return Store(_renraku.create(address, passphrase, host_key, slot_name,
                                 session_idle // MINUTE, session_absolute // MINUTE,
                                 journal_signer, witness, home, keeper))


def open(
    address: str | os.PathLike[str],
    *,
    passphrase: str | None = None,
    recovery_key: str | None = None,
    host_key: bytes | None = None,
    session_idle: timedelta = IDLE,
    session_absolute: timedelta = ABSOLUTE,
    journal_signer: str | os.PathLike[str] | None = None,
    journal_signer_lost: bool = False,
    witness: str | os.PathLike[str] | None = None,
    home: str | os.PathLike[str] | None = None,
    keeper: Keeper | None = None,
) -> Store:
    """Opens a store by one of its secrets, bringing an older one up to date.

    Nothing is written before the secret has proved right. NotAStore, Plaintext, WrongPassphrase,
    EmptyPassphrase, NewerFormat, Damaged. `journal_signer` must be the file of the signer in use,
    else InvalidArgument; where that one is lost, `journal_signer_lost` lets another go on, and the
    journal is forged from there on. `witness` is a file that gets the journal's heads, and what
    is taken away. Address, `home` and `keeper` are as for create(); NotAStore with the field "home" tells
    that the key header of the server's store is not there.
    """
    return Store(_renraku.open(address, passphrase, recovery_key, host_key,
                               session_idle // MINUTE, session_absolute // MINUTE,
                               journal_signer, journal_signer_lost, witness, home, keeper))


def make_backup_key() -> BackupKey:
    """A key pair for backups: the public half seals, the private half, kept elsewhere, opens."""
    return _renraku.make_backup_key()


def restore(
    file: str | os.PathLike[str],
    folder: str | os.PathLike[str],
    *,
    private_key: str | None = None,
    passphrase: str | None = None,
    recovery_key: str | None = None,
    host_key: bytes | None = None,
    old_store: str | os.PathLike[str] | None = None,
    old_passphrase: str | None = None,
    old_recovery_key: str | None = None,
    old_host_key: bytes | None = None,
    new_passphrase: str | None = None,
    witness: str | os.PathLike[str] | None = None,
) -> RestoreReport:
    """Opens a backup into a new folder: by the private half that it was sealed to, or by a secret
    of a slot that the store had then.

    Where the old store or the file of its witness can be read, what was suspended, revoked or
    erased there since is so in the restored one; a witness that somebody else wrote in is Damaged
    (field "witness"). `new_passphrase` adds a slot, for who lost the secrets of all others. Exists,
    WrongPassphrase, Damaged with the place in the file, NotAStore.
    """
    return _renraku.restore(file, folder, private_key, passphrase, recovery_key, host_key,
                            old_store, old_passphrase, old_recovery_key, old_host_key,
                            new_passphrase, witness)
