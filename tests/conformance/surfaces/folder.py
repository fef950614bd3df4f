"""What happens to the folder of a closed store behind everybody's back. No surface offers it."""

import os
import pathlib
import shutil
import subprocess

from .common import HOST_KEY


def copy(of, to):
    """Whatever was there before is gone."""
    remove(to)
    if pathlib.Path(of).is_dir():
        shutil.copytree(of, to)
    else:
        shutil.copy(of, to)


def move(of, to):
    remove(to)
    shutil.move(of, to)


def remove(path):
    if pathlib.Path(path).is_dir():
        shutil.rmtree(path)
    else:
        pathlib.Path(path).unlink(missing_ok=True)


def make(path):
    pathlib.Path(path).mkdir()


def forge_journal(folder, deed, number):
    """By somebody who has the store's key: `alter` this entry of 常総市, `rewrite` all from it on
    and sign, or `drop` so many at the end and sign (tests/fixture/thief.cpp)."""
    key = pathlib.Path(folder).parent / "stolen.key"
    key.write_bytes(HOST_KEY)
    subprocess.run([os.environ["RENRAKU_THIEF"], folder, key, deed, str(number)], check=True)


FOLDER = {
    "folder.copy": copy,
    "folder.move": move,
    "folder.make": make,
    "folder.forge_journal": forge_journal,
}
