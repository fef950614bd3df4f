"""Cells of tables become the text that a CSV file would have."""

import unittest
from datetime import date, datetime
from decimal import Decimal

import renraku
from renraku.rows import cells_of

try:
    import openpyxl
    import pandas
except ImportError:  # the package needs neither
    openpyxl = pandas = None


class Cells(unittest.TestCase):
    def test_values(self):
        for value, text in ((None, ""), (float("nan"), ""), (297.0, "297"), (1.5, "1.5"), (7, "7"),
                            (date(1940, 3, 5), "1940-03-05"), (Decimal("3.0"), "3.0"),
                            (datetime(1940, 3, 5), "1940-03-05"),
                            (datetime(1940, 3, 5, 12, 30), "1940-03-05 12:30:00")):
            with self.subTest(value=value):
                self.assertEqual(renraku.cell_text(value), text)

    def test_mappings(self):
        rows = list(cells_of([{"氏名": "甲", "性別": "男"}, {"性別": "女"}]))
        self.assertEqual(rows, [["氏名", "性別"], ["甲", "男"], [None, "女"]])
        self.assertEqual(list(cells_of([])), [])

    def test_mappings_of_other_keys(self):
        with self.assertRaises(renraku.Invalid) as raised:
            list(cells_of([{"氏名": "甲"}, {"氏名": "乙", "秘密": "丙"}]))
        self.assertIn("row 3", str(raised.exception))
        with self.assertRaises(TypeError):
            list(cells_of(["氏名"]))

    @unittest.skipIf(pandas is None, "pandas and openpyxl are not installed")
    def test_tables(self):
        frame = pandas.DataFrame({"氏名": ["甲", "乙"], "番号": [1.0, None],
                                  "生年月日": [pandas.Timestamp("1940-03-05"), pandas.NaT]})
        sheet = openpyxl.Workbook().active
        for row in (["氏名", "番号", "生年月日"], ["甲", 1, datetime(1940, 3, 5)], ["乙", None, None]):
            sheet.append(row)
        expected = [["氏名", "番号", "生年月日"], ["甲", "1", "1940-03-05"], ["乙", "", ""]]
        for table in (frame, sheet):
            cells = [[cell if isinstance(cell, str) else renraku.cell_text(cell) for cell in row]
                     for row in cells_of(table)]
            self.assertEqual(cells, expected)
        self.assertEqual(renraku.cell_text(pandas.NA), "")


if __name__ == "__main__":
    unittest.main()
