"""scenarios.json through C++, C, Python and HTTP: one test a scenario and surface.

A step calls as a session of that name, which signs in when it first acts:

    {"as": "kanri", "call": "evacuees.add", "with": {…}, "save": "hana", "expect": {…}}

`with` may say "$hana.person" for what an earlier step saved, {"$": "hana", "label": "red"} for it
with other fields, {"$totp": "enrolment.secret", "ahead": 1} for the code that an authenticator
program shows one half minute from now (the same text each time that is asked for), {data} and
{folder} for this folder and the scenario's own, and {key} for what opens the store. A call of the
group "folder" is nobody's interface: it happens to the folder of a closed store. `expect` names
the part of the answer that matters (Pattern says how), `lacks` what must stand nowhere in it, and
`error`, with `field`, the kind of error instead. Beyond what a step expects, the whole answer must
be the one that C++ gave.

{store} is the store's address: a folder, or where RENRAKU_TEST_ENGINE says so a server's database. A
scenario that is about the files of a folder says why (`on_a_folder`) and is not run on a server; one
that says `on_a_server` runs there alone.
"""

import base64
import copy
import functools
import hmac
import json
import pathlib
import re
import struct
import tempfile
import time
import unittest

import renraku
from places import ON_A_SERVER, Place
from surfaces import FOLDER, HOST_KEY, C, Cpp, Failure, Http, Python

HERE = pathlib.Path(__file__).resolve().parent
BOOK = json.loads((HERE / "scenarios.json").read_text(encoding="utf-8"))
SURFACES = {"cpp": Cpp, "c": C, "python": Python, "http": Http}

#: What a surface does not offer, and why. Scenarios with such a call are not run there.
SLOT_HOLDER = "for the holder of a key slot alone; who signs in over the network holds none"
NOT_OFFERED = {
    "http": {
        "store.add_municipality": SLOT_HOLDER,
        "store.add_service_administrator": SLOT_HOLDER,
        "store.key_slots": SLOT_HOLDER,
        "store.change_passphrase": SLOT_HOLDER,
        "store.add_recovery_key": SLOT_HOLDER,
        "store.add_host_key": SLOT_HOLDER,
        "store.verify_journal": SLOT_HOLDER + "; journal.verify does the same",
        "store.journal_heads": SLOT_HOLDER + "; journal.heads does the same",
        "store.verify_journal_with": SLOT_HOLDER,
        "store.change_journal_signer": SLOT_HOLDER,
        "store.opened_with": SLOT_HOLDER,
        "store.revoke_slot": SLOT_HOLDER,
        "store.archive_journal": SLOT_HOLDER,
        "store.bring_back_journal": SLOT_HOLDER,
        "store.journal_segments": SLOT_HOLDER,
        "store.recover_administrator": SLOT_HOLDER,
        "session.sign_in_by_certificate": "the certificate is the one that TLS verified",
        "store.flush": "the server flushes when it ends",
        "store.is_strict": SLOT_HOLDER,
        "roster.import_rows": "a browser has files; rows are for programs",
    },
}

#: Fields that a surface leaves out of an answer, and why.
NOT_TOLD = {
    "http": {
        "store.municipalities": ({"id", "revision", "disclosure", "label_red", "label_blue",
                                  "label_yellow", "two_factor", "text_index"},
                                 "strangers see it, to choose one to sign in"),
        "roster.export_file": ({"unencodable"}, "the answer is the file; headers count them"),
        "disclosures.make": ({"unencodable"}, "the answer is the file; headers count them"),
    },
}

#: Where a surface names another field than the others when a value is refused: (call, field): what
#: it names instead. Each is a fault to mend; once it is, the test says so and the line goes.
DRIFTS = {}

UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
BACKUP = re.compile(r"renraku-\S+\.backup")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
NO_ID = "00000000-0000-0000-0000-000000000000"
#: "Nobody" is null in C, "" in Python and NO_ID in JSON.
MAY_BE_NOBODY = {"member", "on_behalf", "organisation", "answerer",
                 "decided_by", "rule"}
#: Points in time: microseconds in C, texts elsewhere.
TIMES = {"answered_at", "asked_at", "at", "bound_at", "created", "decided_at", "expires", "imported_at",
         "made_at", "noticed_at", "opened_at", "proposed_at", "read_at", "recorded", "recorded_at",
         "seen_at", "time"}
#: What differs from run to run. The server's own look at the municipality stands in the journal,
#: so numbers of entries differ too.
CHANCE = {"secret", "uri", "recovery_codes", "hash", "sequence", "entries", "printed", "password",
          "private_key", "public_key", "assertion", "signer", "signature", "token", "bytes"}


@functools.cache
def city():
    """The city's store, made once; every scenario works on a copy."""
    folder = tempfile.TemporaryDirectory()
    unittest.addModuleCleanup(folder.cleanup)
    place = Place(folder.name)
    unittest.addModuleCleanup(place.close)
    with renraku.create(place.address, host_key=HOST_KEY) as store:
        store.add_service_administrator(password=BOOK["password"], **BOOK["service"])
        for code, told in BOOK["city"].items():
            first, *others = told["members"]
            store.add_municipality(code, told["name"], login=first["login"],
                                   member_name=first["name"], roles=first["roles"],
                                   password=BOOK["password"])
            session = store.sign_in(code, first["login"], BOOK["password"])
            for member in others:
                session.members.add(password=BOOK["password"], **member)
            session.sign_out()
    return place


def municipality_of(login):
    if login == BOOK["service"]["login"]:
        return ""
    for code, place in BOOK["city"].items():
        if login in [member["login"] for member in place["members"]]:
            return code
    raise AssertionError(f"nobody is called {login}: sign in first, or add them to the city")


def totp(secret, ahead):
    """The code of RFC 6238, so many half minutes from now."""
    step = struct.pack(">Q", int(time.time()) // 30 + ahead)
    mac = hmac.digest(base64.b32decode(secret), step, "sha1")
    at = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[at:at + 4])[0] & 0x7fffffff) % 10**6:06}"


class Run:
    """One scenario on one surface."""

    def __init__(self, surface, place):
        self.surface, self.place = surface, place
        self.saved, self.sessions, self.ids, self.codes = {}, set(), {}, {}

    def step(self, step):
        """The answer of the step's call, and the same in the form in which surfaces agree."""
        name, call = step["as"], step["call"]
        given = self.filled_in(step.get("with", {}))
        if call in FOLDER:
            FOLDER[call](**given)
            return {}, {}
        if call in ("store.open", "store.close"):
            self.sessions.clear()
        if call.startswith("session.sign_in") or call in ("session.resume",
                                                          "session.on_behalf_of"):
            self.sessions.add(name)
        elif name not in self.sessions and not call.startswith("store."):
            self.sign_in(name)
        try:
            answer = self.surface.call(name, call, given)
        except Failure as failure:
            return failure.answer, failure.answer
        if call in ("roster.export_file", "disclosures.make"):
            answer["written"] = self.written(given)
        if "save" in step:
            self.saved[step["save"]] = answer
        return answer, self.agreed(answer)

    def sign_in(self, name):
        self.surface.call(name, "session.sign_in", {"municipality": municipality_of(name),
                                                    "login": name, "password": BOOK["password"]})
        self.sessions.add(name)

    @staticmethod
    def written(given):
        encoding = given.get("options", {}).get("encoding", "cp932")
        return pathlib.Path(given["file"]).read_bytes().decode(encoding.replace("bom", "sig"))

    def filled_in(self, value):
        if isinstance(value, str):
            if value.startswith("$"):
                return self.look_up(value[1:])
            for word, meant in (("{data}", HERE), ("{folder}", self.place.folder),
                                ("{store}", self.place.address), ("{key}", HOST_KEY.hex())):
                value = value.replace(word, str(meant))
            return value
        if isinstance(value, list):
            return [self.filled_in(item) for item in value]
        if isinstance(value, dict) and "$totp" in value:
            asked = (value["$totp"], value["ahead"])
            return self.codes.setdefault(asked, totp(self.look_up(asked[0]), asked[1]))
        if isinstance(value, dict):
            base = copy.deepcopy(self.look_up(value["$"])) if "$" in value else {}
            return base | {name: self.filled_in(item) for name, item in value.items() if name != "$"}
        return value

    def look_up(self, path):
        value = self.saved
        for part in path.split("."):
            value = value[int(part)] if isinstance(value, list) else value[part]
        return value

    def agreed(self, value, name=""):
        """The answer with what chance brought replaced, ids by the order in which they came."""
        if isinstance(value, dict):
            return {key: self.agreed(item, key) for key, item in value.items()}
        if isinstance(value, list):
            return [self.agreed(item, name) for item in value]
        if name in CHANCE or (name == "next" and value):
            return "…"
        if name in MAY_BE_NOBODY and value in (None, "", NO_ID):
            return None
        if name in TIMES:
            if value in (0, "1970-01-01T00:00:00.000000Z"):
                return "not yet"
            sound = isinstance(value, int) and value > 10**15 or INSTANT.fullmatch(str(value))
            return "a time" if sound else value
        if isinstance(value, str):
            value = INSTANT.sub("a time", value)  # within the JSON of a changed field
            value = BACKUP.sub("a backup", value)
            return UUID.sub(lambda id: self.ids.setdefault(id[0], f"id {len(self.ids)}"), value)
        return value


class Pattern:
    """A part of an answer. An object's fields must be there and fit, others may be; lists fit item
    by item. {"$has": […]}: a list with items that fit these, in this order, among others.
    {"$contains": …}: a text with this in it."""

    def __init__(self, fill_in):
        self.fill_in = fill_in

    def misfit(self, pattern, answer, path="answer"):
        """Where the answer does not fit, or nothing."""
        if isinstance(pattern, dict) and "$has" in pattern:
            return self._lacking(pattern["$has"], answer, path)
        if isinstance(pattern, dict) and "$contains" in pattern:
            part = self.fill_in(pattern["$contains"])
            return None if part in answer else f"{path} is {answer!r}"
        if isinstance(pattern, dict) and isinstance(answer, dict):
            return self._first((pattern[name], answer.get(name, "(not there)"), f"{path}.{name}")
                               for name in pattern)
        if isinstance(pattern, list) and isinstance(answer, list):
            if len(pattern) != len(answer):
                return f"{path} has {len(answer)} items, not {len(pattern)}: {answer}"
            return self._first((*both, f"{path}.{i}") for i, both in
                               enumerate(zip(pattern, answer)))
        wanted = self.fill_in(pattern)
        same = wanted == answer and isinstance(wanted, bool) == isinstance(answer, bool)
        return None if same else f"{path} is {answer!r}, not {wanted!r}"

    def _first(self, parts):
        return next(filter(None, (self.misfit(*part) for part in parts)), None)

    def _lacking(self, wanted, answer, path):
        items = iter(answer)
        for number, pattern in enumerate(wanted):
            if not any(self.misfit(pattern, item) is None for item in items):
                return f"{path} has nothing for item {number} of $has: {answer}"
        return None


def play(scenario, name, check=lambda run, step, answer: None):
    """The answers of all steps on a surface, as they are compared; `check` sees each as it came."""
    with tempfile.TemporaryDirectory() as folder, Place(folder, copy_of=city()) as place:
        surface = SURFACES[name](place)
        try:
            run, agreed = Run(surface, place), []
            for step in scenario["steps"]:
                answer, plain = run.step(step)
                check(run, step, answer)
                agreed.append(plain)
            return agreed
        finally:
            surface.close()


@functools.cache
def reference(number):
    return play(BOOK["scenarios"][number], "cpp")


def told(value, left_out):
    if isinstance(value, dict):
        return {name: told(item, left_out) for name, item in value.items() if name not in left_out}
    return [told(item, left_out) for item in value] if isinstance(value, list) else value


class Scenarios(unittest.TestCase):
    """Filled below: test_<scenario>__<surface>."""

    maxDiff = None

    def play(self, number, surface):
        scenario = BOOK["scenarios"][number]
        if ON_A_SERVER and "on_a_folder" in scenario:
            self.skipTest("on a folder alone: " + scenario["on_a_folder"])
        if not ON_A_SERVER and "on_a_server" in scenario:
            self.skipTest("on a server alone: " + scenario["on_a_server"])
        for call, why in NOT_OFFERED.get(surface, {}).items():
            if call in {step["call"] for step in scenario["steps"]}:
                self.skipTest(f"{surface} has no {call}: {why}")
        answers = play(scenario, surface, functools.partial(self.check, surface))
        for step, answer, there in zip(scenario["steps"], answers, reference(number)):
            there = told(there, self.left_out(surface, step))
            if "error" in step:
                there = there | {"field": self.drifted(surface, step, there["field"])}
            self.assertEqual(answer, there, f"{surface} is not C++ at {step}")

    @staticmethod
    def drifted(surface, step, field):
        return DRIFTS.get(surface, {}).get((step["call"], field), field)

    @staticmethod
    def left_out(surface, step):
        return NOT_TOLD.get(surface, {}).get(step["call"], (set(), ""))[0]

    def check(self, surface, run, step, answer):
        left_out = self.left_out(surface, step)
        wanted = step.get("expect", {})
        if "error" in step:
            field = step.get("field", answer.get("field"))
            wanted = {"name": step["error"], "field": self.drifted(surface, step, field)}
        elif set(answer) == {"code", "name", "field"}:
            self.fail(f"{answer} at {step}")
        misfit = Pattern(run.filled_in).misfit(told(wanted, left_out), answer)
        self.assertIsNone(misfit, f"{misfit}\nat {step}")
        for secret in step.get("lacks", []):
            self.assertNotIn(secret, json.dumps(answer, ensure_ascii=False), f"at {step}")


class Calls(unittest.TestCase):
    """No call is forgotten."""

    def offered(self, name):
        if name in ("python", "http"):
            return SURFACES[name].calls()
        driver = SURFACES[name]()
        self.addCleanup(driver.close)
        return driver.calls()

    def test_every_surface_offers_them_or_says_why_not(self):
        every = self.offered("cpp")
        for name in SURFACES:
            with self.subTest(name):
                self.assertEqual(self.offered(name), every - set(NOT_OFFERED.get(name, {})))

    def test_every_call_stands_in_a_scenario(self):
        told = {step["call"] for scenario in BOOK["scenarios"] for step in scenario["steps"]}
        self.assertEqual(told - set(FOLDER), self.offered("cpp"))


def add_tests():
    for number, scenario in enumerate(BOOK["scenarios"]):
        for surface in SURFACES:
            def test(self, number=number, surface=surface):
                self.play(number, surface)
            name = re.sub(r"\W+", "_", scenario["name"])
            test.__doc__ = f"{scenario['name']} ({surface})"
            setattr(Scenarios, f"test_{name}__{surface}", test)


add_tests()

if __name__ == "__main__":
    unittest.main()
