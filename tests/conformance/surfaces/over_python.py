"""The Python package, and the calls as a script makes them."""

from datetime import datetime

import renraku

from .common import (HOST_KEY, Failure, day_in, in_days, make_assertion, make_key, page_of,
                     restore)


class Python:
    """The package, in the runner's own process."""

    def __init__(self, place):
        self.store = renraku.open(place.address, host_key=HOST_KEY)
        self.sessions = {}

    def close(self):
        self.sessions.clear()
        self.store.close()

    def open(self, session, given):
        self.close()
        self.store = renraku.open(given["address"], host_key=bytes.fromhex(given["key"]),
                                  witness=given.get("witness"))

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

    def sign_in_with(self, session, given):
        opened = self.store.sign_in(**_nested(given["input"]))
        return {"member": self.keep(session, opened).to_dict(),
                "second_factor": opened.second_factor,
                "recoveries": [one.to_dict() for one in opened.recoveries]}

    def resume(self, session, given):
        token = self.sessions[given["of"]].token if "of" in given else given["token"]
        return self.keep(session, self.store.resume(token))

    def deputise(self, session, given):
        own = self.sessions[given["of"]]
        return self.keep(session, own.on_behalf_of(given["colleague"]))

    def import_rows(self, session, given):
        headers, *rows = given["rows"]
        return self.sessions[session].roster.import_rows(
            [dict(zip(headers, row)) for row in rows], **given.get("options", {}))


#: Which class a nested record is of, by its field.
_NESTED = {"addresses": renraku.Address, "phones": renraku.Phone, "extra": renraku.ExtraColumn,
           "cells": renraku.ExtraColumn, "protection": renraku.Protection,
           "certificate": renraku.ClientCertificate, "withdrawal": renraku.Withdrawal,
           "administrator": renraku.NewMember}


def _made(kind, given):
    """A record of JSON."""
    return kind(**_nested(given))


def _nested(given):
    """Fields of JSON as the package takes them."""
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
    return fields


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
    "store.add_service_administrator": _on_store(
        lambda store, given: store.add_service_administrator(**given["input"])),
    "store.key_slots": _on_store(lambda store, given: store.key_slots()),
    "store.change_passphrase": _on_store(lambda store, given: store.change_passphrase(**given)),
    "store.add_recovery_key": _on_store(
        lambda store, given: {"printed": store.add_recovery_key(**given)}),
    "store.add_host_key": _on_store(
        lambda store, given: store.add_host_key(given["name"], bytes.fromhex(given["key"]))),
    "store.check": _on_store(lambda store, given: store.check()),
    "store.journal_heads": _on_store(lambda store, given: store.journal_heads()),
    "store.verify_journal_with": _on_store(lambda store, given: store.verify_journal(**given)),
    "store.change_journal_signer": _on_store(
        lambda store, given: store.change_journal_signer(given["file"] or None)),
    "store.archive_journal": _on_store(lambda store, given: store.archive_journal(
        renraku.PartialDate(*map(int, given["before"].split("-"))), given["folder"])),
    "store.bring_back_journal": _on_store(
        lambda store, given: store.bring_back_journal(**given)),
    "store.journal_segments": _on_store(lambda store, given: store.journal_segments()),
    "store.verify_journal": _on_store(lambda store, given: store.verify_journal()),
    "store.flush": _on_store(lambda store, given: store.flush()),
    "store.is_strict": _on_store(lambda store, given: {"strict": store.is_strict()}),
    "store.close": lambda python, session, given: python.close(),
    "store.open": Python.open,
    "store.opened_with": _on_store(lambda store, given: {"slot": store.opened_with()}),
    "store.revoke_slot": _on_store(lambda store, given: store.revoke_slot(**given)),
    "store.backup": _on_store(lambda store, given: store.backup(**given)),
    "store.restore": restore,
    "session.token": lambda python, session, given: {"token": python.sessions[session].token},
    "session.sign_in": lambda python, session, given: python.keep(
        session, python.store.sign_in(**given)),
    "session.resume": Python.resume,
    "session.on_behalf_of": Python.deputise,
    "session.backup": lambda python, session, given: python.sessions[session].backup(**given),
    "session.member": lambda python, session, given: python.sessions[session].member,
    "session.change_password": lambda python, session, given: python.sessions[
        session].change_password(**given),
    "session.sign_out": lambda python, session, given: python.sessions[session].sign_out(),
    "session.sign_in_with": Python.sign_in_with,
    "session.sign_in_by_certificate": Python.sign_in_with,
    "session.reauthenticate": lambda python, session, given: python.sessions[
        session].reauthenticate(**given),
    "store.recover_administrator": _on_store(
        lambda store, given: store.recover_administrator(**given)),
    "factors.view": _on("factors", lambda noun, given: noun.view(**given)),
    "factors.begin_totp": _on("factors", lambda noun, given: noun.begin_totp()),
    "factors.confirm_totp": _on("factors", lambda noun, given: {
        "recovery_codes": noun.confirm_totp(**given)}),
    "factors.remove_totp": _on("factors", lambda noun, given: noun.remove_totp()),
    "factors.new_recovery_codes": _on("factors", lambda noun, given: {
        "recovery_codes": noun.new_recovery_codes()}),
    "factors.reset": _on("factors", lambda noun, given: noun.reset(**given)),
    "factors.bind_certificate": _on("factors", lambda noun, given: noun.bind_certificate(
        given["member"], _made(renraku.ClientCertificate, given["input"]))),
    "factors.certificates": _on("factors", lambda noun, given: noun.certificates(**given)),
    "factors.revoke_certificate": _on(
        "factors", lambda noun, given: noun.revoke_certificate(**given)),
    "factors.sessions": _on("factors", lambda noun, given: noun.sessions(**given)),
    "factors.revoke_session": _on("factors", lambda noun, given: noun.revoke_session(**given)),
    "applications.make_key": make_key,
    "applications.register": _on("applications", lambda noun, given: noun.register(
        **given["application"], expires=in_days(given))),
    "applications.list": _on("applications", lambda noun, given: noun.list().page(**given)),
    "applications.view": _on("applications", lambda noun, given: noun.view(**given)),
    "applications.accept": _on("applications", lambda noun, given: noun.accept(**given)),
    "applications.revoke": _on("applications", lambda noun, given: noun.revoke(**given)),
    "applications.make_assertion": make_assertion,
    "store.act_as": _on_store(
        lambda store, given: store.act_as(given["assertion"]).municipality.view()),
    "municipality.require_two_factor": _on(
        "municipality", lambda noun, given: noun.require_two_factor(**given)),
    "municipality.index_texts": _on(
        "municipality", lambda noun, given: noun.index_texts(**given)),
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
    "members.reset_password": _on("members", lambda noun, given: noun.reset_password(
        given["id"], given["password"])),
    "members.import_accounts": _on("members", lambda noun, given: noun.import_accounts(
        given["file"], **given.get("options", {}))),
    "members.colleagues": _on("members", lambda noun, given: noun.colleagues(
        **_filter(given)).page(**page_of(given))),
    "people.find": _on("people", lambda noun, given: noun.find(
        **_filter(given)).page(**page_of(given))),
    "people.view": _on("people", lambda noun, given: noun.view(**given)),
    "people.change": _on("people", lambda noun, given: noun.change(
        _made(renraku.Person, given["changed"]))),
    "people.protect": _on("people", lambda noun, given: noun.protect(
        given["id"], given["revision"],
        given["protection"] and _made(renraku.Protection, given["protection"]))),
    "people.grant_place": _on("people", lambda noun, given: noun.grant_place(
        given["person"], given["member"], until=day_in(given), reason=given["reason"])),
    "people.place_grants": _on("people", lambda noun, given: noun.place_grants(
        given["person"]).page(**page_of(given))),
    "people.revoke_place_grant": _on(
        "people", lambda noun, given: noun.revoke_place_grant(**given)),
    "evacuees.list": _on("evacuees", lambda noun, given: noun.list(
        **_filter(given)).page(**page_of(given))),
    "evacuees.add": _on("evacuees", lambda noun, given: noun.add(
        _made(renraku.Person, given["person"]), _made(renraku.Evacuee, given["evacuee"]))),
    "evacuees.view": _on("evacuees", lambda noun, given: noun.view(**given)),
    "evacuees.change": _on("evacuees", lambda noun, given: noun.change(
        _made(renraku.Evacuee, given["changed"]))),
    "patients.add": _on("patients", lambda noun, given: noun.add(
        _made(renraku.Person, given["person"]), _made(renraku.PatientConsent, given["consent"]),
        **{name: given[name] for name in ("role",) if name in given})),
    "patients.list": _on("patients", lambda noun, given: noun.list(
        **_filter(given)).page(**page_of(given))),
    "patients.view": _on("patients", lambda noun, given: noun.view(**given)),
    "patients.change": _on("patients", lambda noun, given: noun.change(
        _made(renraku.Patient, given["changed"]))),
    "patients.record_consent": _on("patients", lambda noun, given: noun.record_consent(
        _made(renraku.PatientConsent, given["consent"]))),
    "patients.withdraw_consent": _on(
        "patients", lambda noun, given: noun.withdraw_consent(**given)),
    "patients.consents": _on("patients", lambda noun, given: noun.consents(
        given["patient"]).page(**page_of(given))),
    "patients.team": _on("patients", lambda noun, given: noun.team(
        given["patient"]).page(**page_of(given))),
    "patients.teams": _on("patients", lambda noun, given: noun.teams(
        **_filter(given)).page(**page_of(given))),
    "patients.add_to_team": _on("patients", lambda noun, given: noun.add_to_team(**given["place"])),
    "patients.end_in_team": _on("patients", lambda noun, given: noun.end_in_team(**given)),
    "patients.leave": _on("patients", lambda noun, given: noun.leave(**given)),
    "patients.ask_to_join": _on("patients", lambda noun, given: noun.ask_to_join(
        **given["request"])),
    "patients.requests": _on("patients", lambda noun, given: noun.requests(
        given["patient"]).page(**page_of(given))),
    "patients.answer": _on("patients", lambda noun, given: noun.answer(**given)),
    "notices.list": _on("notices", lambda noun, given: noun.list(
        **_filter(given)).page(**page_of(given))),
    "notices.count_unread": _on("notices", lambda noun, given: {"unread": noun.count_unread()}),
    "notices.read": _on("notices", lambda noun, given: noun.read(**given)),
    "journal.list": _on("journal", lambda noun, given: noun.list(
        **_filter(given)).page(**page_of(given))),
    "journal.history": _on("journal", lambda noun, given: noun.history(
        given["subject"]).page(**page_of(given))),
    "journal.verify": _on("journal", lambda noun, given: noun.verify()),
    "journal.heads": _on("journal", lambda noun, given: noun.heads()),
    "organisations.add": _on("organisations", lambda noun, given: noun.add(
        _made(renraku.Organisation, given["organisation"]))),
    "disclosures.record_consent": _on("disclosures", lambda noun, given: noun.record_consent(
        _made(renraku.RosterConsent, given["consent"]))),
    "disclosures.consents": _on("disclosures", lambda noun, given: noun.consents(
        given["person"]).page(**page_of(given))),
    "disclosures.rules": _on("disclosures", lambda noun, given: noun.rules().page(**given)),
    "disclosures.preview": _on("disclosures", lambda noun, given: noun.preview(
        _made(renraku.DisclosureRule, given["rule"]))),
    "disclosures.propose": _on("disclosures", lambda noun, given: noun.propose(
        _made(renraku.DisclosureRule, given["rule"]))),
    "disclosures.decide": _on("disclosures", lambda noun, given: noun.decide(**given)),
    "disclosures.make": _on("disclosures", lambda noun, given: noun.make(
        given["receiver"], given["purpose"], given["file"], **given.get("options", {}))),
    "disclosures.list": _on("disclosures", lambda noun, given: noun.list(
        **_filter(given)).page(**page_of(given))),
    "disclosures.record_receipt": _on(
        "disclosures", lambda noun, given: noun.record_receipt(**given)),
    "disclosures.record_return": _on(
        "disclosures", lambda noun, given: noun.record_return(**given)),
    "disclosures.visible": _on("disclosures", lambda noun, given: noun.visible(
        **_filter(given)).page(**page_of(given))),
    "disclosures.view": _on("disclosures", lambda noun, given: noun.view(**given)),
    "roster.import_file": _on("roster", lambda noun, given: noun.import_file(
        given["file"], **given.get("options", {}))),
    "roster.import_rows": Python.import_rows,
    "roster.export_file": _on("roster", lambda noun, given: noun.export_file(
        given["file"], **given.get("options", {}))),
    "roster.summary": _on("roster", lambda noun, given: noun.summary()),
    "roster.open_rows": _on("roster", lambda noun, given: noun.open_rows().page(**given)),
    "roster.count_open_rows": _on("roster", lambda noun, given: {
        "open_rows": noun.count_open_rows()}),
    "roster.mend_open_row": _on("roster", lambda noun, given: {
        "evacuee": noun.mend_open_row(_made(renraku.OpenRow, given["mended"]))}),
    "roster.dismiss_open_row": _on("roster", lambda noun, given: noun.dismiss_open_row(**given)),
    "roster.suspects": _on("roster", lambda noun, given: noun.suspects().page(**given)),
    "roster.decided_suspects": _on(
        "roster", lambda noun, given: noun.decided_suspects().page(**given)),
    "roster.decide_suspect": _on("roster", lambda noun, given: noun.decide_suspect(**given)),
    "roster.missing": _on("roster", lambda noun, given: noun.missing().page(**given)),
    "roster.decide_missing": _on("roster", lambda noun, given: noun.decide_missing(**given)),
    "roster.conflicts": _on("roster", lambda noun, given: noun.conflicts().page(**given)),
    "roster.decide_conflict": _on("roster", lambda noun, given: noun.decide_conflict(**given)),
}
