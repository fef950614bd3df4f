"""Ours beside its peers: builds what is missing, runs them in turn, prints medians and ratios.

    bench.py --build BUILD [--engine embedded|postgresql] [--json FILE] [--rows 100000] [--rounds N]

Without --engine, both. The rounds are those of the imports: 3 embedded, 1 on a server.

Times are of this machine and this hour; what counts are the ratios, taken side by side in one run.
"""

import argparse
import json
import os
import pathlib
import secrets
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE))
import roster_file  # noqa: E402

MUNICIPALITY, LOGIN, PASSWORD = "082112", "kanri", "bench-no-pasuwaado"
PASSPHRASE = "a passphrase for benchmarks only"


def say(text):
    print(text, file=sys.stderr, flush=True)


def new_store(renraku, path, key):
    store = renraku.create(path, passphrase=PASSPHRASE, slot_name="bench")
    store.add_host_key("bench host", key)
    store.add_municipality(MUNICIPALITY, "常総市", login=LOGIN, password=PASSWORD)
    return store


def import_ours(renraku, csv_file, path, key):
    store = new_store(renraku, path, key)
    with store:
        session = store.sign_in(MUNICIPALITY, LOGIN, PASSWORD)
        start = time.perf_counter()
        report = session.roster.import_file(csv_file)
        seconds = time.perf_counter() - start
    return seconds, report


def run(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def imports(renraku, bench_store, folder, rows, rounds):
    csv_file = folder / "roster.csv"
    say(f"writing a roster of {rows} rows")
    roster_file.write(csv_file, rows)
    key = secrets.token_bytes(32)
    ours, raw, by_table, orm = [], [], [], []
    for turn in range(rounds):
        say(f"import, round {turn + 1} of {rounds}")
        store = folder / f"store{turn}.renraku"
        seconds, report = import_ours(renraku, csv_file, store, key)
        assert report.added + len(report.rejected) == rows, "the import took other rows than it should"
        ours.append(seconds)
        for order, seconds in ("rows", raw), ("tables", by_table):
            seconds.append(float(run(bench_store, "raw-import", store, key.hex(), csv_file,
                                     folder / f"{order}{turn}.db", order)))
        if turn == 0:  # one round of the slow peer is enough to tell
            orm.append(float(run("/usr/bin/python3", HERE / "orm_import.py", csv_file,
                                 folder / "orm.db")))
    return folder / "store0.renraku", key, map(statistics.median, (ours, raw, by_table, orm))


def finds_in_python(renraku, store_path, key, turns=20_000):
    with renraku.open(store_path, host_key=key) as store:
        session = store.sign_in(MUNICIPALITY, LOGIN, PASSWORD)
        phones = [line.phone for _, line in zip(range(5000), session.evacuees.list()) if line.phone]
        samples = []
        for turn in range(turns):
            phone = phones[turn * 7919 % len(phones)]
            start = time.perf_counter_ns()
            page = session.people.find(phone=phone).page()
            samples.append((time.perf_counter_ns() - start) / 1000)
            assert page.items
    return statistics.median(samples)


def row(name, unit, ours, beside, ratio, goal, held):
    return {"name": name, "unit": unit, "ours": round(ours, 3),
            "beside": {peer: round(value, 3) for peer, value in beside.items()},
            "ratio": round(ratio, 3), "goal": goal, "held": held}


def import_memory(build, csv_file, store):
    """Of a first import and of the same file again, each in a process of its own."""
    return [float(run("/usr/bin/python3", HERE / "import_memory.py", build / "python", csv_file,
                      store)) for _ in range(2)]


def table(reads, python_find, seconds, trust, memory):
    ours, raw, by_table, orm = seconds
    over = reads["open"] / 1000
    return [
        row("open, beyond Argon2id (by host key)", "ms", over,
            {"argon2id": reads["argon2id"] / 1000,
             "open by passphrase": reads["open_by_passphrase"] / 1000},
            reads["open_by_passphrase"] / reads["argon2id"], "<= 5 ms", over <= 5),
        row("roster import from Python, raw rows", "s", ours,
            {"raw SQLCipher, row by row": raw, "raw, table by table": by_table}, ours / raw,
            "<= 1.25", ours / raw <= 1.25),
        row("the same, all rows of a table at once", "s", ours, {"raw, table by table": by_table},
            ours / by_table, "<= 1.25", ours / by_table <= 1.25),
        row("roster import from Python, ORM", "s", ours, {"csv + SQLAlchemy ORM": orm}, orm / ours,
            ">= 5", orm / ours >= 5),
        row("memory of an import, ten times the rows", "MB", max(memory),
            {"the file again": memory[1]}, max(memory) / 200, "< 200 MB", max(memory) < 200),
        row("find by phone, journalled, C++, p50", "us", reads["find_p50"],
            {"raw SQLCipher": reads["raw_find_p50"]}, reads["find_p50"] / reads["raw_find_p50"],
            "<= 20 us", reads["find_p50"] <= 20),
        row("find by phone, journalled, C++, p99", "us", reads["find_p99"],
            {"raw SQLCipher p50": reads["raw_find_p50"]}, reads["find_p99"] / reads["raw_find_p50"],
            "<= 100 us", reads["find_p99"] <= 100),
        row("find by phone, journalled, Python, p50", "us", python_find,
            {"raw SQLCipher": reads["raw_find_p50"]}, python_find / reads["raw_find_p50"],
            "<= 40 us", python_find <= 40),
        row("list page of 50, journalled, C++", "us", reads["list_p50"],
            {"raw SQLCipher": reads["raw_list_p50"]}, reads["list_p50"] / reads["raw_list_p50"],
            "reported", True),
        row("find by phone during an import, p99", "us", trust["import_find_p99"],
            {"the same, p50": trust["import_find_p50"]},
            trust["import_find_p99"] / trust["import_find_p50"], "<= 100 us",
            trust["import_find_p99"] <= 100),
        row("verify, entries a second", "k/s", trust["verify_entries"] / trust["verify"] * 1000,
            {"entries, thousands": trust["verify_entries"] / 1000},
            trust["verify_entries"] / trust["verify"] * 1000 / 200, ">= 200 k/s",
            trust["verify_entries"] / trust["verify"] * 1000 >= 200),
        row("backup, verified by reading back", "MB/s", trust["megabytes"] / trust["backup"] * 1e6,
            {"plain copy, flushed": trust["megabytes"] / trust["copy"] * 1e6},
            trust["copy"] / trust["backup"], ">= 0.5", trust["copy"] / trust["backup"] >= 0.5),
    ]


def show(rows):
    print(f"{'':44}{'ours':>12} {'beside':>34} {'ratio':>8}  goal")
    for r in rows:
        peer, value = next(iter(r["beside"].items()))
        held = "held" if r["held"] else "NOT HELD"
        ours, beside = f"{r['ours']:.2f} {r['unit']}", f"{peer} {value:.2f}"
        print(f"{r['name']:44}{ours:>12} {beside:>34} {r['ratio']:>8.2f}  {r['goal']} {held}")


def embedded(renraku, build, folder, rows, rounds):
    """The rows of the report."""
    subprocess.run(["ninja", "-C", build, "bench_store"], check=True, stdout=subprocess.DEVNULL)
    bench_store = build / "tests/bench/bench_store"
    store, key, seconds = imports(renraku, bench_store, folder, rows, rounds)
    say("reads")
    python_find = finds_in_python(renraku, store, key)
    reads = json.loads(run(bench_store, "reads", store, key.hex(), PASSPHRASE, LOGIN, PASSWORD))
    say("verify, backup, a look-up during an import of ten times as many")
    large = folder / "large.csv"
    roster_file.write(large, 10 * rows)
    trust = json.loads(run(bench_store, "trust", store, key.hex(), LOGIN, PASSWORD, large))
    say("memory")
    memory = import_memory(build, large, folder / "memory.renraku")
    return table(reads, python_find, seconds, trust, memory)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--build", type=pathlib.Path, required=True)
    options.add_argument("--engine", choices=["embedded", "postgresql"])
    options.add_argument("--json", type=pathlib.Path)
    options.add_argument("--rows", type=int, default=100_000)
    options.add_argument("--rounds", type=int)
    arguments = options.parse_args()
    build = arguments.build.resolve()
    sys.path.insert(0, str(build / "python"))
    import renraku

    rows = []
    with tempfile.TemporaryDirectory(prefix="renraku-bench-") as name:
        folder = pathlib.Path(name)
        if arguments.engine != "postgresql":
            rows += embedded(renraku, build, folder, arguments.rows, arguments.rounds or 3)
        if arguments.engine != "embedded":
            import bench_postgresql

            rows += bench_postgresql.measure(renraku, build, folder, arguments.rows,
                                             arguments.rounds or 1)
    show(rows)
    if arguments.json:
        arguments.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + os.linesep)
    return 0 if all(r["held"] for r in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
