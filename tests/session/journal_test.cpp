#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <set>
#include <thread>

#include "access/journal/entry.hpp"
#include "fixture/city.hpp"
#include "fixture/expect.hpp"
#include "fixture/raw_store.hpp"
#include "fixture/sanitizers.hpp"

using namespace renraku;
using namespace renraku::fixture;

namespace {

Evacuee add(Session& officer, const std::string& name) {
  Evacuee entry;
  entry.note = name;
  return officer.evacuees().add(resident(name, "カクウ"), entry);
}

std::string changes_of(const JournalEntry& entry, const std::string& field) {
  for (const FieldChange& change : entry.changes) {
    if (change.field == field) return change.before + " -> " + change.after;
  }
  return {};
}

JournalEntry newest(Session& officer, const std::string& action) {
  JournalFilter filter;
  filter.action = action;
  const auto items = officer.journal().list(filter).items;
  return items.empty() ? JournalEntry{} : items.front();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(journal)

BOOST_AUTO_TEST_CASE(a_page_names_every_person_it_showed) {
  City city;
  Session officer = city.sign_in();
  std::set<Uuid> people;
  for (int i = 0; i < 60; ++i) people.insert(add(officer, std::to_string(i)).person);
  std::set<Uuid> shown;
  for (const auto& line : officer.evacuees().list().items) shown.insert(line.person);
  BOOST_TEST(shown.size() == 50u);
  const JournalEntry entry = newest(officer, "evacuee_list");
  BOOST_TEST((std::set<Uuid>(entry.subjects.begin(), entry.subjects.end()) == shown));
  BOOST_TEST((entry.member == officer.member().id));
  BOOST_TEST(entry.capacity == "roster_officer");
  BOOST_TEST(entry.authentication == "password");
  BOOST_TEST((entry.time >= city.now()));
}

BOOST_AUTO_TEST_CASE(every_call_leaves_an_entry) {
  City city;
  Session officer = city.sign_in();
  const Evacuee added = add(officer, "架空");
  const auto leaves = [&](const std::string& action, auto&& work) {
    const std::int64_t before = newest(officer, action).sequence;
    work();
    const JournalEntry entry = newest(officer, action);
    BOOST_TEST(entry.sequence > before, action);
    return entry;
  };
  leaves("municipality_view", [&] { static_cast<void>(officer.municipalities().view()); });
  leaves("municipality_change", [&] {
    static_cast<void>(officer.municipalities().change(officer.municipalities().view()));
  });
  leaves("member_list", [&] { static_cast<void>(officer.members().list()); });
  leaves("person_view", [&] { static_cast<void>(officer.people().view(added.person)); });
  leaves("person_find", [&] {
    PersonFilter filter;
    filter.name = "架空";
    static_cast<void>(officer.people().find(filter));
  });
  leaves("person_change", [&] { officer.people().change(officer.people().view(added.person)); });
  leaves("protection_set", [&] {
    officer.people().protect(added.person, officer.people().view(added.person).revision,
                             std::nullopt);
  });
  leaves("evacuee_view", [&] { static_cast<void>(officer.evacuees().view(added.id)); });
  leaves("evacuee_change", [&] { officer.evacuees().change(officer.evacuees().view(added.id)); });
  leaves("history_view", [&] { static_cast<void>(officer.journal().history(added.person)); });
  leaves("journal_verify", [&] { static_cast<void>(officer.journal().verify()); });
  leaves("password_change",
         [&] { officer.change_password(password, std::string(password) + "2"); });
}

BOOST_AUTO_TEST_CASE(a_refusal_is_an_entry_that_names_whom_it_was_about) {
  City city;
  Session officer = city.sign_in();
  const Evacuee added = add(officer, "架空");
  Session nurse = city.member("kango", Role::professional);
  BOOST_TEST(error_of([&] { return nurse.people().view(added.person).name; }) == "not_permitted");
  const JournalEntry entry = newest(officer, "person_view");
  BOOST_TEST((entry.outcome == Outcome::refused));
  BOOST_TEST((entry.member == nurse.member().id));
  BOOST_TEST((entry.subjects == std::vector<Uuid>{added.person}));
}

BOOST_AUTO_TEST_CASE(the_history_shows_each_field_before_and_after) {
  City city;
  Session officer = city.sign_in();
  const Evacuee added = add(officer, "前");
  Person person = officer.people().view(added.person);
  person.name = "後";
  officer.people().change(person);
  Evacuee entry = officer.evacuees().view(added.id);
  entry.label = Label::red;
  officer.evacuees().change(entry);

  const auto history = officer.journal().history(added.person).items;
  BOOST_REQUIRE_EQUAL(history.size(), 3u);
  BOOST_TEST(history[0].action == "evacuee_add");
  BOOST_TEST(changes_of(history[0], "name") == "null -> \"前\"");
  BOOST_TEST(changes_of(history[0], "note") == "null -> \"前\"");
  BOOST_TEST(history[1].changes.size() == 1u);
  BOOST_TEST(changes_of(history[1], "name") == "\"前\" -> \"後\"");
  BOOST_TEST(history[1].changes[0].parent_revision == 1);
  BOOST_TEST(history[2].changes.size() == 1u);
  BOOST_TEST(changes_of(history[2], "label") == "\"none\" -> \"red\"");
  BOOST_TEST(history[2].changes[0].record_kind == "evacuee");
}

BOOST_AUTO_TEST_CASE(changes_are_found_behind_any_number_of_views) {
  City city;
  Session officer = city.sign_in();
  const Evacuee added = add(officer, "前");
  for (int i = 0; i < 120; ++i) static_cast<void>(officer.people().view(added.person));
  city.store().flush();
  Person person = officer.people().view(added.person);
  person.name = "後";
  officer.people().change(person);
  const auto page = officer.journal().history(added.person);
  BOOST_TEST(page.items.size() == 2u);
  BOOST_TEST(page.next.empty());
  JournalFilter changes;
  changes.action = "person_change";
  changes.subject = added.person;
  BOOST_TEST(officer.journal().list(changes).items.size() == 1u);
}

BOOST_AUTO_TEST_CASE(everybody_sees_who_looked_at_the_own_account_and_nothing_else_of_it) {
  City city;
  Session administrator = city.sign_in();
  Session nurse = city.member("kango", Role::professional);
  static_cast<void>(administrator.members().list());
  const auto items = nurse.journal().lookers(nurse.member().id).items;
  const auto seen = std::ranges::find(items, "member_list", &JournalEntry::action);
  BOOST_TEST_REQUIRE((seen != items.end()));
  BOOST_TEST((seen->member == administrator.member().id));
  BOOST_TEST(seen->subjects.size() == 1u);
  BOOST_TEST(error_of([&] { return nurse.journal().lookers(administrator.member().id).next; }) ==
             "not_permitted");
}

BOOST_AUTO_TEST_CASE(pages_of_the_journal_show_each_entry_once_newest_first) {
  City city;
  Session officer = city.sign_in();
  for (int i = 0; i < 30; ++i) add(officer, std::to_string(i));
  std::int64_t before = -1;
  PageRequest request;
  request.size = 7;
  do {
    const auto page = officer.journal().list({}, request);
    for (const JournalEntry& entry : page.items) {
      if (before > 0) BOOST_TEST(entry.sequence == before - 1);
      before = entry.sequence;
    }
    request.after = page.next;
  } while (!request.after.empty());
  BOOST_TEST(before == 1);
}

BOOST_AUTO_TEST_CASE(times_never_run_back_though_the_clock_does) {
  City city;
  Session officer = city.sign_in();
  add(officer, "一");
  city.move_clock(std::chrono::minutes(-10));
  add(officer, "二");
  const auto items = officer.journal().list().items;
  for (std::size_t i = 1; i < items.size(); ++i)
    BOOST_TEST((items[i].recorded < items[i - 1].recorded));
}

BOOST_AUTO_TEST_CASE(the_chain_holds_after_acts_from_several_threads) {
  City city;
  Session officer = city.sign_in();
  std::vector<Session> sessions;
  for (int i = 0; i < 6; ++i) sessions.push_back(city.sign_in());
  {
    std::vector<std::jthread> threads;
    for (Session& session : sessions) {
      threads.emplace_back([&session] {
        for (int i = 0; i < 15; ++i) {
          const Evacuee added = add(session, "架空");
          static_cast<void>(session.evacuees().list());
          Person person = session.people().view(added.person);
          person.name = "変更";
          session.people().change(person);
        }
      });
    }
  }
  const JournalReport report = officer.journal().verify();
  BOOST_TEST((report.state == JournalState::intact));
  BOOST_TEST(report.entries >= 6 * 15 * 4);
  BOOST_TEST(city.store().check().sound);
  BOOST_TEST(officer.evacuees().list().items.size() == 50u);
}

BOOST_AUTO_TEST_CASE(the_chain_holds_after_acts_from_two_processes) {
  if (!children_may_start_threads) return;
  City city;
  static_cast<void>(city.sign_in());
  const auto work = [](Store& store) {
    Session officer = store.sign_in(joso, "kanri", password);
    for (int i = 0; i < 25; ++i) {
      add(officer, "架空");
      static_cast<void>(officer.evacuees().list());
    }
  };
  const pid_t child = ::fork();
  if (child == 0) {
    int result = 1;
    try {
      Store store =
          open_store(city.address(), Passphrase{passphrase}, city.options(), City::cheap());
      work(store);
      result = 0;
    } catch (...) {
    }
    _exit(result);
  }
  work(city.store());
  int status = 0;
  ::waitpid(child, &status, 0);
  BOOST_TEST(status == 0);
  BOOST_TEST((city.store().verify_journal().state == JournalState::intact));
  JournalFilter adds;
  adds.action = "evacuee_add";
  PageRequest request;
  request.size = 200;
  BOOST_TEST(city.sign_in().journal().list(adds, request).items.size() == 50u);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(sealed_changes)

BOOST_AUTO_TEST_CASE(a_stored_entry_holds_no_plain_word_of_a_change) {
  City city;
  Session officer = city.sign_in();
  add(officer, "鳥居坂　百合子");
  city.close();
  RawStore raw(city.found());
  const std::string word = "鳥居坂";
  for (const auto& body : raw.ask<crypto::Bytes>("SELECT body, pk FROM journal")) {
    BOOST_TEST((std::search(body.begin(), body.end(), word.begin(), word.end()) == body.end()));
  }
}

BOOST_AUTO_TEST_CASE(without_the_persons_key_the_history_is_empty_and_the_chain_still_holds) {
  City city;
  Session officer = city.sign_in();
  const Evacuee one = add(officer, "一");
  const Evacuee two = add(officer, "二");
  const std::string token = officer.token();
  city.close();
  {
    RawStore raw(city.found());
    storage::Transaction transaction = raw.database().write();
    BOOST_TEST(transaction.query("DELETE FROM sealing_key WHERE owner = :owner")
                   .bind("owner", one.person)
                   .changed() == 1);
    transaction.commit();
  }
  city.reopen();
  officer = city.store().resume(token);
  const auto erased = officer.journal().history(one.person).items;
  BOOST_REQUIRE_EQUAL(erased.size(), 1u);
  BOOST_TEST(erased[0].changes.empty());
  BOOST_TEST(!officer.journal().history(two.person).items.at(0).changes.empty());
  BOOST_TEST((officer.journal().verify().state == JournalState::intact));
}

BOOST_AUTO_TEST_SUITE_END()

namespace {

/// A store whose journal somebody with the key has tampered with, and what verify says of it.
struct Tampered {
  City city;
  std::int64_t length = 0;

  Tampered() {
    Session officer = city.sign_in();
    for (int i = 0; i < 4; ++i) add(officer, std::to_string(i));
    static_cast<void>(officer.evacuees().list());
    city.store().flush();
    city.close();
    RawStore raw(city.found());
    length = raw.number("SELECT sequence FROM journal_chain WHERE municipality = '082112'");
    first = raw.number("SELECT pk FROM journal_chain WHERE municipality = '082112'");
  }
  /// Runs the statement, in which ENTRY3 is the third entry's key, LAST the last one's.
  std::string after(const std::string& statement) {
    std::string sql = statement;
    const auto put = [&](const std::string& word, std::int64_t pk) {
      for (std::size_t at = 0; (at = sql.find(word)) != std::string::npos;) {
        sql.replace(at, word.size(), std::to_string(pk));
      }
    };
    for (int i = 1; i <= 5; ++i) put("ENTRY" + std::to_string(i), first + i);
    put("LAST", first + length);
    put("HEAD", first);
    RawStore(city.found()).run(sql);
    city.reopen();
    const JournalReport report = city.store().verify_journal();
    const bool sound = city.store().check().sound;
    BOOST_TEST(sound == (report.state == JournalState::intact));
    return std::string(enum_name(report.state)) + " " + std::to_string(report.sequence) +
           (report.sequence > 0 ? " " + report.municipality : "");
  }
  std::int64_t first = 0;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(tampering)

BOOST_AUTO_TEST_CASE(an_untouched_journal_is_intact) {
  BOOST_TEST(Tampered().after("UPDATE journal SET pk = pk WHERE pk = 0") == "intact 0");
}

BOOST_AUTO_TEST_CASE(an_altered_body_or_hash_is_named) {
  BOOST_TEST(Tampered().after("UPDATE journal SET body = body || 'x' WHERE pk = ENTRY3") ==
             "altered 3 082112");
  BOOST_TEST(Tampered().after("UPDATE journal SET hash = zeroblob(32) WHERE pk = ENTRY3") ==
             "altered 3 082112");
  BOOST_TEST(
      Tampered().after("UPDATE journal SET body = (SELECT body FROM journal WHERE pk = ENTRY2) "
                       "WHERE pk = ENTRY3") == "altered 3 082112");
  BOOST_TEST(Tampered().after("UPDATE journal SET body = substr(body, 1, 61) WHERE pk = ENTRY1") ==
             "altered 1 082112");
}

BOOST_AUTO_TEST_CASE(a_removed_entry_is_named) {
  BOOST_TEST(Tampered().after("DELETE FROM journal WHERE pk = ENTRY3") == "missing 3 082112");
  BOOST_TEST(Tampered().after("DELETE FROM journal WHERE pk = ENTRY1") == "missing 1 082112");
}

BOOST_AUTO_TEST_CASE(a_cut_end_is_named) {
  Tampered tampered;
  const std::int64_t last = tampered.length;
  BOOST_TEST(tampered.after("DELETE FROM journal WHERE pk = LAST") ==
             "shortened " + std::to_string(last) + " 082112");
  BOOST_TEST(Tampered().after("DELETE FROM journal WHERE pk > HEAD") == "shortened 1 082112");
}

BOOST_AUTO_TEST_CASE(swapped_entries_are_named) {
  // Both rows at once, bodies with hashes.
  BOOST_TEST(
      Tampered().after(
          "INSERT INTO journal (pk, body, hash) SELECT CASE a.pk WHEN ENTRY3 THEN ENTRY4 ELSE "
          "ENTRY3 END, a.body, a.hash FROM journal a WHERE a.pk IN (ENTRY3, ENTRY4) "
          "ON CONFLICT (pk) DO UPDATE SET body = excluded.body, hash = excluded.hash") ==
      "altered 3 082112");
}

BOOST_AUTO_TEST_CASE(an_added_entry_is_named) {
  Tampered tampered;
  const std::int64_t added = tampered.length + 1;
  BOOST_TEST(tampered.after("INSERT INTO journal (pk, body, hash) SELECT LAST + 1, body, hash FROM "
                            "journal WHERE pk = LAST") ==
             "altered " + std::to_string(added) + " 082112");
  // Outside of every chain.
  BOOST_TEST(Tampered()
                 .after("INSERT INTO journal (pk, body, hash) SELECT 500, body, hash FROM journal "
                        "WHERE pk = LAST")
                 .starts_with("forged"));
}

BOOST_AUTO_TEST_CASE(a_well_chained_entry_behind_the_signed_head_is_forged) {
  Tampered tampered;
  {
    RawStore raw(tampered.city.found());
    storage::Transaction transaction = raw.database().write();
    storage::Query query = transaction.query("SELECT body, hash, pk FROM journal WHERE pk = :pk");
    query.bind("pk", tampered.first + tampered.length);
    BOOST_REQUIRE(query.next());
    access::Entry entry = access::read_canonical(query.read<crypto::Bytes>("body"));
    const auto hash = query.read<crypto::Bytes>("hash");
    crypto::Digest before{};
    std::copy(hash.begin(), hash.end(), before.begin());
    entry.sequence += 1;
    entry.subjects.clear();
    crypto::Packer body;
    access::write_canonical(body, entry);
    transaction.query("INSERT INTO journal (pk, body, hash) VALUES (:pk, :body, :hash)")
        .bind("pk", tampered.first + tampered.length + 1)
        .bind("body", body.bytes())
        .bind("hash", crypto::ByteView(access::chain_hash(before, body.bytes())))
        .run();
    transaction.commit();
  }
  BOOST_TEST(tampered.after("UPDATE journal SET pk = pk WHERE pk = 0") ==
             "forged " + std::to_string(tampered.length + 1) + " 082112");
}

BOOST_AUTO_TEST_CASE(a_head_that_was_not_signed_here_is_forged) {
  for (const char* statement : {"UPDATE journal_chain SET signature = zeroblob(64) WHERE pk = HEAD",
                                "UPDATE journal_chain SET signature = zeroblob(3) WHERE pk = HEAD",
                                "UPDATE journal_chain SET signer = zeroblob(32) WHERE pk = HEAD",
                                "UPDATE journal_chain SET signer = zeroblob(0) WHERE pk = HEAD",
                                "UPDATE journal_chain SET hash = zeroblob(32) WHERE pk = HEAD",
                                "DELETE FROM journal_chain WHERE pk = HEAD"}) {
    BOOST_TEST_CONTEXT(statement) {
      BOOST_TEST(Tampered().after(statement).starts_with("forged"));
    }
  }
  // The end cut together with its head, by one who can't sign.
  Tampered tampered;
  const std::int64_t last = tampered.length;
  {
    RawStore raw(tampered.city.found());
    raw.run("DELETE FROM journal WHERE pk = " + std::to_string(tampered.first + last));
    raw.run("DELETE FROM journal_subject WHERE entry = " + std::to_string(tampered.first + last));
  }
  BOOST_TEST(
      tampered
          .after("UPDATE journal_chain SET sequence = sequence - 1, hash = (SELECT hash FROM "
                 "journal WHERE pk = LAST - 1) WHERE pk = HEAD")
          .starts_with("forged"));
}

BOOST_AUTO_TEST_CASE(who_has_looked_can_not_be_hidden_or_made_up) {
  Tampered tampered;
  const std::int64_t last = tampered.length;
  BOOST_TEST(tampered.after("DELETE FROM journal_subject WHERE entry = LAST") ==
             "altered " + std::to_string(last) + " 082112");
  BOOST_TEST(Tampered().after(
                 "INSERT INTO journal_subject (subject, entry) VALUES (zeroblob(16), ENTRY3)") ==
             "altered 3 082112");
  BOOST_TEST(Tampered()
                 .after("UPDATE journal_subject SET subject = zeroblob(16) WHERE entry = ENTRY5")
                 .starts_with("altered 5"));
}

// In a folder nothing but the page itself asks whose an entry is; on a server its seal does too.
BOOST_AUTO_TEST_CASE(no_page_shows_an_entry_of_another_municipality) {
  City city;
  city.store().add_municipality(municipality("082121", "常陸太田市", "管理 次郎"));
  for (const char* code : {"082121", joso}) {
    Session officer = city.store().sign_in(code, "kanri", password);
    add(officer, code);
  }
  Session officer = city.sign_in();
  BOOST_TEST(error_of([&] { return officer.journal().list().items.size(); }) == "none");
  city.store().flush();
  RawStore raw(city.found());
  const auto newest_of = [&](const char* code) {
    return "(SELECT pk + sequence FROM journal_chain WHERE municipality = '" + std::string(code) +
           "')";
  };
  raw.run("UPDATE journal SET body = (SELECT o.body FROM journal o WHERE o.pk = " +
          newest_of("082121") + ") WHERE pk = " + newest_of(joso));
  BOOST_TEST(error_of([&] { return officer.journal().list().items.size(); }) == "damaged");
}

BOOST_AUTO_TEST_SUITE_END()
