"""Moving house: a store, or one municipality of it, carried to another place and compared."""

import os

from . import _renraku
from .keeper import Keeper
from .records import CopyReport, StoreComparison
from .roster import Progress


def copy_store(
    source: str | os.PathLike[str],
    target: str | os.PathLike[str],
    *,
    passphrase: str | None = None,
    recovery_key: str | None = None,
    host_key: bytes | None = None,
    home: str | os.PathLike[str] | None = None,
    target_home: str | os.PathLike[str] | None = None,
    keeper: Keeper | None = None,
    target_keeper: Keeper | None = None,
    journal_signer: str | os.PathLike[str] | None = None,
    progress: Progress | None = None,
) -> CopyReport:
    """Carries a store to a new folder or a server's empty database; the same secrets open it.

    Records, history, members, sessions and keys are the same there, and the journal is to the byte;
    it goes on under a node of its own. The copied store stays as it was, and its journal tells that
    it was copied. Others may work there meanwhile; at the end, while everything is read back, their
    changes wait. Nothing opens at the target before everything is there.

    `progress` is told of rows: how many were read, twice, and how many there are to read. Work that
    was ended, also by a kill, goes on with the same call. `home` and `keeper` are for addresses of a
    server, and `target_home` and `target_keeper` where the target's are others. Exists, Cancelled,
    Busy, DiskFull, and those of open().
    """
    return _renraku.copy_store(source, target, passphrase, recovery_key, host_key, home,
                               target_home, keeper, target_keeper, journal_signer, progress)


def compare_stores(
    one: str | os.PathLike[str],
    other: str | os.PathLike[str],
    *,
    passphrase: str | None = None,
    recovery_key: str | None = None,
    host_key: bytes | None = None,
    home: str | os.PathLike[str] | None = None,
    other_home: str | os.PathLike[str] | None = None,
    keeper: Keeper | None = None,
    other_keeper: Keeper | None = None,
    journal_signer: str | os.PathLike[str] | None = None,
    progress: Progress | None = None,
) -> StoreComparison:
    """Holds two stores against each other, row by row; the secret opens both.

    Differences are named by table and key, never by what the rows say. Writes into neither, unless
    one is to be brought up to date.
    """
    return _renraku.compare_stores(one, other, passphrase, recovery_key, host_key, home, other_home,
                                   keeper, other_keeper, journal_signer, progress)


def copy_municipality(
    source: str | os.PathLike[str],
    target: str | os.PathLike[str],
    municipality: str,
    *,
    passphrase: str | None = None,
    recovery_key: str | None = None,
    host_key: bytes | None = None,
    target_passphrase: str | None = None,
    target_recovery_key: str | None = None,
    target_host_key: bytes | None = None,
    home: str | os.PathLike[str] | None = None,
    target_home: str | os.PathLike[str] | None = None,
    keeper: Keeper | None = None,
    target_keeper: Keeper | None = None,
    journal_signer: str | os.PathLike[str] | None = None,
    target_signer: str | os.PathLike[str] | None = None,
    progress: Progress | None = None,
) -> CopyReport:
    """Carries one municipality into another store, which is there and may be in use.

    Records, members, journal and keys come along; sessions and what is of the service stay behind.
    Each store is opened by its own secret. Everybody goes on working meanwhile; at the end calls of
    this municipality's members are Busy (field "moving") while the rest is carried, and then for
    good Busy (field "moved") in the source, which keeps the rows as they were. `target_home` and
    `target_keeper` are for a target whose are others than the source's.

    Work that was ended, also by a kill, goes on with the same call. Invalid, NotFound, Exists and
    Conflict (field "municipality"), InvalidArgument (field "to") for the same store twice, Busy
    (field "rotation" or "moving"), Damaged (field "journal"), Cancelled, DiskFull, and those of
    open().
    """
    return _renraku.copy_municipality(
        source, target, municipality, passphrase, recovery_key, host_key, target_passphrase,
        target_recovery_key, target_host_key, home, target_home, keeper, target_keeper,
        journal_signer, target_signer, progress)


def compare_municipality(
    one: str | os.PathLike[str],
    other: str | os.PathLike[str],
    municipality: str,
    *,
    passphrase: str | None = None,
    recovery_key: str | None = None,
    host_key: bytes | None = None,
    other_passphrase: str | None = None,
    other_recovery_key: str | None = None,
    other_host_key: bytes | None = None,
    home: str | os.PathLike[str] | None = None,
    other_home: str | os.PathLike[str] | None = None,
    keeper: Keeper | None = None,
    other_keeper: Keeper | None = None,
    journal_signer: str | os.PathLike[str] | None = None,
    other_signer: str | os.PathLike[str] | None = None,
    progress: Progress | None = None,
) -> StoreComparison:
    """Holds what two stores have of one municipality against each other, row by row.

    The proofs are of the whole journals. NotFound (field "municipality") where the first store
    never had it.
    """
    return _renraku.compare_municipality(
        one, other, municipality, passphrase, recovery_key, host_key, other_passphrase,
        other_recovery_key, other_host_key, home, other_home, keeper, other_keeper,
        journal_signer, other_signer, progress)
