// The journal against somebody who has the store's own keys: what a witness outside the store
// proves, and a signer apart from it.
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <future>
#include <mutex>

#include "crypto/base64.hpp"
#include "fixture/expect.hpp"
#include "fixture/thief.hpp"
#include "fixture/watched_city.hpp"

using namespace renraku;
using namespace renraku::fixture;
namespace fs = std::filesystem;

namespace {

std::string state_of(const JournalReport& report) {
  return std::string(enum_name(report.state)) + " " + std::to_string(report.sequence) + " " +
         report.municipality + (report.witnessed ? " witnessed" : " unwitnessed");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(witness)

BOOST_AUTO_TEST_CASE(ten_entries_dropped_with_their_head_are_seen_by_a_witness_alone) {
  Notebook notebook;
  WatchedCity city;
  city.work(12);
  city.store().flush();
  notebook.heads = city.store().journal_heads();
  city.close();
  Thief thief(city.found());
  thief.drop(10);
  const std::int64_t left = thief.chain().sequence;
  city.open();
  BOOST_TEST(state_of(city.store().verify_journal()) == "intact 0  unwitnessed");
  BOOST_TEST(state_of(city.store().verify_journal(notebook.witness())) ==
             "shortened " + std::to_string(left + 1) + " " + joso + " witnessed");
  // Work that goes on over it does not hide it.
  const std::int64_t witnessed = left + 10;
  city.work(15);
  BOOST_TEST(state_of(city.store().verify_journal(notebook.witness())) ==
             "forked " + std::to_string(witnessed) + " " + joso + " witnessed");
}

BOOST_AUTO_TEST_CASE(an_older_copy_of_the_folder_is_seen_by_a_witness_alone,
                     *on_a_folder("an older copy of the folder is put back")) {
  Notebook notebook;
  WatchedCity city;
  city.work(3);
  city.close();
  fs::copy(city.path(), city.file("copy"), fs::copy_options::recursive);
  city.open();
  city.work(5);
  city.store().flush();
  notebook.heads = city.store().journal_heads();
  city.close();
  fs::remove_all(city.path());
  fs::rename(city.file("copy"), city.path());
  city.open();
  BOOST_TEST(state_of(city.store().verify_journal()) == "intact 0  unwitnessed");
  const JournalReport report = city.store().verify_journal(notebook.witness());
  BOOST_TEST((report.state == JournalState::shortened || report.state == JournalState::forked));
  BOOST_TEST(report.witnessed);
  BOOST_TEST(report.sequence > 0);
}

BOOST_AUTO_TEST_CASE(a_chain_written_anew_with_the_stores_own_key_is_seen_by_a_witness_alone) {
  Notebook notebook;
  WatchedCity city;
  city.work(6);
  city.store().flush();
  notebook.heads = city.store().journal_heads();
  city.work(2);
  city.close();
  Thief(city.found()).rewrite(4);
  city.open();
  BOOST_TEST(state_of(city.store().verify_journal()) == "intact 0  unwitnessed");
  std::int64_t witnessed = 0;
  for (const SignedHead& head : notebook.heads) {
    if (head.municipality == joso) witnessed = head.sequence;
  }
  BOOST_TEST(state_of(city.store().verify_journal(notebook.witness())) ==
             "forked " + std::to_string(witnessed) + " " + joso + " witnessed");
}

BOOST_AUTO_TEST_CASE(a_chain_that_is_gone_altogether_is_seen) {
  Notebook notebook;
  WatchedCity city;
  city.work();
  city.store().flush();
  notebook.heads = city.store().journal_heads();
  city.close();
  {
    RawStore raw(city.found());
    const std::string first = std::to_string(Thief(city.found()).chain().pk);
    raw.run("DELETE FROM journal WHERE pk > " + first);
    raw.run("DELETE FROM journal_subject WHERE entry > " + first);
    raw.run("DELETE FROM journal_chain WHERE pk = " + first);
  }
  city.open();
  BOOST_TEST(state_of(city.store().verify_journal(notebook.witness())) ==
             std::string("shortened 1 ") + joso + " witnessed");
}

BOOST_AUTO_TEST_CASE(an_honest_store_is_intact_and_witnessed_whoever_else_the_witness_serves) {
  Notebook notebook;
  WatchedCity city;
  WatchedCity neighbour;
  city.work(3);
  neighbour.work(3);
  notebook.heads = neighbour.store().journal_heads();
  BOOST_TEST(state_of(city.store().verify_journal(notebook.witness())) == "intact 0  unwitnessed");
  const auto own = city.store().journal_heads();
  notebook.heads.insert(notebook.heads.end(), own.begin(), own.end());
  city.work(3);
  BOOST_TEST(state_of(city.store().verify_journal(notebook.witness())) == "intact 0  witnessed");
  BOOST_TEST(state_of(city.sign_in().journal().verify(notebook.witness())) ==
             "intact 0  witnessed");
}

BOOST_AUTO_TEST_CASE(heads_come_when_administrators_sign_in_hourly_and_at_the_end) {
  Notebook notebook;
  WatchedCity city;
  StoreOptions options = city.options();
  options.witness = notebook.witness();
  city.open(options);
  BOOST_TEST(notebook.calls == 0);
  Session officer = city.sign_in();
  BOOST_TEST(notebook.calls == 1);
  officer.evacuees().add(resident("架空", "カクウ"), {});
  BOOST_TEST(notebook.calls == 1);
  for (const int calls : {1, 1, 2}) {
    city.move_clock(std::chrono::minutes(20));
    static_cast<void>(officer.evacuees().list());
    BOOST_TEST(notebook.calls == calls);
    city.store().flush();
  }
  const std::size_t told = notebook.heads.size();
  officer.evacuees().add(resident("架空", "カクウ"), {});
  BOOST_TEST((city.store().verify_journal().state == JournalState::intact));
  officer = city.sign_in();
  BOOST_TEST(notebook.heads.size() > told);
  const int calls = notebook.calls;
  {
    Session gone = std::move(officer);
    city.close();
  }
  BOOST_TEST(notebook.calls == calls + 1);
  city.open(options);
  BOOST_TEST(city.store().check().journal.witnessed);
}

BOOST_AUTO_TEST_CASE(heads_come_hourly_though_nobody_calls_the_store) {
  WatchedCity city;
  StoreOptions options = city.options();
  // Two hours pass between any two looks at this clock.
  const auto now = std::make_shared<std::atomic<std::int64_t>>(options.clock().micros);
  options.clock = [now] { return Instant{*now += 7'200'000'000}; };
  const auto told = std::make_shared<std::promise<void>>();
  const auto once = std::make_shared<std::once_flag>();
  options.witness.record = [told, once](const std::vector<SignedHead>&) {
    std::call_once(*once, [&] { told->set_value(); });
  };
  city.open(options);
  BOOST_TEST((told->get_future().wait_for(std::chrono::minutes(1)) == std::future_status::ready));
}

BOOST_AUTO_TEST_CASE(a_witness_that_fails_holds_nothing_up_and_check_tells) {
  Notebook notebook;
  WatchedCity city;
  StoreOptions options = city.options();
  options.witness = notebook.witness();
  city.open(options);
  notebook.fails = true;
  Session officer = city.sign_in();
  officer.evacuees().add(resident("架空", "カクウ"), {});
  BOOST_TEST(city.log().find("the witness did not take") != std::string::npos);
  const CheckReport report = city.store().check();
  BOOST_TEST(!report.sound);
  BOOST_TEST(report.findings.at(0).part == "witness");
  notebook.fails = false;
  city.move_clock(std::chrono::minutes(2));
  static_cast<void>(officer.evacuees().list());
  BOOST_TEST(!notebook.heads.empty());
  BOOST_TEST(city.store().check().sound);
}

BOOST_AUTO_TEST_CASE(a_file_keeps_heads_and_forgets_a_line_that_a_crash_cut) {
  WatchedCity city;
  const Witness file = witness_in_file(city.file("witness"));
  BOOST_TEST(error_of([&] { return file.heads().size(); }) == "io");
  city.work();
  city.store().flush();
  file.record(city.store().journal_heads());
  const std::size_t before = file.heads().size();
  BOOST_TEST(before == city.store().journal_heads().size());
  std::ofstream(city.file("witness"), std::ios::app) << R"({"time":"2026-)";
  BOOST_TEST(file.heads().size() == before);
  city.work();
  file.record(city.store().journal_heads());
  BOOST_TEST(file.heads().size() == 2 * before);
  BOOST_TEST(state_of(city.store().verify_journal(file)) == "intact 0  witnessed");
  std::ofstream(city.file("witness"), std::ios::app) << "no head\n";
  BOOST_TEST(error_of([&] { return city.store().verify_journal(file).entries; }) == "damaged");
  BOOST_TEST(field_of([&] { return city.store().verify_journal(file).entries; }) == "witness");
}

BOOST_AUTO_TEST_CASE(a_head_that_was_altered_in_the_witness_accuses_nobody) {
  Notebook notebook;
  WatchedCity city;
  city.work();
  notebook.heads = city.store().journal_heads();
  notebook.heads.back().sequence += 5;
  BOOST_TEST(field_of([&] { return city.store().verify_journal(notebook.witness()).entries; }) ==
             "witness");
}

BOOST_AUTO_TEST_CASE(another_store_can_be_the_witness) {
  WatchedCity neighbour;
  WatchedCity city;
  StoreOptions options = city.options();
  options.witness = neighbour.store().as_witness();
  city.open(options);
  city.work(11);
  static_cast<void>(city.sign_in());
  city.close();
  Thief(city.found()).drop(10);
  city.open(options);
  const JournalReport report = city.store().verify_journal();
  BOOST_TEST(report.witnessed);
  BOOST_TEST((report.state == JournalState::shortened));
  BOOST_TEST(report.municipality == joso);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(journal_signer)

BOOST_AUTO_TEST_CASE(a_key_file_is_made_once_for_its_owner_alone) {
  TemporaryFolder folder;
  const fs::path file = folder.path() / "signer";
  const JournalSigner made = signer_in_file(file);
  BOOST_TEST((signer_in_file(file).public_key == made.public_key));
  BOOST_TEST((fs::status(file).permissions() == (fs::perms::owner_read | fs::perms::owner_write)));
  std::ofstream(file) << "something else\n";
  BOOST_TEST(field_of([&] { return signer_in_file(file).public_key.size(); }) == "journal_signer");
}

BOOST_AUTO_TEST_CASE(a_store_made_with_a_signer_opens_with_that_one_alone) {
  TemporaryFolder folder;
  const JournalSigner signer = signer_in_file(folder.path() / "signer");
  WatchedCity city(signer);
  city.work(2);
  BOOST_TEST(state_of(city.store().verify_journal()) == "intact 0  unwitnessed");
  const auto heads = city.store().journal_heads();
  for (const SignedHead& head : heads) {
    BOOST_TEST(head.signer == crypto::base64(signer.public_key));
    BOOST_TEST(access::is_signed(head));
  }
  city.close();
  BOOST_TEST(field_of([&] {
               city.open();
               return 0;
             }) == "journal_signer");
  StoreOptions options = city.options();
  options.journal_signer = signer_in_file(folder.path() / "other");
  BOOST_TEST(error_of([&] {
               city.open(options);
               return 0;
             }) == "invalid_argument");
  options.journal_signer = signer;
  city.open(options);
  city.work();
  BOOST_TEST(state_of(city.store().verify_journal()) == "intact 0  unwitnessed");
}

BOOST_AUTO_TEST_CASE(a_signer_takes_over_and_gives_back) {
  TemporaryFolder folder;
  const JournalSigner first = signer_in_file(folder.path() / "first");
  const JournalSigner second = signer_in_file(folder.path() / "second");
  WatchedCity city;
  city.work();
  Store other = open_store(city.address(), Passphrase{passphrase}, city.options(), City::cheap());
  city.store().change_journal_signer(first);
  city.work();
  // Who still has the old signer puts nothing behind what it does not vouch for.
  BOOST_TEST(error_of([&] { return other.sign_in(joso, "kanri", password).token(); }) == "damaged");
  city.store().change_journal_signer(second);
  city.work();
  BOOST_TEST(state_of(city.store().verify_journal()) == "intact 0  unwitnessed");
  city.store().change_journal_signer(std::nullopt);
  city.work();
  city.open();
  BOOST_TEST(state_of(city.store().verify_journal()) == "intact 0  unwitnessed");
}

BOOST_AUTO_TEST_CASE(one_that_does_not_sign_for_its_key_is_refused_and_the_old_one_stays) {
  WatchedCity city;
  JournalSigner wrong = city.store().journal_heads().empty() ? JournalSigner{} : JournalSigner{};
  wrong.sign = [](std::span<const std::uint8_t>) { return crypto::Signature{}; };
  BOOST_TEST(field_of([&] {
               city.store().change_journal_signer(wrong);
               return 0;
             }) == "journal_signer");
  city.work();
  BOOST_TEST(state_of(city.store().verify_journal()) == "intact 0  unwitnessed");
}

BOOST_AUTO_TEST_CASE(a_chain_signed_with_the_stores_own_key_after_another_is_forged) {
  TemporaryFolder folder;
  const JournalSigner signer = signer_in_file(folder.path() / "signer");
  StoreOptions options;
  for (const bool node_too : {false, true}) {
    WatchedCity city(signer);
    city.work(5);
    city.close();
    std::int64_t sequence = 0;
    {
      Thief thief(city.found());
      thief.rewrite(3);
      if (node_too) thief.sign_node_chain();
      sequence = thief.chain().sequence;
    }
    options = city.options();
    // The one who signs is not the one who signed last: it opens with the store's own key alone,
    // and then the journal itself says that another one signed.
    if (!node_too) options.journal_signer = signer;
    city.open(options);
    JournalReport report = city.store().verify_journal();
    BOOST_TEST((report.state == JournalState::forged), "node chain too: " << node_too);
    if (node_too) continue;
    BOOST_TEST(report.municipality == joso);
    BOOST_TEST(report.sequence == sequence);
    // Work goes on, and stays forged.
    city.work();
    BOOST_TEST((city.store().verify_journal().state == JournalState::forged));
  }
}

BOOST_AUTO_TEST_CASE(a_lost_signer_can_be_replaced_and_is_never_forgotten) {
  TemporaryFolder folder;
  WatchedCity city(signer_in_file(folder.path() / "lost"));
  city.work();
  city.close();
  StoreOptions options = city.options();
  options.journal_signer = signer_in_file(folder.path() / "new");
  options.journal_signer_lost = true;
  city.open(options);
  city.work();
  const JournalReport report = city.store().verify_journal();
  BOOST_TEST((report.state == JournalState::forged));
  BOOST_TEST(report.municipality.empty());
  BOOST_TEST(report.sequence > 0);
}

BOOST_AUTO_TEST_SUITE_END()
