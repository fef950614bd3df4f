"""Ours on PostgreSQL beside its peers, on one server that the bench starts: medians and ratios.

bench.py runs it. The peers have the same rows in the clear, in the library's own tables and with its
indexes: copies of what the same roster made in an embedded store.
"""

import json
import os
import secrets
import statistics
import subprocess
import time

import bench
import orm_acts
import roster_file
from postgres_server import PostgresServer

FINDS, PAGES, CHANGES = 1_000, 100, 200
#: Each peer does so many in a row before it is the next one's turn: another's act leaves the processor's
#: caches cold and its server process asleep.
IN_A_ROW = 10
CLIENTS, CLIENT_SECONDS, CLIENT_ROWS = 8, 5, 10_000
HERE = bench.HERE


def import_on(renraku, server, csv_file, key):
    """A new store on the server; its address, the database's name and the seconds that the import took."""
    database = server.new_database()
    seconds, report = bench.import_ours(renraku, csv_file, server.address(database), key)
    return server.address(database), database, seconds, report


def tidy(server, database):
    """What the server does by itself in the minutes after an import, while commits wait for its disk."""
    connection = orm_acts.connect(server.folder, server.owner, database)
    connection.autocommit = True
    cursor = connection.cursor()
    cursor.execute("VACUUM ANALYZE")
    cursor.execute("CHECKPOINT")
    connection.close()


def imports(renraku, program, server, folder, rows, rounds):
    csv_file, embedded = folder / "server.csv", folder / "embedded.renraku"
    roster_file.write(csv_file, rows)
    key = secrets.token_bytes(32)
    bench.import_ours(renraku, csv_file, embedded, key)
    seconds = {"ours": [], "rows": [], "copy": [], "orm": []}
    for turn in range(rounds):
        bench.say(f"import on a server, round {turn + 1} of {rounds}")
        address, database, took, report = import_on(renraku, server, csv_file, key)
        assert report.added + len(report.rejected) == rows, "the import took other rows than it should"
        seconds["ours"].append(took)
        plain = {}
        for order in "rows", "copy":
            plain[order] = server.new_database()
            seconds[order].append(float(bench.run(program, "import", embedded, key.hex(), csv_file,
                                                  server.address(plain[order]), order)))
        server.drop(plain["rows"])
        if turn == 0:  # one round of the slow peer is enough to tell
            other = server.new_database()
            seconds["orm"].append(float(bench.run(
                "/usr/bin/python3", HERE / "orm_import.py", csv_file,
                f"postgresql+psycopg2://{server.owner}@/{other}?host={server.folder}")))
            server.drop(other)
    tidy(server, database)
    tidy(server, plain["copy"])
    return address, plain["copy"], key, {who: statistics.median(all_) for who, all_ in seconds.items()}


def measured(act, *words):
    start = time.perf_counter_ns()
    act(*words)
    return (time.perf_counter_ns() - start) / 1000


class Ours:
    name = "ours"

    def __init__(self, session):
        self._session = session

    def find(self, phone):
        return self._session.people.find(phone=phone).page().items

    def list(self):
        return self._session.evacuees.list().page().items

    def change(self, person, address):
        first, *others = person.addresses
        first.text = address
        person.addresses = [first, *others]
        self._session.people.change(person)


def in_python(renraku, server, store_address, plain, key):
    """Microseconds at the median of each act of ours and of each peer, in turn."""
    peers = [peer(server.folder, server.owner, plain, bench.MUNICIPALITY) for peer in orm_acts.PEERS]
    connection = orm_acts.connect(server.folder, server.owner, plain)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pk FROM person ORDER BY pk LIMIT 20000")
        rows = [pk for pk, in cursor.fetchall()]
    connection.close()
    samples = {act: {peer.name: [] for peer in [Ours, *peers]} for act in ("find", "list", "change")}
    with renraku.open(store_address, host_key=key) as store:
        session = store.sign_in(bench.MUNICIPALITY, bench.LOGIN, bench.PASSWORD)
        ours = Ours(session)
        lines = [line for _, line in zip(range(5000), session.evacuees.list())]
        phones = [line.phone for line in lines if line.phone]
        assert len(peers[0].list()) == len(ours.list()) == 50

        def in_turn(act, count, words_of):
            for block in range(0, count, IN_A_ROW):
                for peer in ours, *peers:
                    for turn in range(block, block + IN_A_ROW):
                        words = words_of(peer, turn)
                        samples[act][peer.name].append(measured(getattr(peer, act), *words))

        def to_change(peer, turn):
            place, address = turn * 7919, f"茨城県常総市架空町{turn % 60 + 1}丁目{turn}番地"
            if peer is not ours:
                return rows[place % len(rows)], address
            return session.people.view(lines[place % len(lines)].person), address

        in_turn("find", FINDS, lambda _, turn: [phones[turn * 7919 % len(phones)]])
        in_turn("list", PAGES, lambda *_: [])
        in_turn("change", CHANGES, to_change)
        assert all(len(peer.find(phones[0])) == len(ours.find(phones[0])) for peer in peers)
    return {act: {who: statistics.median(times) for who, times in all_.items()}
            for act, all_ in samples.items()}


def acts_a_second(program, stores, key):
    """Of eight processes, each at one of the stores, nine look-ups to a change."""
    clients = [
        subprocess.Popen([program, "client", stores[i % len(stores)], key.hex(), bench.LOGIN,
                          bench.PASSWORD, str(CLIENT_SECONDS)],
                         stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for i in range(CLIENTS)]
    for client in clients:
        assert client.stdout.readline() == "ready\n"
    for i, client in enumerate(clients):
        client.stdin.write(f"{i * 1009}\n")
        client.stdin.flush()
    done = sum(int(client.communicate()[0].split()[0]) for client in clients)
    assert not any(client.returncode for client in clients)
    return done / CLIENT_SECONDS


def one_and_three(renraku, program, server, folder):
    """Acts a second against one database, and against three, each on a server of its own."""
    csv_file, key = folder / "clients.csv", secrets.token_bytes(32)
    roster_file.write(csv_file, CLIENT_ROWS)
    with PostgresServer() as second, PostgresServer() as third:
        stores = []
        for each in server, second, third:
            address, database, *_ = import_on(renraku, each, csv_file, key)
            tidy(each, database)
            stores.append(address)
        return acts_a_second(program, stores[:1], key), acts_a_second(program, stores, key)


def act_rows(name, reads, python):
    """Of one act: C++ beside libpq, and the Python module beside Django."""
    ours, same, mine = reads["ours"], reads["same"], python["ours"]
    django = python[orm_acts.Django.name]
    return [
        bench.row(f"{name}, C++", "us", ours,
                  {"plain libpq": same, "libpq, fewest statements": reads["fewest"],
                   "ours p99": reads["ours_p99"], "plain libpq p99": reads["same_p99"]},
                  ours / same, "<= 1.5", ours / same <= 1.5),
        bench.row(f"{name}, Python", "us", mine,
                  {who: python[who] for who in (orm_acts.Django.name, orm_acts.SqlAlchemy.name,
                                                orm_acts.Psycopg.name)},
                  django / mine, ">= 3", django / mine >= 3),
    ]


def table(seconds, reads, python, clients):
    ours, one, three = seconds["ours"], *clients
    names = {"find": "server: find by phone", "list": "server: list page of 50",
             "change": "server: change of one person"}
    return [
        *(line for act, name in names.items() for line in act_rows(name, reads[act], python[act])),
        bench.row("server: roster import from Python", "s", ours,
                  {"SQLAlchemy's ORM": seconds["orm"], "libpq, row by row": seconds["rows"],
                   "libpq, COPY": seconds["copy"]},
                  seconds["orm"] / ours, ">= 3", seconds["orm"] / ours >= 3),
        bench.row("server: 8 processes, one database", "acts/s", one, {"three databases": three},
                  three / one, "reported", True),
    ]


def measure(renraku, build, folder, rows, rounds):
    """The rows of the report."""
    program = build / "tests/bench/bench_postgresql"
    subprocess.run(["ninja", "-C", build, "bench_postgresql"], check=True, stdout=subprocess.DEVNULL)
    os.environ["RENRAKU_HOME"] = str(folder / "home")
    with PostgresServer() as server:
        address, plain, key, seconds = imports(renraku, program, server, folder, rows, rounds)
        bench.say("acts in C++ on a server")
        reads = json.loads(bench.run(program, "acts", address, key.hex(), bench.LOGIN, bench.PASSWORD,
                                     server.address(plain)))
        bench.say("acts in Python on a server")
        python = in_python(renraku, server, address, plain, key)
        bench.say("eight processes against one server, and against three")
        clients = one_and_three(renraku, program, server, folder)
    return table(seconds, reads, python, clients)
