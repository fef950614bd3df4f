"""The four ways into the library. Each takes the same calls with the same JSON and gives the same
JSON, or raises Failure."""

import http.client
import json
import os
import pathlib
import subprocess
import urllib.parse
from datetime import datetime

import renraku

HOST_KEY = bytes(range(32))
FIRST_PAGE = {"after": "", "size": renraku.PAGE_SIZE}


class Failure(Exception):
    """What a call of the library answered instead of a result."""

    def __init__(self, code, name, field, message=""):
        super().__init__(f"{name} ({field}): {message}")
        self.answer = {"code": code, "name": name, "field": field}


class Process:
    """A surface in a process of its own; `kept` is what stays open beside the pipes."""

    def __init__(self, *command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        encoding="utf-8")

    def close(self):
        self.process.stdin.close()
        self.process.terminate()
        self.process.wait(timeout=30)
        self.process.stdout.close()


class Driver(Process):
    """conformance_cpp or conformance_c, by lines of JSON."""

    def __init__(self, program, folder=None):
        super().__init__(program)
        if folder:
            self._ask({"open": str(folder), "host_key": HOST_KEY.hex()})

    def calls(self):
        return set(self._ask({"calls": True}))

    def call(self, session, call, given):
        return self._ask({"as": session, "call": call, "with": given})

    def _ask(self, line):
        self.process.stdin.write(json.dumps(line, ensure_ascii=False) + "\n")
        self.process.stdin.flush()
        written = self.process.stdout.readline()
        if not written:
            raise AssertionError(f"the driver ended at {line}")
        answer = json.loads(written)
        if "error" in answer:
            raise Failure(**answer["error"])
        return answer["result"]


class Cpp(Driver):
    def __init__(self, folder=None):
        super().__init__(os.environ["RENRAKU_CONFORMANCE_CPP"], folder)


class C(Driver):
    def __init__(self, folder=None):
        super().__init__(os.environ["RENRAKU_CONFORMANCE_C"], folder)


class Http(Process):
    """renraku-server, asked as its pages ask it: by cookie, with origin and token."""

    def __init__(self, folder):
        key = folder.parent / "host.key"
        key.write_text(HOST_KEY.hex() + "\n")
        # A test signs in more often than people do.
        super().__init__(os.environ["RENRAKU_SERVER"], "--store", str(folder), "--host-key-file",
                         str(key), "--listen", "127.0.0.1:0", "--sign-in-rate", "100000", "--rate",
                         "100000")
        self.origin = self.process.stdout.readline().strip()
        self.sessions = {}  # name -> (cookie, token)

    @staticmethod
    def calls():
        return set(HTTP_CALLS)

    def call(self, session, call, given):
        return HTTP_CALLS[call](self, session, given)

    def ask(self, method, path, body=None, *, session=None, file=None, query=None):
        """The JSON of the answer, its headers and its bytes."""
        if query:
            path += "?" + urllib.parse.urlencode(query)
        headers = {"Origin": self.origin}
        if session in self.sessions:
            headers["Cookie"], headers["X-Renraku-Token"] = self.sessions[session]
        data = None
        if file is not None:
            data, headers["Content-Type"] = file, "text/csv"
        elif body is not None:
            data, headers["Content-Type"] = json.dumps(body).encode(), "application/json"
        connection = http.client.HTTPConnection(self.origin.removeprefix("http://"), timeout=60)
        try:
            connection.request(method, "/api/v1" + path, data, headers)
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        if answer.status >= 400:
            wrong = json.loads(content)
            raise Failure(wrong["code"], wrong["name"], wrong["field"], wrong["detail"])
        return content, answer.headers

    def json(self, *request, **more):
        content, _ = self.ask(*request, **more)
        return json.loads(content) if content else {}

    def me(self, session, cookie):
        """Who is signed in by the cookie, which the session then goes by."""
        self.sessions[session] = (cookie, "")
        me = self.json("GET", "/session", session=session)
        self.sessions[session] = (cookie, me["token"])
        return me["member"]

    def sign_in(self, session, given):
        content, headers = self.ask("POST", "/session", given)
        cookie = headers["Set-Cookie"].split(";")[0]
        self.sessions[session] = (cookie, json.loads(content)["token"])
        return json.loads(content)["member"]

    def resume(self, session, given):
        cookie = self.sessions[given["of"]][0] if "of" in given else "renraku=" + given["token"]
        return self.me(session, cookie)

    def import_file(self, session, given):
        query = {name: str(value).lower() if isinstance(value, bool) else value
                 for name, value in given.get("options", {}).items()}
        return self.json("POST", "/roster/import", session=session, query=query,
                         file=pathlib.Path(given["file"]).read_bytes())

    def export_file(self, session, given):
        content, headers = self.ask("GET", "/roster/export", session=session,
                                    query=given.get("options", {}))
        pathlib.Path(given["file"]).write_bytes(content)
        return {name: int(headers["X-Renraku-" + name.replace("_", "-")])
                for name in ("rows", "open_rows", "withheld")}


def _get(path, **page):
    return lambda http, session, given: http.json(
        "GET", path.format(**given), session=session, query=given if page.get("paged") else None)


def _send(method, path, body=lambda given: given):
    return lambda http, session, given: http.json(method, path.format(**_flat(given)), body(given),
                                                  session=session)


def _flat(given):
    """The id stands in the record that is changed where it is not given by itself."""
    return given | {"id": given.get("id") or _record(given).get("id", "")}


def _record(given):
    return given.get("changed") or given.get("mended") or {}


def _without_id(given):
    return {name: value for name, value in given.items() if name != "id"}


def _cells(given):
    return {name: given["mended"][name] for name in ("revision", "cells")}


def _decide(noun):
    return _send("PUT", f"/roster/{noun}/{{id}}", _without_id)


def _search(path):
    return _send("POST", path, lambda given: {"filter": {}} | FIRST_PAGE | given)


def _journal(http, session, given):
    page = {name: value for name, value in given.items() if name != "filter"}
    return http.json("GET", "/journal", session=session, query=page | given.get("filter", {}))


def _history(http, session, given):
    page = {name: value for name, value in given.items() if name != "subject"}
    return http.json("GET", "/journal/history/" + urllib.parse.quote(given["subject"]), session=session, query=page)


HTTP_CALLS = {
    "store.municipalities": lambda http, session, given: {
        "items": http.json("GET", "/municipalities"), "next": ""},
    "store.check": _send("POST", "/check"),
    "session.sign_in": Http.sign_in,
    "session.resume": Http.resume,
    "session.member": lambda http, session, given: http.json("GET", "/session",
                                                             session=session)["member"],
    "session.change_password": _send("POST", "/session/password"),
    "session.sign_out": _send("DELETE", "/session"),
    "municipality.view": _get("/municipality"),
    "municipality.change": _send("PUT", "/municipality", _record),
    "members.add": _send("POST", "/members", lambda given: given["input"]),
    "members.list": _get("/members", paged=True),
    "members.view": _get("/members/{id}"),
    "members.change": _send("PUT", "/members/{id}", _record),
    "members.suspend": _send("POST", "/members/{id}/suspend"),
    "members.restore": _send("POST", "/members/{id}/restore"),
    "people.find": _search("/people/search"),
    "people.view": _get("/people/{id}"),
    "people.change": _send("PUT", "/people/{id}", _record),
    "people.protect": _send("PUT", "/people/{id}/protection", _without_id),
    "evacuees.list": _search("/evacuees/search"),
    "evacuees.add": _send("POST", "/evacuees"),
    "evacuees.view": _get("/evacuees/{id}"),
    "evacuees.change": _send("PUT", "/evacuees/{id}", _record),
    "journal.list": _journal,
    "journal.history": _history,
    "journal.verify": _send("POST", "/journal/verify"),
    "roster.import_file": Http.import_file,
    "roster.export_file": Http.export_file,
    "roster.open_rows": _get("/roster/open-rows", paged=True),
    "roster.count_open_rows": _get("/roster/summary"),
    "roster.mend_open_row": _send("PUT", "/roster/open-rows/{id}", _cells),
    "roster.dismiss_open_row": _send("POST", "/roster/open-rows/{id}/dismiss", _without_id),
    "roster.suspects": _get("/roster/suspects", paged=True),
    "roster.decide_suspect": _decide("suspects"),
    "roster.missing": _get("/roster/missing", paged=True),
    "roster.decide_missing": _decide("missing"),
    "roster.conflicts": _get("/roster/conflicts", paged=True),
    "roster.decide_conflict": _decide("conflicts"),
}


class Python:
    """The package, in the runner's own process."""

    def __init__(self, folder):
        self.store = renraku.open(folder, host_key=HOST_KEY)
        self.sessions = {}

    def close(self):
        self.sessions.clear()
        self.store.close()

    @staticmethod
    def calls():
        return set(PYTHON_CALLS)

    def call(self, session, call, given):
        try:
            return _plain(PYTHON_CALLS[call](self, session, dict(given)))
        except renraku.Error as error:
            raise Failure(error.code, error.name, error.field, str(error)) from None

    def keep(self, session, opened):
        self.sessions[session] = opened
        return opened.member

    def resume(self, session, given):
        token = self.sessions[given["of"]].token if "of" in given else given["token"]
        return self.keep(session, self.store.resume(token))

    def import_rows(self, session, given):
        headers, *rows = given["rows"]
        return self.sessions[session].roster.import_rows(
            [dict(zip(headers, row)) for row in rows], **given.get("options", {}))


#: Which class a nested record is of, by its field.
_NESTED = {"addresses": renraku.Address, "phones": renraku.Phone, "extra": renraku.ExtraColumn,
           "cells": renraku.ExtraColumn, "protection": renraku.Protection,
           "withdrawal": renraku.Withdrawal, "administrator": renraku.NewMember}


def _made(kind, given):
    """A record of JSON."""
    fields = {}
    for name, value in (given or {}).items():
        nested = _NESTED.get(name)
        if nested and isinstance(value, list):
            value = [_made(nested, item) for item in value]
        elif nested and value is not None:
            value = _made(nested, value)
        elif name.endswith("_at"):
            value = datetime.fromisoformat(value)
        fields["from_" if name == "from" else name] = value
    return kind(**fields)


def _plain(result):
    """JSON of a record, a page, a list or nothing."""
    if isinstance(result, renraku.Page):
        return {"items": [_plain(item) for item in result.items], "next": result.next}
    if isinstance(result, list):
        return {"items": [_plain(item) for item in result], "next": ""}
    if isinstance(result, renraku.Record):
        return result.to_dict()
    return {} if result is None else result


def _on_store(work):
    return lambda python, session, given: work(python.store, given)


def _on(noun, work):
    return lambda python, session, given: work(getattr(python.sessions[session], noun), given)


def _page(given):
    return {name: given[name] for name in ("after", "size") if name in given}


def _filter(given):
    """Given by keyword, as scripts do."""
    return given.get("filter", {})


def _add_municipality(store, given):
    city, first = given["input"], given["input"]["administrator"]
    return store.add_municipality(city["code"], city["name"], login=first["login"],
                                  password=first["password"], member_name=first["name"],
                                  roles=first["roles"])


PYTHON_CALLS = {
    "store.municipalities": _on_store(lambda store, given: store.municipalities()),
    "store.add_municipality": _on_store(_add_municipality),
    "store.key_slots": _on_store(lambda store, given: store.key_slots()),
    "store.change_passphrase": _on_store(lambda store, given: store.change_passphrase(**given)),
    "store.add_recovery_key": _on_store(
        lambda store, given: {"printed": store.add_recovery_key(**given)}),
    "store.add_host_key": _on_store(
        lambda store, given: store.add_host_key(given["name"], bytes.fromhex(given["key"]))),
    "store.check": _on_store(lambda store, given: store.check()),
    "store.verify_journal": _on_store(lambda store, given: store.verify_journal()),
    "store.flush": _on_store(lambda store, given: store.flush()),
    "session.sign_in": lambda python, session, given: python.keep(
        session, python.store.sign_in(**given)),
    "session.resume": Python.resume,
    "session.member": lambda python, session, given: python.sessions[session].member,
    "session.change_password": lambda python, session, given: python.sessions[
        session].change_password(**given),
    "session.sign_out": lambda python, session, given: python.sessions[session].sign_out(),
    "municipality.view": _on("municipality", lambda noun, given: noun.view()),
    "municipality.change": _on("municipality", lambda noun, given: noun.change(
        _made(renraku.Municipality, given["changed"]))),
    "members.add": _on("members", lambda noun, given: noun.add(**given["input"])),
    "members.list": _on("members", lambda noun, given: noun.list().page(**given)),
    "members.view": _on("members", lambda noun, given: noun.view(**given)),
    "members.change": _on("members", lambda noun, given: noun.change(
        _made(renraku.Member, given["changed"]))),
    "members.suspend": _on("members", lambda noun, given: noun.suspend(**given)),
    "members.restore": _on("members", lambda noun, given: noun.restore(**given)),
    "people.find": _on("people", lambda noun, given: noun.find(
        **_filter(given)).page(**_page(given))),
    "people.view": _on("people", lambda noun, given: noun.view(**given)),
    "people.change": _on("people", lambda noun, given: noun.change(
        _made(renraku.Person, given["changed"]))),
    "people.protect": _on("people", lambda noun, given: noun.protect(
        given["id"], given["revision"],
        given["protection"] and _made(renraku.Protection, given["protection"]))),
    "evacuees.list": _on("evacuees", lambda noun, given: noun.list(
        **_filter(given)).page(**_page(given))),
    "evacuees.add": _on("evacuees", lambda noun, given: noun.add(
        _made(renraku.Person, given["person"]), _made(renraku.Evacuee, given["evacuee"]))),
    "evacuees.view": _on("evacuees", lambda noun, given: noun.view(**given)),
    "evacuees.change": _on("evacuees", lambda noun, given: noun.change(
        _made(renraku.Evacuee, given["changed"]))),
    "journal.list": _on("journal", lambda noun, given: noun.list(
        **_filter(given)).page(**_page(given))),
    "journal.history": _on("journal", lambda noun, given: noun.history(
        given["subject"]).page(**_page(given))),
    "journal.verify": _on("journal", lambda noun, given: noun.verify()),
    "roster.import_file": _on("roster", lambda noun, given: noun.import_file(
        given["file"], **given.get("options", {}))),
    "roster.import_rows": Python.import_rows,
    "roster.export_file": _on("roster", lambda noun, given: noun.export_file(
        given["file"], **given.get("options", {}))),
    "roster.open_rows": _on("roster", lambda noun, given: noun.open_rows().page(**given)),
    "roster.count_open_rows": _on("roster", lambda noun, given: {
        "open_rows": noun.count_open_rows()}),
    "roster.mend_open_row": _on("roster", lambda noun, given: {
        "evacuee": noun.mend_open_row(_made(renraku.OpenRow, given["mended"]))}),
    "roster.dismiss_open_row": _on("roster", lambda noun, given: noun.dismiss_open_row(**given)),
    "roster.suspects": _on("roster", lambda noun, given: noun.suspects().page(**given)),
    "roster.decide_suspect": _on("roster", lambda noun, given: noun.decide_suspect(**given)),
    "roster.missing": _on("roster", lambda noun, given: noun.missing().page(**given)),
    "roster.decide_missing": _on("roster", lambda noun, given: noun.decide_missing(**given)),
    "roster.conflicts": _on("roster", lambda noun, given: noun.conflicts().page(**given)),
    "roster.decide_conflict": _on("roster", lambda noun, given: noun.decide_conflict(**given)),
}
