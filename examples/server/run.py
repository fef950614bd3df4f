"""Serves the demo city; `--check` asks it a page and a list, prints the answers and stops.

`--engine postgresql` keeps it on a PostgreSQL of its own, which goes when it ends.
"""
import argparse
import contextlib
import http.client
import json
import pathlib
import signal
import subprocess
import sys
import tempfile
import urllib.parse

import demo
from postgres import Postgres


def start(server: pathlib.Path, folder: pathlib.Path, store: str | pathlib.Path,
          listen: str) -> tuple[subprocess.Popen, str]:
    """The running server and its address; its own words on standard error pass through."""
    process = subprocess.Popen(
        [server, "--store", store, "--home", folder, "--passphrase-file",
         folder / demo.PASSPHRASE_FILE, "--listen", listen],
        stdout=subprocess.PIPE, text=True)
    address = process.stdout.readline().strip()
    if not address:
        sys.exit(process.wait() or 1)
    return process, address


def ask(address: str, method: str, path: str, body: object = None, **headers: str):
    """Status, headers and body of one request, as one of the server's own pages would make it."""
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(address).netloc, timeout=60)
    data = None if body is None else json.dumps(body)
    connection.request(method, path, data, {
        "Origin": address, "Content-Type": "application/json", **headers})
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    print(f"{method} {path} -> {answer.status} {answer.reason}")
    if answer.status != 200:
        raise SystemExit(f"run: the server answered: {text}")
    return answer, text


def check(address: str) -> None:
    _, page = ask(address, "GET", "/")
    print("  " + next(line.strip() for line in page.splitlines() if "<title>" in line))
    answer, text = ask(address, "POST", "/api/v1/session", {
        "municipality": demo.MUNICIPALITY[0], "login": demo.OFFICER, "password": demo.PASSWORD})
    me = json.loads(text)
    print(f"  {me['municipality']['name']} {me['member']['name']}")
    cookie = answer.getheader("Set-Cookie").partition(";")[0]
    _, text = ask(address, "POST", "/api/v1/evacuees/search", {"filter": {}, "size": 3},
                  **{"Cookie": cookie, "X-Renraku-Token": me["token"]})
    for line in json.loads(text)["items"]:
        print(f"  {line['reference']} {line['name']} {line['kana']} {line['district']}")


def welcome(address: str, folder: pathlib.Path) -> None:
    print(f"""
  {address}

  ID          {demo.OFFICER}  (名簿担当; the administrator is {demo.ADMINISTRATOR})
  パスワード  {demo.PASSWORD}

  A roster to import: {folder / demo.NEXT_ROSTER}
  Everyone in it is made up. Ctrl+C stops the server.
""", flush=True)


@contextlib.contextmanager
def city(engine: str, folder: pathlib.Path):
    """The demo's folder, and its store's address."""
    if engine == "postgresql":
        with tempfile.TemporaryDirectory() as home, Postgres() as postgres:
            print("run: making the demo city on a PostgreSQL of its own", file=sys.stderr)
            folder = pathlib.Path(home) / "demo"
            demo.make(folder, postgres.address)
            yield folder, postgres.address
        return
    if not folder.exists():
        print(f"run: making the demo city in {folder}", file=sys.stderr)
        demo.make(folder)
    yield folder, folder / demo.STORE


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--server", type=pathlib.Path, required=True)
    parser.add_argument("--demo", type=pathlib.Path, required=True)
    parser.add_argument("--listen", default="127.0.0.1:8080")
    parser.add_argument("--engine", choices=("sqlcipher", "postgresql"), default="sqlcipher")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()

    # A stop asked of us is passed on: the server ends by its own id, after its requests.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with city(options.engine, options.demo) as (folder, store):
        return serve(options, folder, store)


def serve(options: argparse.Namespace, folder: pathlib.Path, store: str | pathlib.Path) -> int:
    process, address = start(options.server, folder, store,
                             "127.0.0.1:0" if options.check else options.listen)
    try:
        if options.check:
            check(address)
            return 0
        welcome(address, folder)
        return process.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        process.terminate()
        process.wait(timeout=30)


if __name__ == "__main__":
    sys.exit(main())
