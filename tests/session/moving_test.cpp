// One municipality carried from one store into another, whichever engines keep them.
#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <csignal>
#include <fstream>
#include <set>
#include <tuple>

#include "domain/carrying/carrying.hpp"
#include "fixture/raw_store.hpp"
#include "fixture/watched_city.hpp"
#include "moving_stores.hpp"
#include "session/schema.hpp"
#include "storage/engines/sqlcipher/sqlcipher.hpp"
#include "storage/schema_model.hpp"

using namespace renraku;
using namespace renraku::fixture;

namespace {

std::string differences(const StoreComparison& comparison) {
  std::string all;
  for (const TableComparison& table : comparison.tables) {
    if (table.different + table.only_one + table.only_other == 0) continue;
    all +=
        fmt::format("{}:{}/{}/{} ", table.table, table.different, table.only_one, table.only_other);
  }
  return all;
}

/// What an officer sees: the list, each entry and how it came to be, and the journal.
std::string seen(const Session& officer) {
  std::string all;
  for (const EvacueeLine& line : officer.evacuees().list().items) {
    const Evacuee entry = officer.evacuees().view(line.id);
    all += line.name + ' ' + entry.note + ' ' + entry.reason + '\n';
    for (const JournalEntry& past : officer.journal().history(entry.person).items) {
      for (const FieldChange& change : past.changes) {
        all += change.field + ' ' + change.before + ' ' + change.after + '\n';
      }
    }
  }
  for (const Member& member : officer.members().list().items) all += member.name + '\n';
  return all;
}

/// All that a store's tables hold, as it is opened.
std::string everything_in(const session::StoreFolder& folder, const Secret& key) {
  RawStore store(folder, key);
  store.database().migrate(session::migrations());
  const TemporaryFolder beside;
  constexpr std::array<std::uint8_t, 32> empty_key{1};
  storage::Database empty(storage::sqlcipher::create(beside.path() / "empty.db", empty_key));
  empty.migrate(session::migrations());
  std::string all;
  for (const auto& table : domain::carried_tables(session::migrations())) {
    static_cast<void>(storage::compare(
        store.database(), empty, *table, [](std::int64_t) {},
        [&](const storage::Cells& row) {
          for (const storage::Cell& cell : row) {
            if (const auto* text = std::get_if<std::string>(&cell)) all += *text + '\n';
          }
        }));
  }
  return all;
}

session::StoreFolder folder_of(const Store& store) {
  return StoreAccess::state(store).folder();
}

bool is_intact(Store& store) {
  return store.verify_journal().state == JournalState::intact;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(moving)

using There = std::tuple<Place, Elsewhere>;

BOOST_AUTO_TEST_CASE_TEMPLATE(one_goes_with_all_it_has_and_the_other_stays, T, There) {
  Moving<T> store;
  store.do_everything();
  const std::string before = seen(store.city.sign_in());
  const Session waiting = store.city.sign_in();
  const Session staying = store.elsewhere();
  const CopyReport report = store.move();
  BOOST_TEST((report.journal.state == JournalState::intact));
  BOOST_TEST(report.rows > 100);
  BOOST_TEST(report.written >= report.rows);
  BOOST_TEST(report.archives.size() == 1U);

  // It is another store's now, and nobody else noticed.
  BOOST_TEST(store.refusal() == "moved");
  BOOST_TEST(error_of([&] { return waiting.evacuees().list().items; }) == "busy");
  BOOST_TEST(field_of([&] { return waiting.evacuees().list().items; }) == "moved");
  BOOST_TEST(seen(staying).find("残留 秘子の覚え") != std::string::npos);
  BOOST_TEST(store.city.store().municipalities().size() == 1U);
  BOOST_TEST(is_intact(store.city.store()));
  const StoreComparison comparison = store.compare();
  BOOST_TEST(comparison.same, differences(comparison));
  BOOST_TEST((comparison.journal.state == JournalState::intact));
  BOOST_TEST((comparison.other_journal.state == JournalState::intact));

  Store there = store.there.open();
  BOOST_TEST(there.municipalities().size() == 2U);
  const Session officer = there.sign_in(joso, "kanri", password);
  BOOST_TEST(seen(officer) == before);
  BOOST_TEST(before.find("移住 花子の覚え") != std::string::npos);
  BOOST_TEST(error_of([&] { return there.act_as(store.spent).member().id.text(); }) ==
             "sign_in_failed");
  add_resident(officer, "到着 一子");
  BOOST_TEST(seen(officer).find("note") != std::string::npos);
  const Session neighbour = there.sign_in(tsuchiura, "kanri", password);
  BOOST_TEST(seen(neighbour).find("到着") == std::string::npos);
  BOOST_TEST(is_intact(there));
  BOOST_TEST(there.check().sound);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(nothing_of_the_other_comes_along, T, There) {
  Moving<T> store;
  store.do_everything();
  store.move();
  const session::StoreFolder here = folder_of(store.city.store());
  store.city.close();
  const session::StoreFolder there = folder_of(store.there.open());
  const std::string left = everything_in(here, secret);
  const std::string came = everything_in(there, other_secret);
  for (const char* canary : {"残留 秘子", "残留 秘子の覚え", "日立市", hitachi}) {
    BOOST_TEST(left.find(canary) != std::string::npos, canary);
    BOOST_TEST(came.find(canary) == std::string::npos, canary);
  }
  BOOST_TEST(came.find("移住 花子の覚え") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(of_each_table_somebody_decided_whose_it_is) {
  std::string stores_own;
  for (const storage::ModelTable& table : storage::model_of(session::migrations())) {
    const auto& made = domain::tables_of_people;
    if (table.name == domain::table_of_stamps) continue;
    if (table.name == domain::table_of_pairs || std::ranges::find(made, table.name) != made.end()) {
      BOOST_TEST(table.place("person") < table.columns.size());
    } else if (domain::part_of_municipality(table).empty()) {
      stores_own += table.name + ' ';
    }
  }
  BOOST_TEST(stores_own ==
             "login_session journal_tail sign_in_failure witnessed_head earlier_tail_key backup "
             "witnessed_removal municipality_move ");
  BOOST_TEST(error_of([] {
               return domain::part_of_municipality(
                   {"unheard_of", {{"pk", storage::Holds::number}}, {0}, false});
             }) == "internal");
}

BOOST_AUTO_TEST_CASE(hardly_a_table_was_left_out_of_the_test) {
  Moving<Place> store;
  store.do_everything();
  store.move();
  std::string empty;
  for (const TableComparison& table : store.compare().tables) {
    if (table.same == 0) empty += table.table + ' ';
  }
  BOOST_TEST(empty == "");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(its_members_wait_and_nobody_else_does, T, There) {
  Moving<T> store;
  MoveOptions options = store.options();
  const Session member = store.city.sign_in();
  const Session neighbour = store.elsewhere();
  Store there = store.there.open();
  std::set<std::string> told;
  std::set<std::string> told_there;
  bool goes_on = true;
  options.progress = [&](std::int64_t, std::int64_t, std::int64_t) {
    told.insert(field_of([&] { return member.evacuees().list().items.size(); }));
    told_there.insert(field_of([&] { return there.sign_in(joso, "kanri", password).token(); }));
    goes_on = goes_on && neighbour.evacuees().list().items.size() == 1;
    BOOST_TEST(there.municipalities().size() == 1U);
    return true;
  };
  store.move(options);
  BOOST_TEST(told == (std::set<std::string>{"none", "moving", "moved"}),
             boost::test_tools::per_element());
  BOOST_TEST(told_there == (std::set<std::string>{"moving"}), boost::test_tools::per_element());
  BOOST_TEST(goes_on);
  BOOST_TEST(there.sign_in(joso, "kanri", password).evacuees().list().items.empty());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(what_changes_meanwhile_comes_too, T, There) {
  Moving<T> store;
  add_resident(store.city.sign_in(), "先客 一子");
  const Session officer = store.city.sign_in();
  MoveOptions options = store.options();
  bool is_changed = false;
  options.progress = [&](std::int64_t, std::int64_t, std::int64_t) {
    if (std::exchange(is_changed, true)) return true;
    add_resident(officer, "途中 花子");
    const auto first = officer.evacuees().list().items.back();
    officer.people().erase(officer.evacuees().view(first.id).person, ErasureReason::request);
    return true;
  };
  store.move(options);
  const StoreComparison comparison = store.compare();
  BOOST_TEST(comparison.same, differences(comparison));
  Store there = store.there.open();
  BOOST_TEST(there.sign_in(joso, "kanri", password).evacuees().list().items.size() == 1U);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(who_is_erased_between_two_goes_leaves_no_key, T, There) {
  Moving<T> store;
  const Session officer = store.city.sign_in();
  add_resident(officer, "消去 一子");
  const Id<Person> person =
      officer.evacuees().view(officer.evacuees().list().items.front().id).person;
  MoveOptions options = store.options();
  options.progress = [&](std::int64_t, std::int64_t, std::int64_t) {
    return store.refusal() != "moving";
  };
  BOOST_TEST(error_of([&] { return store.move(options).rows; }) == "cancelled");
  officer.people().erase(person, ErasureReason::request);
  store.move();
  RawStore there(folder_of(store.there.open()), other_secret);
  storage::Transaction reader = there.database().read();
  BOOST_TEST(reader.query("SELECT count(*) FROM sealing_key WHERE owner = :person")
                 .bind("person", person)
                 .template optional<std::int64_t>()
                 .value_or(-1) == 0);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(goes_on_where_it_was_killed, T, There) {
  Moving<T> store;
  add_resident(store.city.sign_in(), "移住 花子");
  store.city.close();
  int calls = 0;
  // At every table once: before, while and after the members wait.
  for (int at = 1;; at += 7, ++calls) {
    const pid_t child = ::fork();
    if (child == 0) {
      int told = 0;
      MoveOptions options = store.options();
      options.progress = [&](std::int64_t, std::int64_t, std::int64_t) {
        if (++told == at) ::raise(SIGKILL);
        return true;
      };
      ::_exit(error_of([&] { return store.move(options).rows; }) == "none" ? 0 : 1);
    }
    int status = 0;
    BOOST_REQUIRE(::waitpid(child, &status, 0) == child);
    if (WIFEXITED(status)) {
      BOOST_TEST(WEXITSTATUS(status) == 0);
      break;
    }
    store.city.reopen();
    store.city.move_clock(std::chrono::minutes(2));
    Store there = store.there.open();
    const bool here = store.refusal() == "none";
    const bool arrived =
        error_of([&] { return there.sign_in(joso, "kanri", password).token(); }) == "none";
    BOOST_TEST(!arrived);
    if (!here) BOOST_TEST(store.refusal() == "moved");
    store.city.close();
  }
  BOOST_TEST(calls > 5);
  const StoreComparison comparison = store.compare();
  BOOST_TEST(comparison.same, differences(comparison));
  Store there = store.there.open();
  BOOST_TEST(is_intact(there));
  BOOST_TEST(seen(there.sign_in(joso, "kanri", password)).find("移住 花子") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(whoever_cancels_lets_the_members_go_on_at_once) {
  Moving<Place> store;
  MoveOptions options = store.options();
  options.progress = [&](std::int64_t, std::int64_t, std::int64_t) {
    return store.refusal() != "moving";
  };
  BOOST_TEST(error_of([&] { return store.move(options).rows; }) == "cancelled");
  BOOST_TEST(store.refusal() == "none");
  BOOST_TEST(is_intact(store.city.store()));
}

BOOST_AUTO_TEST_CASE(after_a_minute_of_silence_the_members_go_on_and_nothing_is_lost) {
  Moving<Place> store;
  MoveOptions options = store.options();
  bool is_late = false;
  options.progress = [&](std::int64_t, std::int64_t, std::int64_t) {
    if (is_late || store.refusal() != "moving") return true;
    is_late = true;
    store.city.move_clock(std::chrono::minutes(2));
    add_resident(store.city.sign_in(), "待った 人");
    return true;
  };
  BOOST_TEST(field_of([&] { return store.move(options).rows; }) == "moving");
  BOOST_TEST(is_late);
  BOOST_TEST(store.refusal() == "none");
  store.move();
  Store there = store.there.open();
  BOOST_TEST(seen(there.sign_in(joso, "kanri", password)).find("待った 人") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(while_it_is_on_its_way_the_journals_prove) {
  Moving<Place> store;
  add_resident(store.city.sign_in(), "移住 花子");
  MoveOptions options = store.options();
  for (int last = 1; last < 100; last += 10) {
    int told = 0;
    options.progress = [&](std::int64_t, std::int64_t, std::int64_t) { return ++told < last; };
    if (error_of([&] { return store.move(options).rows; }) != "cancelled") return;
    Store there = store.there.open();
    BOOST_TEST(is_intact(there));
    BOOST_TEST(is_intact(store.city.store()));
  }
}

/// Somebody carries it while its members are answered so.
struct Overtaken : Moving<Place> {
  explicit Overtaken(const std::string& when) {
    MoveOptions first = options();
    // All of it is there, so that the first writes nothing that could be refused it.
    first.progress = [&](std::int64_t, std::int64_t, std::int64_t) {
      return refusal() != "moving";
    };
    BOOST_TEST(error_of([&] { return move(first).rows; }) == "cancelled");
    bool is_overtaken = false;
    first.progress = [&](std::int64_t, std::int64_t, std::int64_t) {
      if (is_overtaken || refusal() != when) return true;
      is_overtaken = true;
      move();
      return true;
    };
    BOOST_TEST(error_of([&] { return move(first).rows; }) == "busy");
    BOOST_TEST(is_overtaken);
    BOOST_TEST(refusal() == "moved");
    Store opened = there.open();
    BOOST_TEST(is_intact(opened));
  }
};

BOOST_AUTO_TEST_CASE(of_two_that_carry_it_the_later_one_does) {
  const Overtaken before("none");
  BOOST_TEST(before.compare().same, differences(before.compare()));
  const Overtaken late("moving");
  BOOST_TEST(late.compare().same, differences(late.compare()));
}

BOOST_AUTO_TEST_CASE(what_can_not_be_is_refused) {
  Moving<Place> store;
  const auto refused = [&](const char* code) {
    return error_of([&] { return store.move(store.options(), code).rows; }) + ' ' +
           field_of([&] { return store.move(store.options(), code).rows; });
  };
  BOOST_TEST(refused("082113") == "invalid municipality");
  BOOST_TEST(refused("") == "invalid municipality");
  BOOST_TEST(refused("082040") == "not_found municipality");
  MoveOptions same = store.options();
  same.other = same.options;
  BOOST_TEST(error_of([&] {
               return copy_municipality(store.city.address(), secret, store.city.address(), secret,
                                        joso, same)
                   .rows;
             }) == "invalid_argument");
  BOOST_TEST(error_of([&] {
               return copy_municipality(store.city.address(), secret, store.there.address, secret,
                                        joso, store.options())
                   .rows;
             }) == "wrong_passphrase");
  {
    Store there = store.there.open();
    there.add_municipality(municipality(joso, "同じ市"));
  }
  BOOST_TEST(refused(joso) == "exists municipality");
  BOOST_TEST(store.refusal() == "none");
  // Once it is moved, nothing of it goes anywhere from here.
  store.move(store.options(), hitachi);
  BOOST_TEST(refused(hitachi) == "exists municipality");
  Place third;
  third.make(store.city.options());
  MoveOptions options = store.options();
  options.other = third.options;
  BOOST_TEST(error_of([&] {
               return copy_municipality(store.city.address(), secret, third.address, other_secret,
                                        hitachi, options)
                   .rows;
             }) == "conflict");
}

BOOST_AUTO_TEST_CASE(a_store_that_is_lost_gives_it_back) {
  Moving<Place> store;
  add_resident(store.city.sign_in(), "移住 花子");
  const Session before = store.city.sign_in();
  const auto back = [&](const char* code) {
    return error_of([&] {
      take_back_municipality(store.city.store(), code);
      return 0;
    });
  };
  BOOST_TEST(back(joso) == "conflict");
  BOOST_TEST(back(tsuchiura) == "not_found");
  store.move();
  BOOST_TEST(store.refusal() == "moved");
  BOOST_TEST(back(joso) == "none");
  BOOST_TEST(back(joso) == "conflict");

  BOOST_TEST(error_of([&] { return before.evacuees().list().items; }) == "session_ended");
  const Session officer = store.city.sign_in();
  BOOST_TEST(seen(officer).find("移住 花子の覚え") != std::string::npos);
  JournalFilter filter;
  filter.action = "store_copy";
  const auto told = officer.journal().list(filter).items;
  BOOST_TEST(told.at(0).detail.starts_with("taken back from store "));
  BOOST_TEST(told.at(1).detail.starts_with("moved to store "));
  BOOST_TEST(store.city.store().check().sound);

  // Where it was not lost after all, nothing of the one comes over the other.
  BOOST_TEST(error_of([&] { return store.move().rows; }) == "exists");
  Place third;
  third.make(store.city.options());
  MoveOptions options = store.options();
  options.other = third.options;
  copy_municipality(store.city.address(), secret, third.address, other_secret, joso, options);
  BOOST_TEST(third.open().check().sound);
}

BOOST_AUTO_TEST_CASE(one_that_is_half_gone_is_taken_back_and_can_go_again) {
  Moving<Place> store;
  add_resident(store.city.sign_in(), "移住 花子");
  MoveOptions options = store.options();
  options.progress = [&](std::int64_t, std::int64_t, std::int64_t) {
    return store.refusal() != "moved";
  };
  BOOST_TEST(error_of([&] { return store.move(options).rows; }) == "cancelled");
  BOOST_TEST(store.refusal() == "moved");
  take_back_municipality(store.city.store(), joso);
  add_resident(store.city.sign_in(), "戻った 花子");
  store.move();
  Store there = store.there.open();
  const Session officer = there.sign_in(joso, "kanri", password);
  BOOST_TEST(seen(officer).find("戻った 花子の覚え") != std::string::npos);
  BOOST_TEST(there.check().sound);
}

BOOST_AUTO_TEST_CASE(a_journal_that_does_not_prove_goes_nowhere,
                     *on_a_folder("an entry is altered past the library")) {
  Moving<Place> store;
  store.city.close();
  RawStore(store.city.found())
      .run(
          "UPDATE journal SET hash = zeroblob(32) WHERE pk = "
          "(SELECT max(pk) FROM journal)");
  const auto move = [&] { return store.move().rows; };
  BOOST_TEST(error_of(move) == "damaged");
  BOOST_TEST(field_of(move) == "journal");
}

BOOST_AUTO_TEST_CASE(what_was_taken_is_held_to_where_it_ended,
                     *on_a_folder("an entry is altered past the library")) {
  Moving<Place> store;
  add_resident(store.city.sign_in(), "移住 花子");
  store.move();
  RawStore raw(folder_of(store.there.open()), other_secret);
  // The end of the chain that came, with its head: nobody but this store's own chain knows better.
  raw.run(
      "DELETE FROM journal_subject WHERE entry > (SELECT pk + 2 FROM journal_chain "
      "WHERE municipality = '082112')");
  raw.run(
      "DELETE FROM journal WHERE pk > (SELECT pk + 2 FROM journal_chain "
      "WHERE municipality = '082112')"
      " AND pk < 8211 * 70368744177664 + 70368744177664 AND pk > 8211 * 70368744177664");
  raw.run(
      "UPDATE journal_chain SET sequence = 2, hash = (SELECT hash FROM journal j WHERE j.pk = "
      "journal_chain.pk + 2) WHERE municipality = '082112'");
  Store there = store.there.open();
  const JournalReport report = there.verify_journal();
  BOOST_TEST((report.state == JournalState::forged));
  BOOST_TEST(report.municipality == joso);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(it_can_come_back, T, There) {
  Moving<T> store;
  add_resident(store.city.sign_in(), "移住 花子");
  const std::string token = store.city.sign_in().token();
  store.move();
  {
    Store there = store.there.open();
    add_resident(there.sign_in(joso, "kanri", password), "到着 一子");
  }
  MoveOptions options;
  options.options = store.there.options;
  options.other = store.city.options();
  const auto back = [&] {
    return copy_municipality(store.there.address, other_secret, store.city.address(), secret, joso,
                             options);
  };
  BOOST_TEST((back().journal.state == JournalState::intact));
  BOOST_TEST(error_of([&] { return store.city.store().resume(token).token(); }) == "session_ended");
  const std::string now = seen(store.city.sign_in());
  BOOST_TEST(now.find("到着 一子") != std::string::npos);
  BOOST_TEST(now.find("移住 花子") != std::string::npos);
  Store there = store.there.open();
  BOOST_TEST(field_of([&] { return there.sign_in(joso, "kanri", password).token(); }) == "moved");
  BOOST_TEST(is_intact(there));
  BOOST_TEST(error_of([&] { return back().rows; }) == "exists");
  // And there again.
  BOOST_TEST((store.move().journal.state == JournalState::intact));
  BOOST_TEST(is_intact(store.city.store()));
}

BOOST_AUTO_TEST_CASE(the_copy_of_a_store_that_took_one_proves_too) {
  Moving<Place> store;
  store.move();
  const TemporaryFolder folder;
  const std::string copy = (folder.path() / "copy.renraku").string();
  CopyOptions options;
  options.options = store.there.options;
  copy_store(store.there.address, other_secret, copy, options);
  Store opened = open_store(copy, other_secret, store.there.options, City::cheap());
  BOOST_TEST(is_intact(opened));
}

BOOST_AUTO_TEST_CASE(one_witness_of_both_stores_is_content) {
  Moving<Place> store;
  add_resident(store.city.sign_in(), "移住 花子");
  Notebook notebook;
  notebook.witness().record(store.city.store().journal_heads());
  store.move();
  Store there = store.there.open();
  for (Store* each : {&store.city.store(), &there}) {
    const JournalReport report = each->verify_journal(notebook.witness());
    BOOST_TEST((report.state == JournalState::intact));
    BOOST_TEST(report.witnessed);
    notebook.witness().record(each->journal_heads());
  }
  BOOST_TEST((there.verify_journal(notebook.witness()).state == JournalState::intact));
}

BOOST_AUTO_TEST_CASE(behind_a_directory_nothing_has_to_stop) {
  Moving<Elsewhere> store;
  for (const bool server : {false, true}) {
    // One key opens both.
    Store opened =
        server ? store.there.open()
               : open_store(store.city.address(), secret, store.city.options(), City::cheap());
    opened.add_host_key("地域", HostKey{{7}});
  }
  const auto file = store.archives.path() / "region.toml";
  const auto lead = [&](const std::string& address, const std::filesystem::path& home) {
    std::ofstream(file) << "[082023]\naddress = '" << store.city.address() << "'\nhome = '"
                        << store.city.options().home.string() << "'\n[082112]\naddress = '"
                        << address << "'\nhome = '" << home.string() << "'\n";
  };
  lead(store.city.address(), store.city.options().home);
  Region region = Region::open(file, HostKey{{7}}, store.city.options());
  const Session neighbour = region.store(hitachi).sign_in(hitachi, "kanri", password);
  const auto work = [&] { return region.store(joso).sign_in(joso, "kanri", password).token(); };
  BOOST_TEST(field_of(work) == "none");
  store.move();
  BOOST_TEST(field_of(work) == "moved");
  lead(store.there.address, store.there.options.home);
  region.reload();
  BOOST_TEST(field_of(work) == "none");
  BOOST_TEST(neighbour.evacuees().list().items.size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
