"""The usual way: csv, SQLAlchemy's ORM, plain SQLite or PostgreSQL. Prints seconds.

    orm_import.py CSV DATABASE    a file, or SQLAlchemy's address of a database

A person, a roster entry and an audit row for each line, validated as far as a short script would; not
encrypted, not chained.
"""

import csv
import datetime
import json
import sys
import time
import unicodedata

from sqlalchemy import Column, Date, ForeignKey, Integer, String, create_engine
from sqlalchemy.orm import Session, declarative_base, relationship

Base = declarative_base()


class Person(Base):
    __tablename__ = "person"
    id = Column(Integer, primary_key=True)
    municipal_number = Column(String, index=True)
    name = Column(String, nullable=False, index=True)
    kana = Column(String, index=True)
    birth = Column(Date, index=True)
    sex = Column(String)
    postal_code = Column(String)
    address = Column(String)
    phone = Column(String, index=True)
    mobile = Column(String)


class Evacuee(Base):
    __tablename__ = "evacuee"
    id = Column(Integer, primary_key=True)
    person_id = Column(ForeignKey("person.id"), index=True)
    person = relationship(Person)
    reference = Column(String, index=True)
    district = Column(String)
    reason = Column(String)
    care_level = Column(String)
    consent = Column(String)
    consent_date = Column(String)
    plan = Column(String)
    shelter = Column(String)
    physician = Column(String)


class Audit(Base):
    __tablename__ = "audit"
    id = Column(Integer, primary_key=True)
    action = Column(String)
    changes = Column(String)


ERAS = {"S": 1925, "昭": 1925, "H": 1988, "平": 1988, "R": 2018, "令": 2018}


def birth_of(text):
    text = unicodedata.normalize("NFKC", text)
    if text.startswith("昭和"):
        text = "S" + text[2:].replace("年", ".").replace("月", ".").rstrip("日")
    if text[0] in ERAS:
        year, month, day = text[1:].split(".")
        return datetime.date(int(year) + ERAS[text[0]], int(month), int(day))
    text = text.replace("-", "")
    return datetime.date(int(text[:4]), int(text[4:6]), int(text[6:]))


def digits(text):
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isdigit())


def main(path, database):
    start = time.perf_counter()
    engine = create_engine(database if "://" in database else f"sqlite:///{database}")
    Base.metadata.create_all(engine)
    with open(path, encoding="cp932", newline="") as file, Session(engine) as session:
        for cells in csv.DictReader(file):
            try:
                birth = birth_of(cells["生年月日"])
            except ValueError:
                continue
            person = Person(
                municipal_number=cells["宛名番号"], name=cells["氏名"],
                kana=unicodedata.normalize("NFKC", cells["フリガナ"]), birth=birth, sex=cells["性別"],
                postal_code=digits(cells["郵便番号"]), address=cells["住所又は居所"],
                phone=digits(cells["電話番号"]), mobile=digits(cells["携帯電話番号"]),
            )
            session.add(person)
            session.add(Evacuee(
                person=person, reference=cells["管理番号"], district=cells["行政区"],
                reason=cells["避難支援等を必要とする事由"], care_level=cells["要介護状態区分"],
                consent=cells["平常時の名簿情報提供の同意"], consent_date=cells["同意確認日"],
                plan=cells["個別避難計画"], shelter=cells["避難先"], physician=cells["かかりつけ医"],
            ))
            session.add(Audit(action="import", changes=json.dumps(cells, ensure_ascii=False)))
        session.commit()
    print(time.perf_counter() - start)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
