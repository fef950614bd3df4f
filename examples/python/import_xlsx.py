"""Takes a roster out of a spreadsheet: `import_xlsx.py STORE ROSTER.xlsx`.

A dry run first: what could not be taken is shown, and nothing is written until someone says so.
"""

import os
import sys

import openpyxl  # type: ignore[import]

import renraku


def show(rows: int, done: int, in_all: int) -> None:
    print(f"{rows} rows", file=sys.stderr, end="\r")


def main(folder: str, workbook: str) -> None:
    sheet = openpyxl.load_workbook(workbook, read_only=True).active
    with renraku.open(folder, passphrase=os.environ["RENRAKU_PASSPHRASE"]) as store:
        city = store.municipalities()[0]
        login, password = os.environ["RENRAKU_LOGIN"], os.environ["RENRAKU_PASSWORD"]
        with store.sign_in(city.code, login, password) as session:
            trial = session.roster.import_rows(sheet, dry_run=True)
            for row in trial.rejected:
                print(f"line {row.line}: {row.column or 'the whole row'}: {row.reason}")
            if input(f"{trial.added} new people. Import? [y/N] ") == "y":
                report = session.roster.import_rows(sheet, progress=show)
                print(f"{report.added} added, {session.roster.count_open_rows()} rows left open")


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except renraku.Error as error:
        sys.exit(error.message_ja)
