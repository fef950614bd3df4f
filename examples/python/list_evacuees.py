"""Prints the evacuees of one label: `list_evacuees.py STORE LABEL`.

Takes passphrase, sign-in name and password from RENRAKU_PASSPHRASE, RENRAKU_LOGIN and
RENRAKU_PASSWORD, as the command line does.
"""

import os
import sys

import renraku


def main(folder: str, label: str) -> None:
    with renraku.open(folder, passphrase=os.environ["RENRAKU_PASSPHRASE"]) as store:
        city = store.municipalities()[0]
        login, password = os.environ["RENRAKU_LOGIN"], os.environ["RENRAKU_PASSWORD"]
        with store.sign_in(city.code, login, password) as session:
            for line in session.evacuees.list(label=label):
                print(line.kana, line.name, line.birth_date or "不詳", line.phone, sep="\t")


if __name__ == "__main__":
    main(*sys.argv[1:])
