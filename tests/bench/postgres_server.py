"""A PostgreSQL server of the bench's own: Debian's package, a new cluster in a temporary folder, reached
by its socket alone.

Its commits are on the disk when they are answered (fsync and synchronous_commit are on), and
shared_buffers is 256 MB; everything else is as the package has it.
"""

import ctypes
import os
import pathlib
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
import uuid

PATIENCE_SECONDS = 120
SETTINGS = {"listen_addresses": "", "fsync": "on", "synchronous_commit": "on", "shared_buffers": "256MB"}
PR_SET_PDEATHSIG = 1


def programs():
    """Where Debian has the programs of the newest version; none when it has none."""
    found = [p for p in pathlib.Path("/usr/lib/postgresql").glob("*/bin") if (p / "initdb").exists()]
    return max(found, key=lambda p: int(p.parent.name), default=None)


class PostgresServer:
    """Started when made; end it with close(), which takes its folder away too."""

    def __init__(self, settings=()):
        self._bin = programs()
        if not self._bin:
            raise RuntimeError("PostgreSQL 15 is not installed (postgresql-15)")
        # The server refuses to run as root; there it runs as the package's own user.
        as_root = os.geteuid() == 0
        self._account = pwd.getpwnam("postgres") if as_root else pwd.getpwuid(os.geteuid())
        self.owner = self._account.pw_name
        # Short, for a socket's path has little room.
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="pg-bench-", dir="/tmp"))
        if as_root:
            os.chown(self.folder, self._account.pw_uid, self._account.pw_gid)
        self._process = None
        try:
            self._start({**SETTINGS, **dict(settings)})
        except BaseException:
            self.close()
            raise

    def new_database(self):
        """Makes an empty database; its name."""
        name = "bench_" + uuid.uuid4().hex
        subprocess.run(
            [self._bin / "createdb", "-h", self.folder, "-U", self.owner, name], check=True)
        return name

    def drop(self, database):
        subprocess.run(
            [self._bin / "dropdb", "-h", self.folder, "-U", self.owner, "--force", database], check=True)

    def address(self, database):
        """As renraku and libpq take it."""
        return f"postgresql://{self.owner}@/{database}?host={self.folder}"

    def close(self):
        if self._process:
            self._process.send_signal(signal.SIGINT)  # whoever is connected is sent away
            self._process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()

    def _start(self, settings):
        data = self.folder / "data"
        self._run("initdb", "-D", data, "-U", self.owner, "-A", "trust", "-E", "UTF8",
                  "--locale=C.UTF-8", "--data-checksums").wait(PATIENCE_SECONDS)
        words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        self._process = self._run("postgres", "-D", data, "-k", self.folder, *words)
        ready = [self._bin / "pg_isready", "-q", "-h", self.folder, "-U", self.owner]
        deadline = time.monotonic() + PATIENCE_SECONDS
        while subprocess.run(ready).returncode:
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start; see {self.folder}/log")
            time.sleep(0.05)

    def _run(self, program, *words):
        with open(self.folder / "log", "ab") as log:
            return subprocess.Popen([self._bin / program, *words], stdin=subprocess.DEVNULL, stdout=log,
                                    stderr=log, cwd="/", preexec_fn=self._become)

    def _become(self):
        if os.geteuid() == 0:
            os.setgroups([self._account.pw_gid])
            os.setgid(self._account.pw_gid)
            os.setuid(self._account.pw_uid)
        # After the change of user, which would undo it: the server ends with the bench.
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)
