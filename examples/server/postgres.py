"""A PostgreSQL of the demo's own: Debian's package, a new cluster in a temporary folder, reached by its
socket alone, and gone when the demo ends."""

import ctypes
import os
import pathlib
import pwd
import signal
import subprocess
import sys
import tempfile
import time

PATIENCE_SECONDS = 60
PR_SET_PDEATHSIG = 1


def programs() -> pathlib.Path:
    """Where Debian has the programs of the newest version."""
    found = [path for path in pathlib.Path("/usr/lib/postgresql").glob("*/bin")
             if (path / "initdb").exists() and int(path.parent.name) >= 15]
    if not found:
        sys.exit("run: PostgreSQL 15 is not installed (Debian: postgresql-15)")
    return max(found, key=lambda path: int(path.parent.name))


class Postgres:
    """Runs from `with` to its end. `address` names its database, which is empty at first."""

    def __enter__(self) -> "Postgres":
        self._programs = programs()
        # The server refuses to run as root; there it runs as the package's own user.
        self._account = pwd.getpwnam("postgres") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
        # Not beside the demo: a socket's path has little room, and that user may not get there.
        self._folder = tempfile.TemporaryDirectory(prefix="renraku-demo-", dir="/tmp")
        self._process = None
        folder, owner = self._folder.name, self._account.pw_name
        os.chown(folder, self._account.pw_uid, self._account.pw_gid)
        self.address = f"postgresql://{owner}@/postgres?host={folder}"
        try:
            self._start(folder, owner)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *error: object) -> None:
        if self._process:
            self._process.send_signal(signal.SIGINT)  # whoever is connected is sent away
            self._process.wait()
        self._folder.cleanup()

    def _start(self, folder: str, owner: str) -> None:
        self._run("initdb", "-D", f"{folder}/data", "-U", owner, "-A", "trust", "-E", "UTF8",
                  "--locale=C.UTF-8").wait()
        self._process = self._run("postgres", "-D", f"{folder}/data", "-k", folder, "-c",
                                  "listen_addresses=")
        ready = [self._programs / "pg_isready", "-q", "-h", folder, "-U", owner]
        deadline = time.monotonic() + PATIENCE_SECONDS
        while subprocess.run(ready).returncode:
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit("run: PostgreSQL did not start; /usr/lib/postgresql has it")
            time.sleep(0.05)

    def _run(self, program: str, *words: str) -> subprocess.Popen:
        return subprocess.Popen([self._programs / program, *words], cwd="/",
                                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL, preexec_fn=self._become)

    def _become(self) -> None:
        if os.geteuid() == 0:
            os.setgroups([self._account.pw_gid])
            os.setgid(self._account.pw_gid)
            os.setuid(self._account.pw_uid)
        # After the change of user, which would undo it: the server ends with the demo.
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)
        # Ctrl+C is the demo's, which ends its servers in order.
        os.setpgid(0, 0)
