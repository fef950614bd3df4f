"""Records are Python's own kind of objects, and cross unchanged."""

import pathlib
import unittest
from dataclasses import fields, replace
from datetime import date, datetime, timezone

import renraku
from city import CityCase, resident


class Records(CityCase):
    def roundtrip(self, **fields):
        entry = self.session.evacuees.add(resident(**fields), renraku.Evacuee())
        return self.session.people.view(entry.person)

    def test_keywords_repr_and_equality(self):
        phone = renraku.Phone(digits="0297000001", kind="mobile")
        self.assertEqual(repr(phone), "Phone(kind='mobile', digits='0297000001', written='')")
        self.assertEqual(phone, renraku.Phone(digits="0297000001", kind="mobile"))
        self.assertNotEqual(phone, renraku.Phone())
        self.assertEqual(replace(phone, kind="home").kind, "home")

    def test_a_password_is_not_shown(self):
        member = renraku.NewMember(login="hana", password="ないしょ")
        self.assertNotIn("ないしょ", repr(member))

    def test_defaults_are_those_of_cpp(self):
        self.assertEqual(renraku.Municipality().label_red, "赤")
        self.assertEqual(renraku.Evacuee().consent, "unknown")
        self.assertIsNone(renraku.Person().birth_date)
        self.assertIsNot(renraku.Person().phones, renraku.Person().phones)

    def test_fields_are_documented(self):
        source = pathlib.Path(renraku.records.__file__).read_text(encoding="utf-8")
        self.assertIn("#: 宛名番号. Another system's number", source)
        self.assertIn("Protection of a person whose whereabouts", renraku.Protection.__doc__)
        self.assertIn("return of a suspended member", renraku.Members.restore.__doc__)

    def test_text_is_untouched(self):
        name = "葛󠄀城 \ue000𠮷"
        self.assertEqual(self.roundtrip(name=name).name, name)

    def test_dates(self):
        for given, expected in ((date(1940, 3, 5), date(1940, 3, 5)),
                                ("1940-03-05", date(1940, 3, 5)),
                                ("1940-03", renraku.PartialDate(1940, 3)),
                                (renraku.PartialDate(1940), renraku.PartialDate(1940)),
                                (None, None)):
            with self.subTest(given=given):
                self.assertEqual(self.roundtrip(birth_date=given).birth_date, expected)
        self.assertEqual([str(renraku.PartialDate(1940)), str(renraku.PartialDate(1940, 3))],
                         ["1940", "1940-03"])

    def test_a_time_of_day_is_no_date(self):
        with self.assertRaisesRegex(TypeError, "Person.birth_date must be AnyDate"):
            self.roundtrip(birth_date=datetime(1940, 3, 5, tzinfo=timezone.utc))

    def test_a_field_named_like_a_keyword(self):
        entry = self.add()
        person = self.session.people.view(entry.person)
        protected = self.session.people.protect(person.id, person.revision, renraku.Protection(
            ground="支援措置", from_="2026-04-01", officers=[self.session.member.id]))
        self.assertEqual(protected.protection.from_, date(2026, 4, 1))
        self.assertEqual(protected.to_dict()["protection"]["from"], "2026-04-01")

    def test_times_are_utc(self):
        entry = next(iter(self.session.journal.list()))
        self.assertIs(entry.time.tzinfo, timezone.utc)
        self.assertLess(abs((datetime.now(timezone.utc) - entry.time).total_seconds()), 60)
        self.assertTrue(entry.to_dict()["time"].endswith("Z"))

    def test_wrong_values_are_not_repeated(self):
        secret = "架空のひみつ"
        for wrong, kind in (({"name": secret.encode() + b"\xff"}, TypeError),
                            ({"sex": secret}, renraku.Invalid),
                            ({"addresses": [secret]}, TypeError),
                            ({"birth_date": secret}, renraku.Invalid)):
            with self.subTest(field=list(wrong)):
                person = renraku.Person(**({"name": "名"} | wrong))
                with self.assertRaises(kind) as raised:
                    self.session.evacuees.add(person, renraku.Evacuee())
                self.assertNotIn(secret, str(raised.exception))
                self.assertIn(list(wrong)[0], str(raised.exception))

    def test_wrong_calls_do_not_show_their_arguments(self):
        secret = "架空のひみつ"
        for call in (lambda: self.session.change_password(secret),
                     lambda: self.session.people.view(secret, secret),
                     lambda: self.session.people.view(secret),
                     lambda: self.session.evacuees.add(resident(name=secret), secret),
                     lambda: self.store.sign_in(secret, secret, 5)):
            with self.assertRaises((TypeError, renraku.Error)) as raised:
                call()
            self.assertNotIn(secret, str(raised.exception))

    def test_every_record_is_here(self):
        described = renraku._renraku.describe()["records"]
        for name, _, described_fields in described:
            record = getattr(renraku, name)
            self.assertEqual([field.name for field in fields(record)],
                             [field[0] for field in described_fields])


class Errors(unittest.TestCase):
    def test_one_class_a_kind(self):
        for code, name, message in renraku._renraku.describe()["errors"]:
            kind = renraku.errors.BY_CODE[code]
            self.assertTrue(issubclass(kind, renraku.Error))
            self.assertEqual((kind.code, kind.name, kind.message_ja), (code, name, message))
        self.assertEqual(renraku.WrongPassphrase.code, 3001)

    def test_a_raised_error(self):
        with self.assertRaises(renraku.NotAStore) as raised:
            renraku.open("/nowhere/at/all", host_key=bytes(32))
        self.assertEqual((raised.exception.code, raised.exception.name), (5008, "not_a_store"))


if __name__ == "__main__":
    unittest.main()
