"""renraku-server, and the calls as its pages make them."""

import http.client
import json
import os
import pathlib
import urllib.parse

import renraku

from .common import HOST_KEY, Failure, day_in, in_days, make_assertion, make_key, page_of, restore
from .processes import Process

BACKUP_KEY = renraku.make_backup_key().public_half
FIRST_PAGE = {"after": "", "size": renraku.PAGE_SIZE}


class Http(Process):
    """renraku-server, asked as its pages ask it: by cookie, with origin and token."""

    def __init__(self, place):
        self.folder = place.folder
        self.start(place.address, HOST_KEY.hex())

    def start(self, address, key, *settings):
        self.address, self.key = address, key
        file = self.folder / "host.key"
        file.write_text(key + "\n")
        backups = self.folder / "server-backups"
        backups.mkdir(exist_ok=True)
        # A test signs in more often than people do.
        super().__init__(os.environ["RENRAKU_SERVER"], "--store", address, "--host-key-file",
                         str(file), "--listen", "127.0.0.1:0", "--sign-in-rate", "100000", "--rate",
                         "100000", "--backup-folder", str(backups), "--backup-key", BACKUP_KEY,
                         *settings)
        self.origin = self.process.stdout.readline().strip()
        self.sessions = {}  # name -> (cookie, token)
        self.colleagues = {}  # name -> for whom this session's requests are entered

    def open(self, session, given):
        """The operator ends the server and starts it with other settings."""
        self.close()
        witness = ("--witness", given["witness"]) if "witness" in given else ()
        self.start(given["address"], given["key"], *witness)
        return {}

    def stop(self, session, given):
        self.close()
        return {}

    def backup(self, session, given):
        """By the package beside the server, as the operator's command line does."""
        try:
            with renraku.open(self.address, host_key=bytes.fromhex(self.key)) as store:
                return store.backup(given["folder"]).to_dict()
        except renraku.Error as error:
            raise Failure(error.code, error.name, error.field, str(error)) from None

    @staticmethod
    def calls():
        return set(HTTP_CALLS)

    def call(self, session, call, given):
        return HTTP_CALLS[call](self, session, given)

    def ask(self, method, path, body=None, *, session=None, file=None, query=None,
            assertion=None):
        """The JSON of the answer, its headers and its bytes."""
        if query:
            path += "?" + urllib.parse.urlencode(query)
        headers = {"Origin": self.origin}
        if session in self.sessions:
            headers["Cookie"], headers["X-Renraku-Token"] = self.sessions[session]
        if session in self.colleagues:
            headers["X-Renraku-On-Behalf-Of"] = self.colleagues[session]
        if assertion:
            headers = {"Authorization": "Renraku-Assertion " + assertion}
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

    def sign_in_with(self, session, given):
        content, headers = self.ask("POST", "/session", given["input"])
        cookie = headers["Set-Cookie"].split(";")[0]
        told = json.loads(content)
        self.sessions[session] = (cookie, told["token"])
        return {name: told[name] for name in ("member", "second_factor", "recoveries")}

    def resume(self, session, given):
        cookie = self.sessions[given["of"]][0] if "of" in given else "renraku=" + given["token"]
        return self.me(session, cookie)

    def deputise(self, session, given):
        """Every request says it anew, beside the cookie of the one who enters."""
        self.colleagues[session] = given["colleague"]
        return self.me(session, self.sessions[given["of"]][0])

    def export_file(self, session, given):
        content, headers = self.ask("GET", "/roster/export", session=session,
                                    query=given.get("options", {}))
        pathlib.Path(given["file"]).write_bytes(content)
        return {name: int(headers["X-Renraku-" + name.replace("_", "-")])
                for name in ("rows", "open_rows", "withheld")}

    def make_disclosure(self, session, given):
        order = {name: given[name] for name in ("receiver", "purpose", "options") if name in given}
        content, headers = self.ask("POST", "/disclosures", order, session=session)
        pathlib.Path(given["file"]).write_bytes(content)
        return {"disclosure": headers["X-Renraku-Disclosure"],
                "people": int(headers["X-Renraku-People"])}


def _of_member(method, path):
    """About the member that is given; what else is given is the body."""
    def ask(http, session, given):
        body = {name: value for name, value in given.items() if name != "member"}
        answer = http.json(method, path.format(given["member"]), session=session,
                           body=body.get("input", body) if method == "POST" else None)
        return {"items": answer, "next": ""} if isinstance(answer, list) else answer
    return ask


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


def _in_address(fields):
    """As they stand in an address: yes and no are true and false."""
    return {name: str(value).lower() if isinstance(value, bool) else value
            for name, value in fields.items()}


def _filtered(path):
    """A list whose filter stands in the address."""
    return lambda http, session, given: http.json(
        "GET", path, session=session,
        query=page_of(given) | _in_address(given.get("filter", {})))


def _import_file(path):
    return lambda http, session, given: http.json(
        "POST", path, session=session, query=_in_address(given.get("options", {})),
        file=pathlib.Path(given["file"]).read_bytes())


def _history(http, session, given):
    return http.json("GET", "/journal/history/" + urllib.parse.quote(given["subject"]),
                     session=session, query=page_of(given))


def _of_patient(method, path, what=None):
    """The patient stands in the address; the body is the record called so, or all the rest."""
    def call(http, session, given):
        body = given[what] if what else given
        patient = given.get("patient") or body["patient"]
        rest = {name: value for name, value in body.items() if name != "patient"}
        return http.json(method, f"/patients/{patient}{path}", rest, session=session)
    return call


def _patient_list(path):
    return lambda http, session, given: http.json(
        "GET", f"/patients/{given['patient']}{path}", session=session, query=page_of(given))


def _register(http, session, given):
    expires = in_days(given).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return http.json("POST", "/applications", given["application"] | {"expires": expires},
                     session=session)


HTTP_CALLS = {
    "store.municipalities": lambda http, session, given: {
        "items": http.json("GET", "/municipalities"), "next": ""},
    "store.check": _send("POST", "/check"),
    "store.close": Http.stop,
    "store.open": Http.open,
    "store.backup": Http.backup,
    "store.restore": restore,
    "session.sign_in": Http.sign_in,
    "session.resume": Http.resume,
    "session.token": lambda http, session, given: {
        "token": http.sessions[session][0].removeprefix("renraku=")},
    "session.on_behalf_of": Http.deputise,
    "session.backup": _send("POST", "/backups", lambda given: {}),
    "session.member": lambda http, session, given: http.json("GET", "/session",
                                                             session=session)["member"],
    "session.change_password": _send("POST", "/session/password"),
    "session.sign_out": _send("DELETE", "/session"),
    "session.sign_in_with": Http.sign_in_with,
    "session.reauthenticate": _send("POST", "/session/proof"),
    "factors.view": _of_member("GET", "/members/{}/factors"),
    "factors.begin_totp": _send("POST", "/session/totp"),
    "factors.confirm_totp": _send("PUT", "/session/totp"),
    "factors.remove_totp": _send("DELETE", "/session/totp"),
    "factors.new_recovery_codes": _send("POST", "/session/recovery-codes"),
    "factors.reset": _of_member("DELETE", "/members/{}/factors"),
    "factors.bind_certificate": _of_member("POST", "/members/{}/certificates"),
    "factors.certificates": _of_member("GET", "/members/{}/certificates"),
    "factors.revoke_certificate": _of_member("POST", "/members/{}/certificates/revoke"),
    "factors.sessions": _of_member("GET", "/members/{}/sessions"),
    "factors.revoke_session": _of_member("POST", "/members/{}/sessions/revoke"),
    "applications.make_key": make_key,
    "applications.register": _register,
    "applications.list": _get("/applications", paged=True),
    "applications.view": _get("/applications/{id}"),
    "applications.accept": _send("POST", "/applications/{id}/accept"),
    "applications.revoke": _send("POST", "/applications/{id}/revoke"),
    "applications.make_assertion": make_assertion,
    "store.act_as": lambda http, session, given: http.json(
        "GET", "/municipality", assertion=given["assertion"]),
    "municipality.require_two_factor": _send(
        "PUT", "/municipality/two-factor", lambda given: {"two_factor": given["wanted"]}),
    "municipality.index_texts": _send(
        "PUT", "/municipality/text-index", lambda given: {"wanted": given["wanted"]}),
    "municipality.view": _get("/municipality"),
    "municipality.change": _send("PUT", "/municipality", _record),
    "members.add": _send("POST", "/members", lambda given: given["input"]),
    "members.list": _get("/members", paged=True),
    "members.view": _get("/members/{id}"),
    "members.change": _send("PUT", "/members/{id}", _record),
    "members.suspend": _send("POST", "/members/{id}/suspend"),
    "members.restore": _send("POST", "/members/{id}/restore"),
    "members.reset_password": _send("POST", "/members/{id}/password", _without_id),
    "members.import_accounts": _import_file("/members/import"),
    "members.colleagues": _filtered("/colleagues"),
    "people.find": _search("/people/search"),
    "people.view": _get("/people/{id}"),
    "people.change": _send("PUT", "/people/{id}", _record),
    "people.protect": _send("PUT", "/people/{id}/protection", _without_id),
    "people.grant_place": lambda http, session, given: http.json(
        "POST", f"/people/{given['person']}/place-grants",
        {"member": given["member"], "until": day_in(given), "reason": given["reason"]},
        session=session),
    "people.place_grants": lambda http, session, given: http.json(
        "GET", f"/people/{given['person']}/place-grants", session=session, query=page_of(given)),
    "people.revoke_place_grant": lambda http, session, given: http.json(
        "POST", f"/people/{given['person']}/place-grants/revoke", {"id": given["id"]},
        session=session),
    "evacuees.list": _search("/evacuees/search"),
    "evacuees.add": _send("POST", "/evacuees"),
    "evacuees.view": _get("/evacuees/{id}"),
    "evacuees.change": _send("PUT", "/evacuees/{id}", _record),
    "patients.add": _send("POST", "/patients"),
    "patients.list": _search("/patients/search"),
    "patients.view": _get("/patients/{id}"),
    "patients.change": _send("PUT", "/patients/{id}", _record),
    "patients.record_consent": _of_patient("POST", "/consents", "consent"),
    "patients.withdraw_consent": _of_patient("POST", "/consents/withdraw"),
    "patients.consents": _patient_list("/consents"),
    "patients.team": _patient_list("/team"),
    "patients.teams": _search("/teams/search"),
    "patients.add_to_team": _of_patient("POST", "/team", "place"),
    "patients.end_in_team": _of_patient("POST", "/team/end"),
    "patients.leave": _of_patient("POST", "/team/leave"),
    "patients.ask_to_join": _of_patient("POST", "/requests", "request"),
    "patients.requests": _patient_list("/requests"),
    "patients.answer": _of_patient("POST", "/requests/answer"),
    "notices.list": _filtered("/notices"),
    "notices.count_unread": _get("/notices/count"),
    "notices.read": _send("POST", "/notices/{id}/read"),
    "organisations.add": _send("POST", "/organisations", lambda given: given["organisation"]),
    "disclosures.record_consent": _send("POST", "/roster/consents", lambda given: given["consent"]),
    "disclosures.consents": lambda http, session, given: http.json(
        "GET", f"/people/{given['person']}/roster-consents", session=session, query=page_of(given)),
    "disclosures.rules": _get("/disclosure-rules", paged=True),
    "disclosures.preview": _send("POST", "/disclosure-rules/preview", lambda given: given["rule"]),
    "disclosures.propose": _send("POST", "/disclosure-rules", lambda given: given["rule"]),
    "disclosures.decide": _send("PUT", "/disclosure-rules/{id}", _without_id),
    "disclosures.make": Http.make_disclosure,
    "disclosures.list": _filtered("/disclosures"),
    "disclosures.record_receipt": _send("PUT", "/disclosures/{id}/receipt", _without_id),
    "disclosures.record_return": _send("PUT", "/disclosures/{id}/return", _without_id),
    "disclosures.visible": _search("/disclosed/search"),
    "disclosures.view": _get("/disclosed/{person}"),
    "journal.list": _filtered("/journal"),
    "journal.history": _history,
    "journal.verify": _send("POST", "/journal/verify"),
    "journal.heads": lambda http, session, given: {
        "items": http.json("GET", "/journal/heads", session=session), "next": ""},
    "roster.import_file": _import_file("/roster/import"),
    "roster.export_file": Http.export_file,
    "roster.open_rows": _get("/roster/open-rows", paged=True),
    "roster.summary": _get("/roster/summary"),
    "roster.count_open_rows": lambda http, session, given: {
        "open_rows": http.json("GET", "/roster/summary", session=session)["open_rows"]},
    "roster.mend_open_row": _send("PUT", "/roster/open-rows/{id}", _cells),
    "roster.dismiss_open_row": _send("POST", "/roster/open-rows/{id}/dismiss", _without_id),
    "roster.suspects": _get("/roster/suspects", paged=True),
    "roster.decided_suspects": _get("/roster/suspects/decided", paged=True),
    "roster.decide_suspect": _decide("suspects"),
    "roster.missing": _get("/roster/missing", paged=True),
    "roster.decide_missing": _decide("missing"),
    "roster.conflicts": _get("/roster/conflicts", paged=True),
    "roster.decide_conflict": _decide("conflicts"),
}
