"""Rosters through Python and the command line."""

import csv
import json
import os
import signal
import threading
import unittest
from collections import Counter

import renraku
from city import CODE, PASSWORD, CityCase, shared
from renraku.command_line.roster import REASONS, report_as_json

try:
    import openpyxl
    import pandas
except ImportError:  # the package needs neither
    openpyxl = pandas = None

HEADERS = ["管理番号", "氏名", "フリガナ", "生年月日", "性別", "住所又は居所", "電話番号"]
ROWS = [
    ["0001", "架空　太郎", "カクウ　タロウ", "S15.3.5", "男", "架空町1-2-3", "0297-00-0001"],
    ["0002", "架空　花子", "カクウ　ハナコ", "1950-02-30", "女", "架空町1-2-4", "0297-00-0002"],
    ["0003", "髙﨑　一", "タカサキ　ハジメ", "昭和20年1月2日", "男", "架空町1-2-5", "0297-00-0003"],
]


class RosterCase(CityCase):
    @property
    def roster(self):
        return self.session.roster

    def csv(self, name="roster.csv", rows=ROWS):
        file = self.folder / name
        with open(file, "w", encoding="utf-8-sig", newline="") as opened:
            csv.writer(opened).writerows([HEADERS, *rows])
        return file

    def names(self):
        return sorted(line.name for line in self.session.evacuees.list())


class Import(RosterCase):
    def test_a_file(self):
        trial = self.roster.import_file(self.csv(), dry_run=True)
        self.assertEqual((trial.rows, trial.added, len(trial.rejected)), (3, 2, 1))
        self.assertEqual(self.names(), [])
        report = self.roster.import_file(self.csv())
        self.assertEqual(report.rejected,
                         [renraku.RowRejection(line=3, column="生年月日", reason="invalid")])
        self.assertEqual(self.names(), ["架空　太郎", "髙﨑　一"])
        again = self.roster.import_file(self.csv())
        self.assertEqual((again.added, again.updated, again.unchanged), (0, 0, 2))

    def test_the_same_from_every_kind_of_table(self):
        expected = self.roster.import_file(self.csv(), dry_run=True)
        tables = {"mappings": [dict(zip(HEADERS, row)) for row in ROWS],
                  "generator": (dict(zip(HEADERS, row)) for row in ROWS)}
        if pandas:
            tables["frame"] = pandas.DataFrame(ROWS, columns=HEADERS)
            sheet = tables["sheet"] = openpyxl.Workbook().active
            for row in [HEADERS, *ROWS]:
                sheet.append(row)
        for name, table in tables.items():
            with self.subTest(table=name):
                report = self.roster.import_rows(table, dry_run=True)
                report.encoding = expected.encoding
                self.assertEqual(report, expected)

    def test_errors(self):
        with self.assertRaises(renraku.NotFound):
            self.roster.import_file(self.folder / "none.csv")
        with self.assertRaises(renraku.Missing) as raised:
            self.roster.import_rows([{"なまえではない": "甲"}])
        self.assertNotEqual(raised.exception.message_ja, "")
        self.assertEqual(self.names(), [])


class Cancelling(RosterCase):
    """Whatever ends the work, nothing is changed by it."""

    def many(self):
        for number in range(20_000):
            yield {"氏名": f"架空　{number}", "生年月日": "1940-03-05", "性別": "男"}

    def test_progress(self):
        told = []
        self.roster.import_rows(self.many(), dry_run=True,
                                progress=lambda *numbers: told.append(numbers))
        self.assertNotEqual(told, [])
        # Rows are counted anew when the writing begins; bytes go on.
        done = [numbers[1] for numbers in told]
        self.assertEqual(done, sorted(done))

    def test_progress_says_no(self):
        with self.assertRaises(renraku.Cancelled):
            self.roster.import_rows(self.many(), progress=lambda *numbers: False)
        self.assertEqual(self.names(), [])

    def test_progress_raises(self):
        def progress(*numbers):
            raise ZeroDivisionError

        with self.assertRaises(ZeroDivisionError):
            self.roster.import_rows(self.many(), progress=progress)
        self.assertEqual(self.names(), [])

    def test_the_rows_raise(self):
        def rows():
            yield {"氏名": "架空　太郎"}
            raise ZeroDivisionError

        with self.assertRaises(ZeroDivisionError):
            self.roster.import_rows(rows())
        with self.assertRaises(TypeError):
            self.roster.import_rows([{"氏名": "架空　太郎"}, 5])
        self.assertEqual(self.names(), [])

    def test_ctrl_c(self):
        def progress(*numbers):
            os.kill(os.getpid(), signal.SIGINT)

        with self.assertRaises(KeyboardInterrupt):
            self.roster.import_rows(self.many(), progress=progress)
        self.assertEqual(self.names(), [])

    def test_others_work_meanwhile(self):
        other = self.store.sign_in(CODE, "kanri", PASSWORD)
        failures = []

        def work():
            try:
                for _ in range(20):
                    other.evacuees.list().page()
            except Exception as error:  # what went wrong is the main thread's to tell
                failures.append(repr(error))

        thread = threading.Thread(target=work)
        thread.start()
        self.roster.import_rows(self.many())
        thread.join()
        self.assertEqual(failures, [])


class Officers(RosterCase):
    """What waits after an import."""

    def test_open_rows(self):
        self.roster.import_file(self.csv())
        self.assertEqual(self.roster.count_open_rows(), 1)
        row = next(iter(self.roster.open_rows()))
        self.assertEqual((row.line, row.column, row.reason), (3, "生年月日", "invalid"))
        with self.assertRaises(renraku.Invalid):
            self.roster.mend_open_row(row)
        next(cell for cell in row.cells if cell.name == "生年月日").value = "1950-02-28"
        mended = self.roster.mend_open_row(row)
        self.assertEqual(str(self.session.people.view(self.session.evacuees.view(mended).person)
                             .birth_date), "1950-02-28")
        self.assertEqual(list(self.roster.open_rows()), [])

    def test_summary(self):
        self.roster.import_file(self.csv())
        self.assertEqual(self.roster.summary(), renraku.RosterSummary(people=2, open_rows=1))
        self.roster.import_file(self.csv("less.csv", ROWS[:1]), accept_large=True)
        self.assertEqual(self.roster.summary().to_dict(), {
            "people": 2, "open_rows": 1, "suspects": 0, "missing": 1, "conflicts": 0})

    def test_dismissing(self):
        self.roster.import_file(self.csv())
        row = next(iter(self.roster.open_rows()))
        self.roster.dismiss_open_row(row.id, row.revision)
        self.assertEqual(self.roster.count_open_rows(), 0)

    def test_missing_people(self):
        self.roster.import_file(self.csv())
        report = self.roster.import_file(self.csv("less.csv", ROWS[:1]), accept_large=True)
        self.assertEqual(report.missing, 1)
        gone = next(iter(self.roster.missing()))
        self.assertEqual(len(self.names()), 2)
        decided = self.roster.decide_missing(gone.id, gone.revision, "moved_out")
        self.assertEqual(decided.decision, "moved_out")
        self.assertEqual(self.names(), ["架空　太郎"])

    def test_conflicts(self):
        self.roster.import_file(self.csv())
        line = next(line for line in self.session.evacuees.list() if line.reference == "0001")
        person = self.session.people.view(line.person)
        person.kana = "カクウ　タロウザエモン"
        self.session.people.change(person)
        changed = [[cell.replace("カクウ　タロウ", "カクウ　タロベエ") for cell in row] for row in ROWS]
        report = self.roster.import_file(self.csv("other.csv", changed), accept_large=True)
        self.assertEqual([(conflict.line, conflict.column) for conflict in report.conflicts],
                         [(2, "フリガナ")])
        conflict = next(iter(self.roster.conflicts()))
        decided = self.roster.decide_conflict(conflict.id, conflict.revision, "keep")
        self.assertEqual(decided.decision, "keep")

    def test_export(self):
        self.roster.import_file(self.csv())
        out = self.folder / "out.csv"
        report = self.roster.export_file(out, encoding="utf-8-bom")
        self.assertEqual((report.rows, report.open_rows), (2, 1))
        with self.assertRaises(renraku.Exists):
            self.roster.export_file(out)
        self.assertEqual(self.roster.import_file(out).unchanged, 2)


class CommandLine(RosterCase):
    def setUp(self):
        super().setUp()
        self.session = None
        self.store.close()

    def json(self, *words):
        done = self.run_renraku(*words, "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def test_a_report(self):
        report = self.json("roster", "import", self.csv(), "--report", "report.json")
        self.assertEqual(list(report), ["encoding", "rows", "added", "updated", "unchanged",
                                        "missing", "rejected", "duplicates", "suspects",
                                        "conflicts", "warnings", "codes"])
        self.assertEqual(report["codes"]["性別"]["男"], {"meaning": "male", "count": 2})
        self.assertEqual(json.loads((self.folder / "report.json").read_text(encoding="utf-8")),
                         report)

    def test_open_rows_are_told_everywhere(self):
        self.json("roster", "import", self.csv())
        for words in (("roster", "open-rows"), ("roster", "suspects"),
                      ("roster", "suspects", "--decided"), ("roster", "missing"),
                      ("roster", "conflicts"), ("evacuees", "list"), ("roster", "export", "o.csv")):
            with self.subTest(words=words):
                done = self.run_renraku(*words)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertIn("未取込の行: 1 件", done.stderr)
        self.assertEqual([row["line"] for row in self.json("roster", "open-rows")], [3])

    def test_exit_codes(self):
        (self.folder / "no.csv").write_text("なまえではない\n甲\n", encoding="utf-8")
        for words, code in ((("import", "none.csv"), 5), (("import", "no.csv"), 5),
                            (("import",), 2), (("import", "no.csv", "--profile", "none"), 2),
                            (("import", "no.csv", "--report", "/nowhere/r.json"), 2)):
            with self.subTest(words=words):
                done = self.run_renraku("roster", *words)
                self.assertEqual((done.returncode, done.stdout), (code, ""), done.stderr)
        self.json("roster", "export", "out.csv")
        self.assertEqual(self.run_renraku("roster", "export", "out.csv").returncode, 5)

    def test_a_profile(self):
        self.json("roster", "import", self.csv(), "--save-profile", "profile.json")
        again = self.json("roster", "import", self.csv(), "--profile", "profile.json")
        self.assertEqual(again["unchanged"], 2)

    def test_fourteen_nasty_rows(self):
        files = [shared(self, f"roster/nasty_14.{encoding}.csv") for encoding in ("cp932", "utf8bom")]
        for file in files:
            with self.subTest(file=file):
                trial = self.json("roster", "import", file, "--dry-run")
                self.assertEqual(trial["added"], 9)
        report = self.json("roster", "import", files[-1])
        self.assertEqual(report["added"], 9)
        self.assertEqual([(row["line"], row["reason"]) for row in report["rejected"]],
                         [(11, "invalid"), (15, "invalid")])
        self.assertEqual([tuple(row.values()) for row in report["duplicates"]],
                         [(3, 2), (5, 4), (8, 7)])
        self.assertIn(14, [row["line"] for row in report["warnings"]
                           if row["reason"] == "protection_suspected"])
        again = self.json("roster", "import", file)
        self.assertEqual((again["added"], again["updated"], again["unchanged"]), (0, 0, 9))
        self.assertEqual([row["line"] for row in self.json("roster", "open-rows")], [11, 15])

    def test_three_thousand_rows(self):
        file = shared(self, "roster/joso_3000.cp932.csv")
        expected = json.loads(shared(self, "roster/joso_3000.expected.json").read_text())
        report = self.json("roster", "import", file)
        self.assertEqual(report["rows"], expected["rows"])
        self.assertEqual([list(row.values()) for row in report["rejected"]], expected["rejected"])
        self.assertEqual([list(row.values()) for row in report["duplicates"]],
                         expected["duplicates"])
        counted = Counter(row["reason"] for row in report["warnings"])
        self.assertEqual({name: counted[name] for name in expected["warnings"]},
                         expected["warnings"])
        keys = {"name": "name", "kana": "kana", "birth_date": "birth", "sex": "sex",
                "phone": "phone"}
        listed = Counter(tuple(row[key] or "" for key in keys)
                         for row in self.json("evacuees", "list"))
        wanted = Counter(tuple(person[key] or "" for key in keys.values())
                         for person in expected["people"].values())
        self.assertEqual(listed - wanted, Counter())
        self.assertEqual(wanted - listed, Counter())
        self.assertEqual(self.json("roster", "import", file)["unchanged"], report["added"])


class Reasons(unittest.TestCase):
    def test_every_documented_reason_has_words(self):
        comments = renraku.records.__file__
        with open(comments, encoding="utf-8") as opened:
            text = opened.read()
        for reason in REASONS:
            self.assertIn(reason, text)
        self.assertEqual(report_as_json(renraku.ImportReport())["codes"], {})


if __name__ == "__main__":
    unittest.main()
