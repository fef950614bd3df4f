"""Runs the browser tests: fetches playwright-core once into the user's cache folder, then node.

The package lives outside the build folder, so that a clean build needs no network; it never
downloads a browser: Debian's chromium is driven.
"""
import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent


def packages() -> pathlib.Path:
    """The folder whose node_modules has what package.json names, installed where it is missing."""
    cache = os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache"
    folder = pathlib.Path(cache) / "renraku" / "web"
    wanted = HERE / "package.json"
    kept = folder / "package.json"
    if (folder / "node_modules").is_dir() and kept.read_bytes() == wanted.read_bytes():
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(wanted, kept)
    command = ["npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts"]
    try:
        subprocess.run(command, cwd=folder, check=True,
                       env={**os.environ, "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD": "1"})
    except BaseException:
        kept.unlink(missing_ok=True)
        raise
    return folder


def main() -> int:
    environment = {**os.environ, "RENRAKU_WEB_PACKAGES": str(packages())}
    tests = sorted(str(path) for path in HERE.glob("*.test.mjs"))
    result = subprocess.run(["node", "--test", "--test-reporter=spec", *tests], env=environment)
    return result.returncode


if __name__ == "__main__":
    sys.exit(main())
