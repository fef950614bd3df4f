"""Who may see the roster, from Python and on the command line."""

import datetime
import json
import unittest

import renraku
from city import CODE, PASSWORD, CityCase

LAST_WEEK = datetime.date.today() - datetime.timedelta(days=7)


class Disclosures(CityCase):
    def setUp(self):
        super().setUp()
        self.fire = self.session.organisations.add(
            renraku.Organisation(kind="fire_station", name="架空消防署"))
        self.session.members.add("shobo", "消防 一郎", PASSWORD, roles=["receiver"],
                                 organisation=self.fire.id)
        self.session.members.add("tantou", "担当 花子", PASSWORD, roles=["roster_officer"])
        self.receiver = self.store.sign_in(CODE, "shobo", PASSWORD)
        self.entry = self.add(name="架空 花子", kana="カクウ ハナコ")

    def agree(self, **said):
        return self.session.disclosures.record_consent(
            renraku.RosterConsent(person=self.entry.person, date=LAST_WEEK, **said))

    def names(self, **known):
        return [line.name for line in self.receiver.disclosures.visible(**known)]

    def test_consents_are_given_and_withdrawn(self):
        self.assertEqual(self.names(), [])
        self.agree(receiver="fire_station")
        self.assertEqual(self.names(text="かくう"), ["架空 花子"])
        self.assertEqual(self.receiver.disclosures.view(self.entry.person).purposes, ["list"])
        self.agree(state="withdrawn")
        self.assertEqual(self.names(), [])
        history = list(self.session.disclosures.consents(self.entry.person))
        self.assertEqual([consent.state for consent in history], ["withdrawn", "granted"])

    def test_a_rule_is_previewed_proposed_and_decided_by_another(self):
        rule = renraku.DisclosureRule(kind="unless_refused", ordinance="架空市名簿条例",
                                      valid_from="2026-04-01")
        preview = {line.receiver: line for line in self.session.disclosures.preview(rule)}
        self.assertEqual((preview["fire_station"].visible_now,
                          preview["fire_station"].visible_then), (0, 1))
        proposed = self.session.disclosures.propose(rule)
        with self.assertRaises(renraku.NotPermitted):
            self.session.disclosures.decide(proposed.id, proposed.revision, True)
        other = self.store.sign_in(CODE, "tantou", PASSWORD)
        other.disclosures.decide(proposed.id, proposed.revision, True)
        self.assertEqual(self.session.municipality.view().disclosure, "unless_refused")
        self.assertEqual(next(iter(self.session.disclosures.rules())).state, "adopted")
        self.assertEqual(self.names(), ["架空 花子"])

    def test_what_python_does_in_the_middle_cancels_the_file(self):
        self.agree()

        def stop(*_):
            raise KeyError("enough")

        file = self.folder / "fire.csv"
        with self.assertRaises(KeyError):
            self.session.disclosures.make(self.fire.id, "list", file, progress=stop)
        self.assertFalse(file.exists())
        self.assertEqual(list(self.session.disclosures.list()), [])

    def test_the_command_line_makes_lists_and_takes_back(self):
        self.agree()
        self.session = self.receiver = None
        self.store.close()

        def run(*words):
            done = self.run_renraku("disclosures", *words, "--json")
            self.assertEqual(done.returncode, 0, done.stderr)
            return json.loads(done.stdout)

        made = run("make", self.fire.id, "fire.csv", "--return-by", LAST_WEEK,
                   "--encoding", "utf-8-bom")
        self.assertEqual(made["people"], 1)
        self.assertIn("架空 花子", (self.folder / "fire.csv").read_text("utf-8-sig"))
        [listed] = run("list", "--overdue")
        self.assertEqual(listed["id"], made["disclosure"])
        received = run("receipt", listed["id"], listed["revision"], LAST_WEEK, "受取 一郎")
        self.assertEqual(received["received_by"], "受取 一郎")
        run("return", listed["id"], received["revision"], LAST_WEEK)
        self.assertEqual(run("list", "--overdue"), [])
        table = self.run_renraku("disclosures", "list", "--receiver", self.fire.id)
        self.assertIn(made["disclosure"], table.stdout)
        again = self.run_renraku("disclosures", "make", self.fire.id, "fire.csv")
        self.assertEqual(again.returncode, 5, again.stderr)


if __name__ == "__main__":
    unittest.main()
