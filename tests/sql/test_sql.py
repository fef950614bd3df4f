"""Every SQL text of the domain is prepared by a real PostgreSQL 15 on the schema it would have there.

Usage: test_sql.py COLLECT_SQL, the program that prints the schema and the statements.
"""

import json
import os
import pathlib
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

BIN = pathlib.Path("/usr/lib/postgresql/15/bin")
COLLECT = ""
WORDS = {"@key": "BIGINT PRIMARY KEY", "@bytes": "BYTEA", "@clustered": ""}


class Postgres:
    """A server of our own: a new cluster in a temporary folder, reached by its socket alone."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="renraku-pg-", dir="/tmp")
        self.user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        if os.geteuid() == 0:
            account = pwd.getpwnam("postgres")
            os.chown(self.folder, account.pw_uid, account.pw_gid)
        self._run("initdb", "-D", f"{self.folder}/data", "-A", "trust", "-E", "UTF8", "--no-sync",
                  "--locale=C.UTF-8")
        self.server = subprocess.Popen(
            self._as_user(str(BIN / "postgres"), "-D", f"{self.folder}/data", "-k", self.folder,
                          "-c", "listen_addresses=", "-F"),
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        for line in self.server.stderr:
            if "ready to accept connections" in line:
                return
        raise RuntimeError("PostgreSQL did not start")

    def _as_user(self, *command):
        drop = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
        return (drop if os.geteuid() == 0 else []) + list(command)

    def _run(self, program, *words):
        subprocess.run(self._as_user(str(BIN / program), *words), check=True, cwd="/",
                       stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)

    def tell(self, script):
        """Runs a script up to its first error; the error's text, empty when there was none."""
        done = subprocess.run(
            self._as_user(str(BIN / "psql"), "-h", self.folder, "-d", "postgres", "-X", "-q",
                          "-v", "ON_ERROR_STOP=1", "-f", "-"),
            input=script, cwd="/", capture_output=True, text=True)
        return done.stderr if done.returncode else ""

    def end(self):
        self.server.terminate()
        self.server.wait(timeout=30)
        self.server.stderr.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def numbered(sql):
    """`:name` becomes `$1`…; texts in quotes stay as they are."""
    names = []

    def number(match):
        if match.group(1) is None:
            return match.group(0)
        if match.group(1) not in names:
            names.append(match.group(1))
        return f"${names.index(match.group(1)) + 1}"

    return re.sub(r"'(?:[^']|'')*'|:([a-z_]\w*)", number, sql)


def of_the_engine(sql):
    return sql.lstrip().upper().startswith("PRAGMA")


@unittest.skipUnless((BIN / "postgres").exists(), "PostgreSQL 15 is not installed: the SQL is NOT proved common")
class OneSql(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        collected = json.loads(subprocess.run([COLLECT], check=True, capture_output=True, text=True).stdout)
        cls.schema = collected["schema"]
        cls.statements = [sql for sql in collected["statements"] if not of_the_engine(sql)]
        cls.postgres = Postgres()
        cls.addClassCleanup(cls.postgres.end)

    def test_schema_and_every_statement(self):
        for script in self.schema:
            for word, meaning in WORDS.items():
                script = script.replace(word, meaning)
            self.assertEqual(self.postgres.tell(script), "")
        self.assertGreater(len(self.statements), 40)
        for sql in self.statements:
            with self.subTest(sql=sql):
                self.assertEqual(self.postgres.tell(f"PREPARE it AS {numbered(sql)};"), "")

    def test_a_statement_of_sqlite_alone_is_noticed(self):
        self.assertNotEqual(self.postgres.tell("PREPARE it AS INSERT OR IGNORE INTO journal VALUES ($1);"), "")


if __name__ == "__main__":
    COLLECT = sys.argv.pop()
    unittest.main(verbosity=1)
