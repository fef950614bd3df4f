// Whoever rules the server: what such a one changes, takes away, swaps or puts back there gives
// nobody access to anything.
#ifdef RENRAKU_POSTGRESQL
#include <fmt/format.h>

#include <boost/test/unit_test.hpp>
#include <renraku/described/evacuee.hpp>
#include <renraku/json.hpp>
#include <renraku/patients.hpp>

#include "fixture/town.hpp"
#include "storage/engines/postgresql/postgresql.hpp"

using namespace renraku;
using namespace renraku::fixture;

namespace {

/// Leads to where the protected person is.
const std::string secret = "隠里";

/// A town before and after somebody was protected, suspended, signed out, taken out of a care team,
/// and not to be shown any more.
class Ruled {
 public:
  Ruled() {
    nurse_.patients().add(resident("架空 花子", "カクウ ハナコ"), agreed(), "主治医");
    patient_ = nurse_.patients().list().items.at(0).id;
    TeamMember leaver;
    leaver.patient = patient_;
    leaver.member = leaver_.member().id;
    leaver.lead = true;
    nurse_.patients().add_to_team(leaver);
    town_.say(shown_.person, {RosterConsentState::granted, yesterday});
    keep("before");
    withdraw();
    keep("after");
    town_.city.close();
  }

  void run(const std::string& script) const {
    storage::postgresql::open(town_.city.address())->connect()->run(script);
  }
  /// Everything as it was after all that, and nobody knows of anything newer.
  void mend() {
    std::filesystem::remove(town_.city.found().seen_access());
    for (const char* table : {"renraku_vouched", "renraku_vouched_head", "person", "evacuee"}) {
      run(fmt::format("DELETE FROM {0}; INSERT INTO {0} SELECT * FROM after_{0}", table));
    }
  }
  /// What those get who may not, each in a store opened anew; empty is right.
  [[nodiscard]] std::string gained() {
    std::string gains;
    const auto attempt = [&](const char* what, auto&& probe) {
      try {
        town_.city.reopen();
        if (probe(town_.city.store())) gains += std::string(what) + ' ';
      } catch (const Error&) {
      }
    };
    attempt("place", [&](Store& store) { return tells(store, "other"); });
    attempt("list", [&](Store& store) { return lists(store, "other"); });
    attempt("suspended",
            [&](Store& store) { return is_in(store.sign_in(joso, "moto", password)); });
    attempt("ended", [&](Store& store) { return is_in(store.resume(token_)); });
    attempt("team", [&](Store& store) { return nurses(store, "leaver"); });
    attempt("stranger", [&](Store& store) { return nurses(store, "stranger"); });
    attempt("receiver", [&](Store& store) { return receives(store); });
    town_.city.close();
    return gains;
  }
  /// What those get who may.
  [[nodiscard]] std::string granted() {
    town_.city.reopen();
    std::string grants;
    if (tells(town_.city.store(), "meibo")) grants += "place ";
    if (nurses(town_.city.store(), "nurse")) grants += "team ";
    town_.city.close();
    return grants;
  }
  [[nodiscard]] std::vector<std::string> tables() const {
    std::vector<std::string> names;
    const auto connection = storage::postgresql::open(town_.city.address())->connect();
    const auto found =
        connection->prepare("SELECT DISTINCT in_table FROM renraku_vouched ORDER BY in_table");
    while (found->step()) names.emplace_back(found->text(0));
    return names;
  }
  /// That a store says of itself.
  [[nodiscard]] bool is_found_sound() {
    town_.city.reopen();
    const CheckReport report = town_.city.store().check();
    for (const Finding& finding : report.findings) {
      BOOST_TEST_MESSAGE(finding.part << ": " << finding.detail);
    }
    town_.city.close();
    return report.sound;
  }
  /// How many entries the store's own chain has, those of tails among them.
  [[nodiscard]] std::int64_t own_entries() const {
    const auto connection = storage::postgresql::open(town_.city.address())->connect();
    const auto found =
        connection->prepare("SELECT count(*) FROM journal WHERE pk < 70368744177664");
    found->step();
    return found->integer(0);
  }
  [[nodiscard]] const std::string& log() const { return town_.city.log(); }
  /// The id as SQL writes it.
  [[nodiscard]] static std::string sql(const Uuid& id) {
    std::string text = id.text();
    std::erase(text, '-');
    return "'\\x" + text + "'";
  }
  [[nodiscard]] const Evacuee& hidden() const { return hidden_; }
  [[nodiscard]] const Evacuee& shown() const { return shown_; }
  [[nodiscard]] const Evacuee& neighbour() const { return neighbour_; }

 private:
  static PatientConsent agreed() {
    PatientConsent consent;
    consent.form = "連携同意書";
    consent.date = {2026, 11, 1};
    consent.scopes = {SharingScope::team};
    return consent;
  }
  Evacuee add(const std::string& name) {
    Person person = resident(name, name);
    person.addresses = {{AddressKind::residence, "3030001", secret + "町1-2-3"}};
    Evacuee entry;
    entry.district = "東区";
    entry.note = secret + "の実家";
    return town_.officer.evacuees().add(person, entry);
  }
  void withdraw() {
    Protection protection;
    protection.officers = {town_.officer.member().id};
    town_.officer.people().protect(hidden_.person, 1, protection);
    town_.city.sign_in().members().suspend(former_.member().id);
    ended_.sign_out();
    nurse_.patients().end_in_team(patient_, leaver_.member().id);
    town_.say(shown_.person, {RosterConsentState::withdrawn, today});
  }
  void keep(const std::string& when) const {
    for (const char* table : {"renraku_vouched", "renraku_vouched_head", "person", "evacuee"}) {
      run(fmt::format("CREATE TABLE {0}_{1} AS SELECT * FROM {1}", when, table));
    }
  }

  [[nodiscard]] bool tells(Store& store, const std::string& login) const {
    const Session session = store.sign_in(joso, login, password);
    return to_json(session.people().view(hidden_.person)).find(secret) != std::string::npos;
  }
  /// In whosever name: others of the same place are left out.
  [[nodiscard]] bool lists(Store& store, const std::string& login) const {
    const Session session = store.sign_in(joso, login, password);
    const auto page = session.evacuees().list();
    for (const EvacueeLine& line : page.items) {
      if (line.id != hidden_.id && line.person != hidden_.person) continue;
      if (!line.district.empty()) return true;
      if (to_json(session.evacuees().view(line.id)).find(secret) != std::string::npos) return true;
    }
    return false;
  }
  [[nodiscard]] bool is_in(const Session& session) const {
    return !session.organisations().list().items.empty();
  }
  [[nodiscard]] bool nurses(Store& store, const std::string& login) const {
    const Session session = store.sign_in(joso, login, password);
    return !session.patients().list().items.empty() ||
           session.patients().view(patient_).patient.id == patient_;
  }
  [[nodiscard]] static bool receives(Store& store) {
    const Session session = store.sign_in(joso, "shobo", password);
    return !session.disclosures().visible().items.empty();
  }

  Town town_;
  Session other_ = town_.city.member("other", Role::roster_officer);
  Session former_ = town_.city.member("moto", Role::roster_officer);
  Session ended_ = town_.city.sign_in();
  std::string token_ = ended_.token();
  Session nurse_ = town_.city.member("nurse", Role::professional);
  Session leaver_ = town_.city.member("leaver", Role::professional);
  Session stranger_ = town_.city.member("stranger", Role::professional);
  Evacuee hidden_ = add("隠 花");
  Evacuee shown_ = add("見 花");
  Evacuee neighbour_ = add("隣 花");
  Id<Patient> patient_;
};

/// Changes every row of a table, one way or another.
const std::vector<std::pair<const char*, const char*>> deeds{
    {"altered",
     "UPDATE renraku_vouched SET sealed = set_byte(sealed, octet_length(sealed) - 1, 255 - "
     "get_byte(sealed, octet_length(sealed) - 1)) WHERE in_table = '{0}'"},
    {"taken away", "DELETE FROM renraku_vouched WHERE in_table = '{0}'"},
    {"one taken away",
     "DELETE FROM renraku_vouched WHERE in_table = '{0}' AND version = (SELECT "
     "max(version) FROM renraku_vouched WHERE in_table = '{0}')"},
    {"swapped",
     "UPDATE renraku_vouched r SET sealed = (SELECT o.sealed FROM renraku_vouched o "
     "WHERE o.in_table = '{0}' ORDER BY o.number = r.number, o.version DESC LIMIT 1) "
     "WHERE r.in_table = '{0}'"},
    {"of another table",
     "UPDATE renraku_vouched SET in_table = 'municipality', number = -number "
     "WHERE in_table = '{0}' AND in_table <> 'municipality'"},
    {"put back",
     "DELETE FROM renraku_vouched WHERE in_table = '{0}'; INSERT INTO renraku_vouched "
     "SELECT * FROM before_renraku_vouched WHERE in_table = '{0}'"},
    {"each row put back",
     "UPDATE renraku_vouched r SET version = b.version, sealed = b.sealed FROM "
     "before_renraku_vouched b WHERE b.in_table = r.in_table AND b.number = r.number AND "
     "r.in_table = '{0}'"},
    {"called newer",
     "UPDATE renraku_vouched r SET sealed = b.sealed FROM before_renraku_vouched b "
     "WHERE b.in_table = r.in_table AND b.number = r.number AND r.in_table = "
     "'{0}'"},
};

boost::test_tools::assertion_result runs_on_a_server(boost::unit_test::test_unit_id) {
  boost::test_tools::assertion_result runs(on_a_server());
  runs.message() << "on a server alone: what its superuser does";
  return runs;
}

/// Two municipalities with a resident each on one server.
class Neighbours {
 public:
  Neighbours() {
    enter(joso, resident("架空 花子", "カクウ ハナコ"));
    city_.store().add_municipality(municipality(beside, "常陸太田市", "管理 次郎"));
    enter(beside, resident("架空 春子", "カクウ ハルコ"));
    city_.close();
    for (const char* table : tables) {
      run(fmt::format("CREATE TABLE before_{0} AS SELECT * FROM {0}", table));
    }
  }

  void run(const std::string& script) const {
    storage::postgresql::open(city_.address())->connect()->run(script);
  }
  void mend() const {
    for (const char* table : tables) {
      run(fmt::format("DELETE FROM {0}; INSERT INTO {0} SELECT * FROM before_{0}", table));
    }
  }
  /// What an officer of the first sees in lists and look-ups: names, or how it is refused.
  [[nodiscard]] std::string seen() {
    city_.reopen();
    const Session officer = city_.sign_in();
    std::string all;
    const auto look = [&](const char* where, auto&& names) {
      std::string shown;
      const std::string error = error_of([&] { shown = names(); });
      all += fmt::format("{}:{} ", where, error == "none" ? shown : error);
    };
    look("list", [&] { return names_of(officer.evacuees().list().items); });
    look("phone", [&] {
      PersonFilter filter;
      filter.phone = "0297-00-0001";
      return names_of(officer.people().find(filter).items);
    });
    look("text", [&] {
      EvacueeFilter filter;
      filter.text = "カクウ";
      return names_of(officer.evacuees().list(filter).items);
    });
    city_.close();
    return all;
  }
  [[nodiscard]] const std::string& log() const { return city_.log(); }

 private:
  static constexpr const char* beside = "082121";
  static constexpr std::array tables{"person_search", "person_key"};

  void enter(const std::string& municipality, const Person& person) {
    city_.store().sign_in(municipality, "kanri", password).evacuees().add(person, {});
  }
  template <class Items>
  static std::string names_of(const Items& items) {
    std::string names;
    for (const auto& item : items) names += (names.empty() ? "" : "、") + item.name;
    return names;
  }

  City city_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(superuser, *boost::unit_test::precondition(runs_on_a_server))

BOOST_AUTO_TEST_CASE(rows_that_decide_access_give_none_whatever_becomes_of_them) {
  Ruled ruled;
  BOOST_TEST(ruled.granted() == "place team ");
  BOOST_TEST(ruled.gained() == "");
  const std::vector<std::string> tables = ruled.tables();
  BOOST_TEST(tables.size() > 12U);
  for (const std::string& table : tables) {
    for (const auto& [what, deed] : deeds) {
      BOOST_TEST_CONTEXT(table << " " << what) {
        ruled.run(fmt::format(fmt::runtime(deed), table));
        BOOST_TEST(ruled.gained() == "");
        ruled.mend();
      }
    }
  }
  BOOST_TEST(ruled.granted() == "place team ");
}

BOOST_AUTO_TEST_CASE(all_of_it_put_back_is_seen_by_whoever_knew_of_newer) {
  Ruled ruled;
  for (const char* deed :
       {"DELETE FROM renraku_vouched; INSERT INTO renraku_vouched SELECT * FROM "
        "before_renraku_vouched; UPDATE renraku_vouched_head SET sealed = (SELECT sealed FROM "
        "before_renraku_vouched_head)",
        "DELETE FROM renraku_vouched; DELETE FROM renraku_vouched_head",
        "UPDATE renraku_vouched_head SET sealed = (SELECT sealed FROM "
        "before_renraku_vouched_head)"}) {
    BOOST_TEST_CONTEXT(deed) {
      ruled.run(deed);
      BOOST_TEST(ruled.gained() == "");
      ruled.mend();
    }
  }
}

BOOST_AUTO_TEST_CASE(what_the_server_keeps_in_the_clear_gives_none_either) {
  Ruled ruled;
  const std::string hidden = Ruled::sql(ruled.hidden().person);
  const std::string neighbour = Ruled::sql(ruled.neighbour().person);
  for (const std::string& deed : {
           "UPDATE evacuee SET person = " + neighbour + " WHERE person = " + hidden,
           "UPDATE evacuee SET person = CASE WHEN person = " + hidden + " THEN " + neighbour +
               " ELSE " + hidden + "::bytea END WHERE person IN (" + hidden + ", " + neighbour +
               ")",
           "UPDATE person SET pk = -pk; UPDATE person p SET pk = (SELECT -o.pk FROM person o WHERE "
           "o.id <> p.id AND o.id IN (" +
               hidden + ", " + neighbour + ")) WHERE p.id IN (" + hidden + ", " + neighbour +
               "); UPDATE person SET pk = -pk WHERE pk < 0",
           std::string("UPDATE evacuee SET consent = 'granted', consent_date = '2026-11-21'"),
           std::string("UPDATE evacuee SET person_pk = person_pk + 1000"),
       }) {
    BOOST_TEST_CONTEXT(deed) {
      ruled.run(deed);
      BOOST_TEST(ruled.gained() == "");
      ruled.mend();
    }
  }
}

// The seals of another municipality's rows are whole; what is wrong is where they came out.
BOOST_AUTO_TEST_CASE(rows_of_another_municipality_are_shown_to_nobody) {
  Neighbours neighbours;
  BOOST_TEST(neighbours.seen() == "list:架空 花子 phone:架空 花子 text:架空 花子 ");
  for (const std::string deed :
       {"UPDATE person_search SET municipality = '082112'",
        "UPDATE person_key SET person = (SELECT max(pk) FROM person)",
        "INSERT INTO person_key SELECT k.key, (SELECT max(pk) FROM person) FROM person_key k ON "
        "CONFLICT DO NOTHING",
        "UPDATE person_search SET person = -person; UPDATE person_search SET person = (SELECT pk "
        "FROM person p WHERE p.pk <> -person_search.person)"}) {
    BOOST_TEST_CONTEXT(deed) {
      neighbours.run(deed);
      BOOST_TEST(neighbours.seen().find("春子") == std::string::npos);
      neighbours.mend();
    }
  }
  neighbours.run("UPDATE person_search SET municipality = '082112'");
  BOOST_TEST(neighbours.seen() == "list:damaged phone:架空 花子 text:damaged ");
  BOOST_TEST(neighbours.log().find("altered on the server") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(no_journal_is_led_into_another_municipalitys) {
  Neighbours neighbours;
  // The code's first five digits lead a key: 08211 becomes 08212.
  neighbours.run(
      "UPDATE journal_chain SET pk = pk + (1::bigint << 46) + (5::bigint << 36) "
      "WHERE municipality = '082112'");
  BOOST_TEST(error_of([&] { return neighbours.seen(); }) == "damaged");
}

BOOST_AUTO_TEST_CASE(a_check_finds_it_and_the_journal_tells_of_it) {
  Ruled ruled;
  BOOST_TEST(ruled.is_found_sound());
  const std::int64_t before = ruled.own_entries();
  BOOST_TEST(ruled.log().find("altered on the server") == std::string::npos);
  ruled.run("DELETE FROM renraku_vouched WHERE in_table = 'protected_person'");
  BOOST_TEST(!ruled.is_found_sound());
  const std::int64_t unasked = ruled.own_entries();
  BOOST_TEST(ruled.gained() == "");
  BOOST_TEST(ruled.log().find("altered on the server") != std::string::npos);
  BOOST_TEST(ruled.own_entries() > unasked);
  BOOST_TEST(unasked > before);
  ruled.mend();
  BOOST_TEST(ruled.is_found_sound());
}

BOOST_AUTO_TEST_SUITE_END()
#endif
