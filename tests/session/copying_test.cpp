// Stores carried from place to place, whichever engines keep them there.
#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <csignal>
#include <renraku/copying.hpp>

#include "fixture/everything.hpp"
#include "fixture/expect.hpp"
#include "fixture/totp.hpp"
#include "session/opening.hpp"
#include "session/schema.hpp"
#include "storage/schema_model.hpp"
#ifdef RENRAKU_POSTGRESQL
#include "fixture/postgres.hpp"
#endif

using namespace renraku;
using namespace renraku::fixture;

namespace {

const Secret secret = Passphrase{passphrase};

/// Where a store can be carried to: a folder; a home for a database of a server.
struct Place {
  TemporaryFolder folder;
  std::string address = (folder.path() / "copy.renraku").string();

  [[nodiscard]] const std::filesystem::path& home() const { return folder.path(); }
};

/// On the other engine than the tests' stores, where there is one.
struct Elsewhere : Place {
  Elsewhere() {
#ifdef RENRAKU_POSTGRESQL
    if (on_a_server() || !PostgresServer::is_installed()) return;
    address = PostgresServer::shared().new_database();
#endif
  }
};

/// What is left behind by those who come and go.
void use_sign_in(City& city) {
  const Session officer = city.sign_in();
  Organisation centre;
  centre.kind = OrganisationKind::commissioned_welfare;
  centre.name = "架空民児協";
  centre.districts = {"東区"};
  officer.organisations().add(centre);
  const Session keyed = city.member("kagi", Role::professional);
  const TotpEnrolment enrolment = keyed.factors().begin_totp();
  keyed.factors().confirm_totp(totp_code(enrolment.secret, city.now()));
  static_cast<void>(keyed.factors().new_recovery_codes());
  SignIn input;
  input.municipality = joso;
  input.login = "kanri";
  input.password = password;
  input.remember_device = true;
  static_cast<void>(city.store().sign_in(input));
  static_cast<void>(error_of([&] { return city.sign_in("nobody"); }));
  const Evacuee leaving = officer.evacuees().add(resident("消す人", "ケスヒト"), {});
  officer.people().erase(leaving.person, ErasureReason::request);
  Evacuee placed;
  placed.district = "東区";
  placed.care_level = "要介護３";
  officer.evacuees().add(resident("地区 花子", "チク ハナコ"), placed);
}

/// A file with a row that can't be taken.
void import_bad_row(const Session& officer) {
  std::vector<std::vector<std::string>> rows{{"管理番号", "氏名", "フリガナ", "生年月日"},
                                             {"77", "架空　五郎", "カクウ　ゴロウ", "1940-02-31"}};
  ImportOptions options;
  options.accept_large = true;
  officer.roster().import_rows(
      [&](std::vector<std::string>& out) {
        if (rows.empty()) return false;
        out = rows.front();
        rows.erase(rows.begin());
        return true;
      },
      options);
}

/// What is of the store as a whole.
void use_store(City& city, const std::filesystem::path& archives) {
  const Witness self = city.store().as_witness();
  self.record(city.store().journal_heads());
  SignedRemoval removal;
  removal.id = city.sign_in().member().id;
  self.record_removals({removal});
  if (!on_a_server()) {
    city.store().backup(archives, {});
    city.store().reencrypt({secret});
  }
  city.move_clock(std::chrono::hours(24 * 40));
  Date month = Date::in_japan(city.now());
  month.day = 0;
  city.store().archive_journal(month, archives);
}

/// A city that can be carried; nobody has it open.
struct Carried {
  TemporaryFolder archives;
  City city;

  Carried() {
    use_everything(city);
    use_store(city, archives.path());
    use_sign_in(city);
    import_bad_row(city.sign_in());
    city.close();
  }
  [[nodiscard]] CopyOptions to(const Place& place) const {
    CopyOptions options;
    options.options = city.options();
    options.home = place.home();
    return options;
  }
  CopyReport copy(const Place& place) const {
    return copy_store(city.address(), secret, place.address, to(place));
  }
  [[nodiscard]] StoreComparison compare(const Place& place) const {
    return compare_stores(city.address(), place.address, secret, to(place));
  }
  [[nodiscard]] Store open(const Place& place) const {
    StoreOptions options = city.options();
    options.home = place.home();
    return open_store(place.address, secret, options, City::cheap());
  }
  [[nodiscard]] std::string opening(const Place& place) const {
    return error_of([&] { return open(place).municipalities().size(); });
  }
};

/// What differs, for a test to print.
std::string differences(const StoreComparison& comparison) {
  std::string all;
  for (const TableComparison& table : comparison.tables) {
    if (table.different + table.only_one + table.only_other == 0) continue;
    all +=
        fmt::format("{}:{}/{}/{} ", table.table, table.different, table.only_one, table.only_other);
  }
  return all;
}

const TableComparison& table_of(const StoreComparison& comparison, std::string_view name) {
  const auto found = std::ranges::find(comparison.tables, name, &TableComparison::table);
  BOOST_REQUIRE(found != comparison.tables.end());
  return *found;
}

/// People in the order of the list, and everything of whom somebody searches for.
std::string seen(Store& store) {
  const Session officer = store.sign_in(joso, "kanri", password);
  std::string all;
  for (const EvacueeLine& line : officer.evacuees().list().items) {
    all += line.name + ' ' + line.district + ' ' + line.reason + '\n';
  }
  for (const char* phone : {"0297000001", "0297000011"}) {
    PersonFilter filter;
    filter.phone = phone;
    for (const Person& person : officer.people().find(filter).items) all += person.name + '\n';
  }
  EvacueeFilter by_place;
  by_place.district = "東区";
  by_place.care_level = "要介護3";
  for (const EvacueeLine& line : officer.evacuees().list(by_place).items) all += line.name + '\n';
  // The same row again is the same.
  import_bad_row(officer);
  all += std::to_string(officer.roster().count_open_rows()) + '\n';
  for (const TeamOverview& team : officer.patients().teams().items) all += team.name + '\n';
  for (const Member& member : officer.members().list().items) all += member.name + '\n';
  return all;
}

/// Another store is on its way there.
void begin_another(const Place& place) {
  City other;
  other.close();
  CopyOptions options;
  options.options = other.options();
  options.home = place.home();
  options.progress = [](std::int64_t, std::int64_t, std::int64_t) { return false; };
  BOOST_TEST(error_of([&] {
               return copy_store(other.address(), secret, place.address, options).rows;
             }) == "cancelled");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(copying)

BOOST_AUTO_TEST_CASE(a_store_is_the_same_there_and_back) {
  Carried store;
  const Elsewhere there;
  const CopyReport report = store.copy(there);
  BOOST_TEST((report.journal.state == JournalState::intact));
  BOOST_TEST(report.rows > 100);
  BOOST_TEST(report.written == report.rows);
  BOOST_TEST(report.archives.size() == 1U);
  const StoreComparison comparison = store.compare(there);
  BOOST_TEST(comparison.same, differences(comparison));
  BOOST_TEST((comparison.journal.state == JournalState::intact));
  BOOST_TEST((comparison.other_journal.state == JournalState::intact));
  BOOST_TEST(comparison.journal.entries == comparison.other_journal.entries);

  const Place back;
  CopyOptions options = store.to(back);
  options.options.home = there.home();
  copy_store(there.address, secret, back.address, options);
  const StoreComparison again = store.compare(back);
  // Beside what the copy's journal says of having been copied, nothing is new.
  for (const TableComparison& table : again.tables) {
    BOOST_TEST(table.only_one == 0, table.table);
    const bool says_so = table.table.starts_with("journal");
    if (!says_so) BOOST_TEST(table.different + table.only_other == 0, table.table);
  }
  BOOST_TEST((again.other_journal.state == JournalState::intact));
  BOOST_TEST(again.other_journal.entries > again.journal.entries);

  store.city.reopen();
  Store copy = store.open(there);
  Store copy_of_copy = store.open(back);
  const std::string expected = seen(store.city.store());
  BOOST_TEST(expected.find("地区 花子\n1\n") != std::string::npos);
  BOOST_TEST(seen(copy) == expected);
  BOOST_TEST(seen(copy_of_copy) == expected);
  BOOST_TEST(copy.check().sound);
  BOOST_TEST(copy_of_copy.check().sound);
}

BOOST_AUTO_TEST_CASE(hardly_a_table_was_left_out_of_the_test) {
  Carried store;
  const Place there;
  store.copy(there);
  std::string empty;
  for (const TableComparison& table : store.compare(there).tables) {
    if (table.same == 0) empty += table.table + ' ';
  }
  // Of a municipality that is between two stores moving_test tells.
  BOOST_TEST(empty ==
             (on_a_server() ? "earlier_tail_key backup municipality_move " : "municipality_move "));
}

BOOST_AUTO_TEST_CASE(both_go_on_each_under_its_own_node) {
  Carried store;
  const Elsewhere there;
  const std::string token = [&] {
    store.city.reopen();
    const std::string opened = store.city.sign_in().token();
    store.city.close();
    return opened;
  }();
  const CopyReport report = store.copy(there);
  store.city.reopen();
  Store copy = store.open(there);
  const auto change = [&](Store& where, const std::string& name) {
    const Session officer = where.resume(token);
    Evacuee entry = officer.evacuees().view(officer.evacuees().list().items.front().id);
    entry.note = name;
    officer.evacuees().change(entry);
    return officer.journal().history(entry.person).items.back().node;
  };
  BOOST_TEST((change(store.city.store(), "元") != report.node));
  BOOST_TEST((change(copy, "写し") == report.node));
  BOOST_TEST((copy.verify_journal().state == JournalState::intact));
  BOOST_TEST((store.city.store().verify_journal().state == JournalState::intact));
}

#ifdef RENRAKU_POSTGRESQL
BOOST_AUTO_TEST_CASE(from_server_to_server_with_a_home_each, *on_postgresql()) {
  struct Database : Place {
    Database() { address = PostgresServer::shared().new_database(); }
  };
  Carried store;
  const Database one;
  const Database other;
  store.copy(one);
  CopyOptions options = store.to(other);
  options.options.home = one.home();
  options.home.clear();
  const auto copy = [&] {
    return copy_store(one.address, secret, other.address, options).journal.state;
  };
  BOOST_TEST(field_of(copy) == "home");
  options.home = other.home();
  BOOST_TEST((copy() == JournalState::intact));
  const StoreComparison comparison = compare_stores(one.address, other.address, secret, options);
  BOOST_TEST(comparison.same, differences(comparison));
  BOOST_TEST(store.opening(other) == "none");
}
#endif

BOOST_AUTO_TEST_CASE(goes_on_where_it_was_killed) {
  Carried store;
  std::int64_t rows = 0;
  {
    const Place measured;
    rows = store.copy(measured).rows;
  }
  const Elsewhere there;
  // In the first walk, at its end, and when everything is read back.
  for (const std::int64_t at : {rows / 4, rows - 1, rows + rows / 2, 2 * rows - 1}) {
    const pid_t child = ::fork();
    if (child == 0) {
      CopyOptions options = store.to(there);
      options.progress = [at](std::int64_t done, std::int64_t, std::int64_t) {
        if (done >= at) ::raise(SIGKILL);
        return true;
      };
      static_cast<void>(error_of(
          [&] { return copy_store(store.city.address(), secret, there.address, options); }));
      ::_exit(0);
    }
    int status = 0;
    BOOST_REQUIRE(::waitpid(child, &status, 0) == child);
    BOOST_TEST((WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL));
    BOOST_TEST(store.opening(there) == "not_a_store");
  }
  const CopyReport report = store.copy(there);
  BOOST_TEST(report.written < report.rows / 2);
  const StoreComparison comparison = store.compare(there);
  BOOST_TEST(comparison.same, differences(comparison));
  BOOST_TEST(store.opening(there) == "none");
}

BOOST_AUTO_TEST_CASE(what_changed_after_it_was_ended_is_carried) {
  Carried store;
  const Elsewhere there;
  CopyOptions options = store.to(there);
  std::int64_t once = 0;
  options.progress = [&](std::int64_t, std::int64_t, std::int64_t in_all) {
    if (once == 0) once = in_all;
    return in_all == once;
  };
  BOOST_TEST(error_of([&] {
               return copy_store(store.city.address(), secret, there.address, options).rows;
             }) == "cancelled");
  store.city.reopen();
  {
    const Session officer = store.city.sign_in();
    const auto lines = officer.evacuees().list().items;
    Person renamed = officer.people().view(officer.evacuees().view(lines.front().id).person);
    renamed.name = "変更 太郎";
    renamed.kana = "ンンン";
    renamed.phones = {{PhoneKind::home, "", "0297-00-9999"}};
    officer.people().change(renamed);
    officer.people().erase(officer.evacuees().view(lines.back().id).person, ErasureReason::request);
  }
  store.city.close();
  store.copy(there);
  const StoreComparison comparison = store.compare(there);
  BOOST_TEST(comparison.same, differences(comparison));
  store.city.reopen();
  Store copy = store.open(there);
  PersonFilter filter;
  filter.phone = "0297-00-9999";
  BOOST_TEST(copy.sign_in(joso, "kanri", password).people().find(filter).items.size() == 1U);
  BOOST_TEST(seen(copy) == seen(store.city.store()));
}

BOOST_AUTO_TEST_CASE(work_goes_on_meanwhile) {
  Carried store;
  store.city.reopen();
  const Elsewhere there;
  CopyOptions options = store.to(there);
  bool is_changed = false;
  // Before the store stands still, somebody is added.
  options.progress = [&](std::int64_t, std::int64_t, std::int64_t) {
    if (!std::exchange(is_changed, true)) {
      store.city.sign_in().evacuees().add(resident("途中 花子", "トチュウ ハナコ"), {});
    }
    return true;
  };
  copy_store(store.city.address(), secret, there.address, options);
  Store copy = store.open(there);
  BOOST_TEST(seen(copy).find("途中 花子") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_difference_is_named) {
  Carried store;
  const Elsewhere there;
  store.copy(there);
  {
    Store copy = store.open(there);
    const Session officer = copy.sign_in(joso, "kanri", password);
    Evacuee entry = officer.evacuees().view(officer.evacuees().list().items.front().id);
    entry.note = "写しだけ";
    officer.evacuees().change(entry);
  }
  const StoreComparison comparison = store.compare(there);
  BOOST_TEST(!comparison.same);
  BOOST_TEST(table_of(comparison, "evacuee").different == 1);
  BOOST_TEST(table_of(comparison, "evacuee").first.size() == 1U);
  BOOST_TEST(table_of(comparison, "person").different == 0);
  BOOST_TEST(table_of(comparison, "journal").only_other > 0);
  BOOST_TEST(table_of(comparison, "journal").only_one == 0);
  BOOST_TEST((comparison.other_journal.state == JournalState::intact));
}

BOOST_AUTO_TEST_CASE(what_is_there_already_is_left_alone) {
  Carried store;
  const Elsewhere there;
  store.copy(there);
  const auto again = [&](const Place& place) {
    return error_of([&] { return store.copy(place).rows; });
  };
  BOOST_TEST(again(there) == "exists");
  BOOST_TEST(store.opening(there) == "none");
  const Elsewhere begun;
  const Place begun_here;
  begin_another(begun);
  begin_another(begun_here);
  BOOST_TEST(again(begun) == "exists");
  BOOST_TEST(again(begun_here) == "exists");
  Place file;
  file.address = (file.folder.path() / "missing" / "copy.renraku").string();
  BOOST_TEST(again(file) == "io");
  const Place unopened;
  CopyOptions options = store.to(unopened);
  BOOST_TEST(
      error_of([&] {
        return copy_store(store.city.address(), Passphrase{"違う"}, unopened.address, options).rows;
      }) == "wrong_passphrase");
  BOOST_TEST(!std::filesystem::exists(unopened.address));
}

BOOST_AUTO_TEST_CASE(the_model_knows_every_column,
                     *on_a_folder("the database itself says what its columns are")) {
  City city;
  city.close();
  session::OpenedFolder opened = session::open_folder(city.found(), secret);
  storage::Database database(std::move(opened.engine));
  storage::Transaction transaction = database.read();
  const auto texts = [&](const std::string& sql) {
    return transaction.query(sql).all<std::string>();
  };
  std::vector<std::string> names;
  for (const storage::ModelTable& table : storage::model_of(session::migrations())) {
    std::vector<std::string> columns;
    for (const storage::ModelColumn& column : table.columns) columns.push_back(column.name);
    const std::string of = " FROM pragma_table_info('" + table.name + "')";
    BOOST_TEST(columns == texts("SELECT name" + of + " ORDER BY cid"),
               boost::test_tools::per_element());
    std::vector<std::string> key;
    for (const std::size_t at : table.key) key.push_back(table.columns[at].name);
    BOOST_TEST(key == texts("SELECT name" + of + " WHERE pk > 0 ORDER BY pk"),
               boost::test_tools::per_element());
    names.push_back(table.name);
  }
  std::ranges::sort(names);
  BOOST_TEST(names == texts("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
