// Erasing a person: nothing current stays, the journal verifies, and a proof is left.
#include "domain/erasure/erasure.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <renraku/backup.hpp>
#include <set>

#include "crypto/base64.hpp"
#include "crypto/sign.hpp"
#include "fixture/city.hpp"
#include "fixture/expect.hpp"
#include "fixture/raw_store.hpp"

using namespace renraku;
using namespace renraku::fixture;

namespace {

std::string erase(const Session& session, const Id<Person>& person) {
  return error_of([&] { return session.people().erase(person, ErasureReason::request).proof; });
}

/// Columns that name a person, or a record about one.
const std::set<std::string> naming{"person", "person_pk", "by_person", "patient", "evacuee",
                                   "first",  "second",    "subject",   "owner"};
/// What the journal keeps of everybody: that something was done. What proves the erasure. And two
/// tables whose columns mean something else.
const std::set<std::string> lasting{"journal_subject", "erased_person", "certificate",
                                    "journal_segment"};

std::vector<std::string> columns_of(RawStore& raw, const std::string& table) {
  return raw.ask<std::string>("SELECT name FROM pragma_table_info('" + table + "')");
}

std::vector<std::string> tables(RawStore& raw) {
  return raw.ask<std::string>("SELECT name FROM sqlite_master WHERE type = 'table'");
}

/// Where a value still stands, by table and column.
std::vector<std::string> places_of(RawStore& raw, const Uuid& id, std::int64_t pk) {
  std::vector<std::string> found;
  const std::string blob = "x'" + crypto::hex(id.bytes) + "'";
  for (const std::string& table : tables(raw)) {
    for (const std::string& column : columns_of(raw, table)) {
      const std::string is_pk =
          naming.contains(column) ? " OR " + column + " = " + std::to_string(pk) : "";
      const auto rows =
          raw.number("SELECT count(*) FROM " + table + " WHERE " + column + " = " + blob +
                     " OR instr(CAST(" + column + " AS TEXT), '" + id.text() + "') > 0" + is_pk);
      if (rows > 0 && !lasting.contains(table)) found.push_back(table + "." + column);
    }
  }
  return found;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(erasure)

BOOST_AUTO_TEST_CASE(no_table_that_names_people_is_forgotten,
                     *on_a_folder("the embedded engine lists its tables")) {
  City city;
  RawStore raw(city.found());
  for (const std::string& table : tables(raw)) {
    const auto columns = columns_of(raw, table);
    const bool names = std::ranges::any_of(
        columns, [](const std::string& column) { return naming.contains(column); });
    if (!names || lasting.contains(table) || table == "person_key") continue;
    const bool known = std::ranges::any_of(
        domain::traces, [&](const domain::Traces& trace) { return trace.table == table; });
    BOOST_TEST(known, table << " names people, and erasing one would forget it");
  }
}

BOOST_AUTO_TEST_CASE(leaves_nothing_current_and_a_journal_that_verifies,
                     *on_a_folder("every column of every table is searched as it was written")) {
  City city;
  Session officer = city.sign_in();
  const Id<Person> person = officer.evacuees().add(resident("消す人", "ケスヒト"), {}).person;
  const Id<Person> parent = officer.evacuees().add(resident("親", "オヤ"), {}).person;
  Person changed = officer.people().view(person);
  changed.name = "消える人";
  officer.people().change(changed);
  RosterConsent consent;
  consent.person = person;
  consent.date = Date{2026, 4, 1};
  consent.given_by = "本人";
  officer.disclosures().record_consent(consent);
  // Another's protection covers the person.
  Protection protection;
  protection.ground = "支援措置";
  protection.officers = {officer.member().id};
  protection.household = {person};
  officer.people().protect(parent, 1, protection);

  RawStore raw(city.found());
  const std::int64_t pk =
      raw.number("SELECT pk FROM person WHERE id = x'" + crypto::hex(person.bytes) + "'");
  BOOST_TEST(places_of(raw, person, pk).size() > 4u);
  const auto keys_before = raw.number("SELECT count(*) FROM person_key");

  const Erasure erasure = officer.people().erase(person, ErasureReason::request);
  for (const std::string& place : places_of(raw, person, pk)) {
    BOOST_TEST(place == "", place << " still knows the person");
  }
  BOOST_TEST(raw.number("SELECT count(*) FROM person_key") < keys_before);
  BOOST_TEST(error_of([&] { return officer.people().view(person).name; }) == "not_found");
  PersonFilter filter;
  filter.name = "消える人";
  BOOST_TEST(officer.people().find(filter).items.empty());
  BOOST_TEST(officer.people().view(parent).protection->household.empty());
  for (const JournalEntry& entry : officer.journal().history(person).items) {
    BOOST_TEST(entry.changes.empty());
  }
  BOOST_TEST(city.store().check().sound);
  BOOST_TEST(erase(officer, person) == "not_found");
  BOOST_TEST((erasure.person == person));
  BOOST_TEST((officer.people().erasure(person).proof == erasure.proof));
}

BOOST_AUTO_TEST_CASE(takes_the_rows_that_may_be_of_the_person_and_leaves_those_of_others) {
  City city;
  const Session officer = city.sign_in();
  const auto import = [&](const std::string& rows) {
    const auto file = city.path().parent_path() / "roster.csv";
    std::ofstream(file) << "管理番号,氏名,生年月日,住所\n" << rows;
    ImportOptions options;
    options.accept_large = true;
    officer.roster().import_file(file, options);
  };
  import("1,架空　花,S15.3.5,架空町1\n2,仮名　太郎,S16.3.5,架空町2\n");
  import("1,架空　花,S15.13.5,架空町1\n2,仮名　太郎,S16.13.5,架空町2\n");
  BOOST_REQUIRE_EQUAL(officer.roster().open_rows().items.size(), 2u);
  const auto lines = officer.evacuees().list().items;
  for (const EvacueeLine& line : lines) {
    if (line.reference != "1") continue;
    officer.people().erase(line.person, ErasureReason::request);
  }
  const auto left = officer.roster().open_rows().items;
  BOOST_REQUIRE_EQUAL(left.size(), 1u);
  BOOST_TEST(left[0].cells.at(1).value == "仮名　太郎");
}

BOOST_AUTO_TEST_CASE(tells_nobody_of_the_patient_any_more) {
  City city;
  const Session officer = city.sign_in();
  const Session doctor = city.member("ishi", Role::professional);
  const Session nurse = city.member("kango", Role::professional);
  PatientConsent consent;
  consent.form = "連携同意書";
  consent.date = {2026, 11, 1};
  consent.scopes = {SharingScope::team};
  std::vector<Patient> patients;
  for (const char* name : {"消す人", "残る人"}) {
    patients.push_back(doctor.patients().add(resident(name, ""), consent, "主治医"));
    TeamMember place;
    place.patient = patients.back().id;
    place.member = nurse.member().id;
    doctor.patients().add_to_team(place);
  }
  BOOST_TEST(nurse.notices().list().items.size() == 2u);
  officer.people().erase(patients[0].person, ErasureReason::request);
  const auto left = nurse.notices().list().items;
  BOOST_REQUIRE_EQUAL(left.size(), 1u);
  BOOST_TEST((left[0].subject == patients[1].id));
}

BOOST_AUTO_TEST_CASE(is_proved_by_the_journals_signer_and_names_the_backups,
                     *on_a_folder("a backup is made")) {
  City city;
  const auto folder = city.path().parent_path() / "backups";
  std::filesystem::create_directory(folder);
  const Id<Person> person =
      city.sign_in().evacuees().add(resident("消す人", "ケスヒト"), {}).person;
  BackupOptions options;
  options.keep_until = Date{2027, 3, 31};
  const std::string kept = city.store().backup(folder, options).file;
  Session officer = city.sign_in();
  const Erasure erasure = officer.people().erase(person, ErasureReason::retention_over);
  BOOST_TEST(erasure.proof.find("backup " + kept + " until 2027-03-31\n") != std::string::npos);
  BOOST_TEST(erasure.proof.find("reason retention_over\n") != std::string::npos);
  BOOST_TEST(erasure.proof.find("person " + person.text()) != std::string::npos);
  const auto signer = crypto::from_base64<crypto::PublicKey>(erasure.signer);
  const auto signature = crypto::from_base64<crypto::Signature>(erasure.signature);
  BOOST_REQUIRE((signer && signature));
  BOOST_TEST(crypto::verify_signature(*signer, crypto::view_of(erasure.proof), *signature));
  BOOST_TEST(!crypto::verify_signature(*signer, crypto::view_of(erasure.proof + "x"), *signature));
}

BOOST_AUTO_TEST_CASE(is_an_officers_who_proved_anew_who_it_is) {
  City city;
  const Id<Person> person =
      city.sign_in().evacuees().add(resident("消す人", "ケスヒト"), {}).person;
  BOOST_TEST(erase(city.member("kango", Role::professional), person) == "not_permitted");
  BOOST_TEST(erase(city.member("jimu", Role::administrator), person) == "not_permitted");
  Session officer = city.sign_in();
  city.move_clock(std::chrono::minutes(11));
  BOOST_TEST(erase(officer, person) == "reauthenticate");
}

BOOST_AUTO_TEST_CASE(of_a_protected_person_is_the_named_officers_and_exposes_nobody) {
  City city;
  Session officer = city.sign_in();
  const Id<Person> mother = officer.evacuees().add(resident("母", "ハハ"), {}).person;
  const Id<Person> child = officer.evacuees().add(resident("子", "コ"), {}).person;
  Protection protection;
  protection.ground = "支援措置";
  protection.officers = {officer.member().id};
  protection.household = {child};
  officer.people().protect(mother, 1, protection);
  Session other = city.member("tanin", Role::roster_officer);
  BOOST_TEST(erase(other, mother) == "not_permitted");
  BOOST_TEST(erase(other, child) == "not_permitted");
  BOOST_TEST(erase(officer, mother) == "conflict");
  BOOST_TEST(erase(officer, child) == "none");
  BOOST_TEST(erase(officer, mother) == "none");
  BOOST_TEST(city.store().check().sound);
}

BOOST_AUTO_TEST_SUITE_END()
