"""Moving house: a whole store carried to another place, and two held against each other."""

import os

from . import _renraku
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
    journal_signer: str | os.PathLike[str] | None = None,
    progress: Progress | None = None,
) -> CopyReport:
    """Carries a store to a new folder or a server's empty database; the same secrets open it.

    Records, history, members, sessions and keys are the same there, and the journal is to the byte;
    it goes on under a node of its own. The copied store stays as it was, and its journal tells that
    it was copied. Others may work there meanwhile; at the end, while everything is read back, their
    changes wait. Nothing opens at the target before everything is there.

    `progress` is told of rows: how many were read, twice, and how many there are to read. Work that
    was ended, also by a kill, goes on with the same call. `home` is for addresses of a server, and
    `target_home` where the target's is another. Exists, Cancelled, Busy, DiskFull, and those of
    open().
    """
    return _renraku.copy_store(source, target, passphrase, recovery_key, host_key, home,
                               target_home, journal_signer, progress)


def compare_stores(
    one: str | os.PathLike[str],
    other: str | os.PathLike[str],
    *,
    passphrase: str | None = None,
    recovery_key: str | None = None,
    host_key: bytes | None = None,
    home: str | os.PathLike[str] | None = None,
    other_home: str | os.PathLike[str] | None = None,
    journal_signer: str | os.PathLike[str] | None = None,
    progress: Progress | None = None,
) -> StoreComparison:
    """Holds two stores against each other, row by row; the secret opens both.

    Differences are named by table and key, never by what the rows say. Writes into neither, unless
    one is to be brought up to date.
    """
    return _renraku.compare_stores(one, other, passphrase, recovery_key, host_key, home, other_home,
                                   journal_signer, progress)
