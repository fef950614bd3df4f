"""What Python programs usually do with PostgreSQL, on the plain database of the bench: psycopg2, SQLAlchemy's
ORM, Django's ORM.

Each peer finds a person by phone, lists the first page of fifty, and changes a person's address with a row
in the journal, each in one transaction that asks for the member's session first, as the library does.
Nothing is checked, sealed or signed.
"""

import json

import psycopg2
import psycopg2.extensions

JOURNAL_BODY_SIZE = 700
HASH = b"\7" * 32
PAGE = 50

PERSON = ("pk", "id", "revision", "municipality", "name", "kana", "kana_written", "birth_date",
          "birth_written", "sex", "addresses", "phones", "municipal_number", "protection")


def addresses_of(text):
    return json.dumps([{"kind": "residence", "postal_code": "3030001", "text": text}],
                      ensure_ascii=False)


def connect(server_folder, owner, database):
    return psycopg2.connect(host=str(server_folder), user=owner, dbname=database)


class Psycopg:
    """SQL by hand."""

    name = "psycopg2"

    def __init__(self, folder, owner, database, municipality):
        self._connection = connect(folder, owner, database)
        self._municipality = municipality
        with self._connection, self._connection.cursor() as cursor:
            cursor.execute("SELECT id FROM login_session ORDER BY opened_at DESC LIMIT 1")
            self._session = bytes(cursor.fetchone()[0])

    def _begin(self, cursor):
        cursor.execute(
            "SELECT s.member, m.roles, m.status, s.opened_at, s.seen_at, s.ended_at "
            "FROM login_session s JOIN member m ON m.id = s.member WHERE s.id = %s",
            (self._session,))
        assert cursor.fetchone()

    def find(self, phone):
        with self._connection, self._connection.cursor() as cursor:
            self._begin(cursor)
            cursor.execute(
                "SELECT p.* FROM person_key k JOIN person p ON p.pk = k.person "
                "WHERE k.key = %s AND p.municipality = %s ORDER BY k.person LIMIT 51",
                ("p:" + phone, self._municipality))
            return [read(dict(zip(PERSON, row))) for row in cursor.fetchall()]

    def list(self):
        with self._connection, self._connection.cursor() as cursor:
            self._begin(cursor)
            cursor.execute(
                "SELECT e.id, e.person, e.reference, p.municipal_number, p.name, p.kana, p.birth_date, "
                "p.sex, p.phones, e.consent, e.label, e.district, e.reason, e.care_level "
                "FROM person_search s JOIN evacuee e ON e.person_pk = s.person "
                "JOIN person p ON p.pk = s.person WHERE s.municipality = %s AND e.listed = 1 "
                "ORDER BY s.sort, s.person LIMIT 51", (self._municipality,))
            return cursor.fetchall()[:PAGE]

    def change(self, pk, address):
        with self._connection, self._connection.cursor() as cursor:
            self._begin(cursor)
            cursor.execute("SELECT * FROM person WHERE pk = %s", (pk,))
            person = dict(zip(PERSON, cursor.fetchone()))
            cursor.execute(
                "UPDATE person SET revision = revision + 1, addresses = %s WHERE pk = %s "
                "AND revision = %s", (addresses_of(address), pk, person["revision"]))
            cursor.execute("UPDATE person_search SET placed = %s WHERE person = %s", (address, pk))
            cursor.execute("INSERT INTO journal (body, hash) VALUES (%s, %s) RETURNING pk",
                           (b"\7" * JOURNAL_BODY_SIZE, HASH))
            entry, = cursor.fetchone()
            cursor.execute("INSERT INTO journal_subject (subject, entry) VALUES (%s, %s)",
                           (person["id"], entry))


def read(person):
    """A person as a program uses it."""
    person["addresses"] = json.loads(person["addresses"])
    person["phones"] = json.loads(person["phones"])
    return person


class SqlAlchemy:
    name = "SQLAlchemy's ORM"

    def __init__(self, folder, owner, database, municipality):
        from sqlalchemy import (BigInteger, Column, ForeignKey, LargeBinary, String, create_engine, select)
        from sqlalchemy.orm import Session, declarative_base, relationship

        base = declarative_base()

        class Member(base):
            __tablename__ = "member"
            id = Column(LargeBinary, primary_key=True)
            roles = Column(String)
            status = Column(String)

        class LoginSession(base):
            __tablename__ = "login_session"
            id = Column(LargeBinary, primary_key=True)
            member_id = Column("member", ForeignKey("member.id"))
            opened_at, seen_at, ended_at = Column(BigInteger), Column(BigInteger), Column(BigInteger)
            member = relationship(Member, lazy="joined")

        texts = [name for name in PERSON if name not in ("pk", "id", "revision")]
        Person = type("Person", (base,), {
            "__tablename__": "person", "pk": Column(BigInteger, primary_key=True),
            "id": Column(LargeBinary), "revision": Column(BigInteger),
            **{name: Column(String) for name in texts}})

        class PersonKey(base):
            __tablename__ = "person_key"
            key = Column(String, primary_key=True)
            person = Column(ForeignKey("person.pk"), primary_key=True)

        class PersonSearch(base):
            __tablename__ = "person_search"
            person = Column(ForeignKey("person.pk"), primary_key=True)
            municipality = Column(String)
            sort = Column(LargeBinary)
            placed = Column(String)

        class Evacuee(base):
            __tablename__ = "evacuee"
            pk = Column(BigInteger, primary_key=True)
            id = Column(LargeBinary)
            person_pk = Column(ForeignKey("person.pk"))
            reference, consent, label = Column(String), Column(String), Column(String)
            district, reason, care_level = Column(String), Column(String), Column(String)
            listed = Column(BigInteger)
            person = relationship(Person, lazy="joined", innerjoin=True)

        class Journal(base):
            __tablename__ = "journal"
            pk = Column(BigInteger, primary_key=True)
            body, hash = Column(LargeBinary), Column(LargeBinary)

        class JournalSubject(base):
            __tablename__ = "journal_subject"
            subject = Column(LargeBinary, primary_key=True)
            entry = Column(BigInteger, primary_key=True)

        self._engine = create_engine(
            "postgresql+psycopg2://", creator=lambda: connect(folder, owner, database))
        self._session_of, self._select = Session, select
        self._tables = (LoginSession, Person, PersonKey, PersonSearch, Evacuee, Journal, JournalSubject)
        self._municipality = municipality
        with Session(self._engine) as session:
            self._session = session.execute(
                select(LoginSession.id).order_by(LoginSession.opened_at.desc())).scalars().first()

    def find(self, phone):
        LoginSession, Person, PersonKey, *_ = self._tables
        with self._session_of(self._engine) as session:
            assert session.get(LoginSession, self._session)
            people = session.execute(
                self._select(Person).join(PersonKey, PersonKey.person == Person.pk)
                .where(PersonKey.key == "p:" + phone, Person.municipality == self._municipality)
                .order_by(Person.pk).limit(51)).scalars().all()
            return [(p.name, json.loads(p.addresses), json.loads(p.phones)) for p in people]

    def list(self):
        LoginSession, _, _, PersonSearch, Evacuee, *_ = self._tables
        with self._session_of(self._engine) as session:
            assert session.get(LoginSession, self._session)
            entries = session.execute(
                self._select(Evacuee).join(PersonSearch, PersonSearch.person == Evacuee.person_pk)
                .where(PersonSearch.municipality == self._municipality, Evacuee.listed == 1)
                .order_by(PersonSearch.sort, PersonSearch.person).limit(51)).scalars().all()
            return [(e.reference, e.person.name, e.person.kana) for e in entries[:PAGE]]

    def change(self, pk, address):
        LoginSession, Person, _, PersonSearch, _, Journal, JournalSubject = self._tables
        with self._session_of(self._engine) as session:
            assert session.get(LoginSession, self._session)
            person = session.get(Person, pk)
            person.addresses = addresses_of(address)
            person.revision += 1
            session.get(PersonSearch, pk).placed = address
            entry = Journal(body=b"\7" * JOURNAL_BODY_SIZE, hash=HASH)
            session.add(entry)
            session.flush()
            session.add(JournalSubject(subject=person.id, entry=entry.pk))
            session.commit()


class Django:
    name = "psycopg2 with Django's ORM"

    def __init__(self, folder, owner, database, municipality):
        import django
        from django.conf import settings

        settings.configure(
            DATABASES={"default": {"ENGINE": "django.db.backends.postgresql", "NAME": database,
                                   "USER": owner, "HOST": str(folder), "CONN_MAX_AGE": None}},
            INSTALLED_APPS=[__name__])
        django.setup()
        from django.db import models, transaction

        def model(name, table, /, **fields):
            meta = type("Meta", (), {"app_label": __name__, "managed": False, "db_table": table})
            return type(name, (models.Model,), {"__module__": __name__, "Meta": meta, **fields})

        def to(target, column):
            return models.ForeignKey(target, models.DO_NOTHING, db_column=column, related_name="+")

        texts = {name: models.TextField(null=True) for name in PERSON[3:]}
        Member = model("Member", "member", id=models.BinaryField(primary_key=True),
                       roles=models.TextField(), status=models.TextField())
        self._sessions = model(
            "LoginSession", "login_session", id=models.BinaryField(primary_key=True),
            member=to(Member, "member"), opened_at=models.BigIntegerField(),
            seen_at=models.BigIntegerField(), ended_at=models.BigIntegerField(null=True))
        self._people = Person = model(
            "Person", "person", row=models.BigIntegerField(primary_key=True, db_column="pk"),
            id=models.BinaryField(), revision=models.BigIntegerField(), **texts)
        # Django knows no key of two columns: the first one stands for it.
        model("PersonKey", "person_key", key=models.TextField(primary_key=True),
              person=models.ForeignKey(Person, models.DO_NOTHING, db_column="person",
                                       related_name="keys"))
        self._search = model(
            "PersonSearch", "person_search",
            person=models.OneToOneField(Person, models.DO_NOTHING, db_column="person", primary_key=True,
                                        related_name="search"),
            municipality=models.TextField(), sort=models.BinaryField(), placed=models.TextField())
        self._evacuees = model(
            "Evacuee", "evacuee", row=models.BigIntegerField(primary_key=True, db_column="pk"),
            id=models.BinaryField(), person=to(Person, "person_pk"), reference=models.TextField(),
            consent=models.TextField(), label=models.TextField(), district=models.TextField(),
            reason=models.TextField(), care_level=models.TextField(), listed=models.BigIntegerField())
        self._journal = model("Journal", "journal",
                              row=models.BigAutoField(primary_key=True, db_column="pk"),
                              body=models.BinaryField(), hash=models.BinaryField())
        self._subjects = model("JournalSubject", "journal_subject",
                               subject=models.BinaryField(primary_key=True),
                               entry=models.BigIntegerField())
        self._atomic = transaction.atomic
        self._municipality = municipality
        self._session = bytes(self._sessions.objects.order_by("-opened_at").values_list("id", flat=True)[0])

    def _begin(self):
        assert self._sessions.objects.select_related("member").get(id=self._session)

    def find(self, phone):
        with self._atomic():
            self._begin()
            people = self._people.objects.filter(
                keys__key="p:" + phone, municipality=self._municipality).order_by("row")[:51]
            return [(p.name, json.loads(p.addresses), json.loads(p.phones)) for p in people]

    def list(self):
        with self._atomic():
            self._begin()
            entries = self._evacuees.objects.select_related("person").filter(
                listed=1, person__search__municipality=self._municipality
            ).order_by("person__search__sort", "person__search__person")[:51]
            return [(e.reference, e.person.name, e.person.kana) for e in entries][:PAGE]

    def change(self, pk, address):
        with self._atomic():
            self._begin()
            person = self._people.objects.get(row=pk)
            person.addresses = addresses_of(address)
            person.revision += 1
            person.save()
            self._search.objects.filter(person=pk).update(placed=address)
            entry = self._journal.objects.create(body=b"\7" * JOURNAL_BODY_SIZE, hash=HASH)
            self._subjects.objects.create(subject=person.id, entry=entry.row)


PEERS = (Psycopg, SqlAlchemy, Django)
