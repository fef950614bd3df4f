// The small files of a store on a server with the host's keeper in place of a home.
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <iterator>
#include <renraku/copying.hpp>
#include <renraku/rotation.hpp>

#include "base/kept_file.hpp"
#include "fixture/city.hpp"
#include "fixture/cupboard.hpp"
#include "fixture/expect.hpp"
#include "session/home_keys.hpp"
#include "session/store_server.hpp"
#ifdef RENRAKU_POSTGRESQL
#include "fixture/postgres.hpp"
#include "storage/engines/postgresql/postgresql.hpp"

using namespace renraku;
using namespace renraku::fixture;
namespace fs = std::filesystem;

namespace {

const Secret secret = Passphrase{passphrase};

/// A server's empty database, and a cupboard for the rest.
struct Hosted {
  std::string database = PostgresServer::shared().new_database();
  Cupboard cupboard;
  std::shared_ptr<std::string> log = std::make_shared<std::string>();

  Hosted() = default;
  Hosted(const Hosted&) = delete;
  Hosted& operator=(const Hosted&) = delete;
  ~Hosted() { PostgresServer::shared().drop(database); }

  [[nodiscard]] StoreOptions options() const {
    StoreOptions options;
    options.keeper = cupboard.keeper();
    options.log = [log = log](const LogLine& line) { *log += line.text + '\n'; };
    return options;
  }
  [[nodiscard]] Store create(const StoreOptions& with) const {
    return create_store(database, secret, "情報政策課", with, City::cheap());
  }
  [[nodiscard]] Store create() const {
    Store store = create(options());
    store.add_municipality(municipality(joso, "常総市"));
    return store;
  }
  [[nodiscard]] Store open(const StoreOptions& with, const Secret& by = secret) const {
    return open_store(database, by, with, City::cheap());
  }
  [[nodiscard]] Store open() const { return open(options()); }
  [[nodiscard]] std::string opening(const StoreOptions& with, const Secret& by = secret) const {
    return said([&] { return open(with, by).opened_with(); });
  }
  [[nodiscard]] std::string opening() const { return opening(options()); }
  /// What a call says: the error, and the field where it has one.
  template <class Work>
  [[nodiscard]] static std::string said(Work&& work) {
    try {
      static_cast<void>(work());
      return "none";
    } catch (const Error& error) {
      return std::string(error.name()) + " " + error.field();
    }
  }
};

std::size_t reads_in_journal(Store& store) {
  JournalFilter filter;
  filter.action = "evacuee_list";
  return store.sign_in(joso, "kanri", password).journal().list(filter).items.size();
}

void work_with(Store& store) {
  const Session officer = store.sign_in(joso, "kanri", password);
  officer.evacuees().add(resident("架空 花子", "カクウ ハナコ"), {});
  BOOST_TEST(officer.evacuees().list().items.size() > 0u);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(keeper, *on_postgresql())

BOOST_AUTO_TEST_CASE(has_what_opens_a_store_that_has_no_folder) {
  const Hosted hosted;
  Cupboard cupboard = hosted.cupboard;
  Uuid slot;
  {
    Store made = hosted.create();
    slot = made.opened_with();
    BOOST_TEST(made.is_strict());
    work_with(made);
  }
  BOOST_TEST(cupboard.file("keys").size() == crypto::key_file_size);
  BOOST_TEST(cupboard.file("access").size() == 8u);
  BOOST_TEST(cupboard.files().size() == 2u);
  Store opened = hosted.open();
  BOOST_TEST((opened.opened_with() == slot));
  BOOST_TEST(reads_in_journal(opened) == 1u);
  BOOST_TEST(opened.check().sound);
  BOOST_TEST(hosted.opening(hosted.options(), Passphrase{"違う言葉"}) == "wrong_passphrase ");
  for (const auto& [name, bytes] : cupboard.files()) {
    BOOST_TEST(name.size() <= 64u);
    BOOST_TEST(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") ==
               std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(takes_each_change_of_the_ways_in) {
  const Hosted hosted;
  Store store = hosted.create();
  const Passphrase next{"新しい言葉 七番"};
  store.change_passphrase(Passphrase{passphrase}, next);
  HostKey key;
  key.bytes.fill(7);
  store.add_host_key("端末", key);
  const std::string printed = store.add_recovery_key("金庫");
  BOOST_TEST(hosted.opening() == "wrong_passphrase ");
  BOOST_TEST(hosted.opening(hosted.options(), next) == "none");
  BOOST_TEST(hosted.opening(hosted.options(), RecoveryKey{printed}) == "none");
  Store other = hosted.open(hosted.options(), key);
  other.revoke_slot(store.opened_with());
  BOOST_TEST(hosted.opening(hosted.options(), next) == "wrong_passphrase ");
  BOOST_TEST(store.key_slots().size() == 2u);
  store.recover_administrator({printed}, joso, "kanri", "あたらしいことば-十三文字以上");
  static_cast<void>(store.sign_in(joso, "kanri", "あたらしいことば-十三文字以上"));
  static_cast<void>(rotate_keys(other, joso));
  BOOST_TEST(other.check().sound);
}

BOOST_AUTO_TEST_CASE(keeps_no_header_that_another_changed_meanwhile) {
  const Hosted hosted;
  Store store = hosted.create();
  const auto found = session::find_on_server(hosted.database, {{}, hosted.cupboard.keeper()});
  crypto::KeyHeader old = session::read_keys(found).header;
  store.add_passphrase("福祉課", Passphrase{"二番の言葉"});
  const std::vector<std::uint8_t> now = Cupboard(hosted.cupboard).file("keys");
  BOOST_TEST(Hosted::said([&] { return session::write_keys(found, old), 0; }) == "conflict keys");
  BOOST_TEST((Cupboard(hosted.cupboard).file("keys") == now));
}

BOOST_AUTO_TEST_CASE(leaves_tails_to_a_home_that_is_given_beside_it) {
  const Hosted hosted;
  const TemporaryFolder folder;
  StoreOptions beside = hosted.options();
  beside.home = folder.path() / "home";
  { Store made = hosted.create(); }
  Store opened = hosted.open(beside);
  BOOST_TEST(!opened.is_strict());
  work_with(opened);
  BOOST_REQUIRE_EQUAL(std::distance(fs::directory_iterator(beside.home), {}), 1);
  const fs::path kept = fs::directory_iterator(beside.home)->path();
  BOOST_TEST(fs::is_directory(kept / "tails"));
  BOOST_TEST(!fs::exists(kept / "keys"));
  BOOST_TEST(!fs::exists(kept / "access"));
  BOOST_TEST(opened.check().journal.reads_lost == 0);
  // Where it can't be made, they do without.
  std::ofstream(folder.path() / "file") << "no folder";
  beside.home = folder.path() / "file";
  Store without = hosted.open(beside);
  BOOST_TEST(without.is_strict());
  BOOST_TEST(reads_in_journal(without) == 1u);
}

BOOST_AUTO_TEST_CASE(takes_the_file_of_a_home_and_gives_it_back) {
  const Hosted hosted;
  const TemporaryFolder folder;
  StoreOptions at_home;
  at_home.home = folder.path() / "home";
  { Store made = hosted.create(at_home); }
  BOOST_TEST(hosted.opening() == "not_a_store home");
  const fs::path kept = fs::directory_iterator(at_home.home)->path();
  Cupboard cupboard = hosted.cupboard;
  std::ifstream keys(kept / "keys", std::ios::binary);
  cupboard.files()[kept.stem().string() + "-keys"].assign(std::istreambuf_iterator<char>(keys), {});
  hosted.open().add_passphrase("福祉課", Passphrase{"二番の言葉"});
  BOOST_TEST(hosted.open().key_slots().size() == 2u);
  const std::vector<std::uint8_t>& file = cupboard.file("keys");
  std::ofstream(kept / "keys", std::ios::binary)
      .write(reinterpret_cast<const char*>(file.data()), static_cast<std::streamsize>(file.size()));
  BOOST_TEST(hosted.open(at_home).key_slots().size() == 2u);
}

BOOST_AUTO_TEST_CASE(is_told_of_when_it_gives_what_it_never_got) {
  const Hosted hosted;
  const Hosted others;
  static_cast<void>(hosted.create());
  static_cast<void>(others.create());
  Cupboard cupboard = hosted.cupboard;
  const std::vector<std::uint8_t> good = cupboard.file("keys");
  cupboard.file("keys") = Cupboard(others.cupboard).file("keys");
  BOOST_TEST(hosted.opening() == "not_a_store home");
  cupboard.file("keys").assign(Keeper::size_max + 1, 0);
  BOOST_TEST(hosted.opening() == "io keeper");
  cupboard.file("keys").assign(16, 'x');
  BOOST_TEST(hosted.opening() == "not_a_store keys");
  cupboard.file("keys") = good;
  cupboard.file("keys").front() ^= 1;
  BOOST_TEST(hosted.opening() == "none");
  BOOST_TEST(hosted.open().check().findings.size() == 1u);
  cupboard.file("keys") = good;
  // As a server that was put back to an older state looks.
  cupboard.file("access").front() = 0x7f;
  cupboard.file("access").back() = 0x7f;
  BOOST_TEST(Hosted::said([&] {
               return hosted.open().sign_in(joso, "kanri", password).member();
             }) == "damaged access");
}

BOOST_AUTO_TEST_CASE(that_lacks_a_function_is_refused) {
  const Hosted hosted;
  StoreOptions lacking = hosted.options();
  lacking.keeper.remove = {};
  BOOST_TEST(Hosted::said([&] { return hosted.create(lacking).opened_with(); }) ==
             "invalid_argument keeper");
  const TemporaryFolder folder;
  StoreOptions in_a_folder = hosted.options();
  static_cast<void>(create_store((folder.path() / "city.renraku").string(), secret, "一番",
                                 in_a_folder, City::cheap()));
  BOOST_TEST(Cupboard(hosted.cupboard).files().empty());
}

// Whichever call of its fails, the caller hears of it or nothing was lost, and the next try works.
BOOST_AUTO_TEST_CASE(that_fails_at_any_call_leaves_the_store_as_it_was_or_changed) {
  const auto story = [](const Hosted& hosted) {
    {
      Store store = hosted.create();
      work_with(store);
      store.add_passphrase("福祉課", Passphrase{"二番の言葉"});
    }
    Store again = hosted.open();
    work_with(again);
    BOOST_TEST(again.check().sound);
  };
  int calls = 0;
  {
    const Hosted hosted;
    story(hosted);
    calls = hosted.cupboard.calls();
  }
  BOOST_TEST(calls > 8);
  int told = 0;
  for (int call = 1; call <= calls; ++call) {
    Hosted hosted;
    hosted.cupboard.fail_at(call);
    const std::string said = Hosted::said([&] { return story(hosted), 0; });
    BOOST_TEST((said == "none" || said == "io keeper"), call << ": " << said);
    if (said != "none") ++told;
    hosted.cupboard.fail_at(0);
    BOOST_TEST(hosted.log->find("himitsu") == std::string::npos);
    // Either there is a store, or the database is as empty as it was.
    if (hosted.opening() == "not_a_store database") {
      BOOST_TEST(!hosted.cupboard.has("keys"));
      story(hosted);
    } else {
      BOOST_TEST(hosted.open().check().sound);
    }
  }
  BOOST_TEST(told > 4);
}

// At its end a store's own thread tells what waited, and that sessions were used.
BOOST_AUTO_TEST_CASE(is_never_asked_on_a_thread_of_the_librarys) {
  const Hosted hosted;
  Cupboard cupboard = hosted.cupboard;
  StoreOptions options = hosted.options();
  const auto now = std::make_shared<std::atomic<std::int64_t>>(Instant::now().micros);
  options.clock = [now] { return Instant{now->load()}; };
  int witnessed = 0;
  options.witness.record = [&](const std::vector<SignedHead>&) { ++witnessed; };
  options.witness.record_removals = [](const std::vector<SignedRemoval>&) {};
  options.witness.removals = [] { return std::vector<SignedRemoval>(); };
  static_cast<void>(hosted.create());
  const std::string token = hosted.open(options).sign_in(joso, "kanri", password).token();
  const std::vector<std::uint8_t> before = cupboard.file("access");
  *now += 20LL * 60 * 1'000'000;
  // No write of this handle's before the one at its end would put that one off.
  static_cast<void>(hosted.open(options).resume(token).evacuees().list());
  BOOST_TEST(witnessed > 1);
  BOOST_TEST((cupboard.file("access") != before));
  BOOST_TEST(cupboard.own_calls() == 0);
}

BOOST_AUTO_TEST_CASE(keeps_no_header_of_a_store_that_was_not_made) {
  const Hosted hosted;
  StoreOptions late = hosted.options();
  late.keeper.write = [write = late.keeper.write](const std::string& name,
                                                  std::span<const std::uint8_t> bytes) {
    write(name, bytes);
    throw std::runtime_error("no answer in time");
  };
  BOOST_TEST(Hosted::said([&] { return hosted.create(late).opened_with(); }) == "io keeper");
  BOOST_TEST(Cupboard(hosted.cupboard).files().empty());
  BOOST_TEST(Hosted::said([&] { return hosted.create().opened_with(); }) == "none");
}

BOOST_AUTO_TEST_CASE(tells_nothing_of_what_it_throws) {
  const Hosted hosted;
  Cupboard cupboard = hosted.cupboard;
  static_cast<void>(hosted.create());
  cupboard.fail_at(1);
  BOOST_TEST(text_of([&] { return hosted.open().opened_with(); }).find("himitsu") ==
             std::string::npos);
  StoreOptions odd = hosted.options();
  odd.keeper.read = [](const std::string&) -> std::optional<std::vector<std::uint8_t>> { throw 7; };
  BOOST_TEST(hosted.opening(odd) == "io keeper");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(copying_to_a_keeper, *on_postgresql())

namespace {

/// A city that can be carried; nobody has it open.
struct Source {
  City city;
  Source() {
    work_with(city.store());
    city.close();
  }
  [[nodiscard]] CopyOptions to(const Hosted& there) const {
    CopyOptions options;
    options.options = city.options();
    options.keeper = there.cupboard.keeper();
    return options;
  }
  [[nodiscard]] std::string copying(const std::string& address, const CopyOptions& options) const {
    return Hosted::said([&] { return copy_store(city.address(), secret, address, options).rows; });
  }
};

}  // namespace

BOOST_AUTO_TEST_CASE(brings_a_store_there_and_back) {
  const Source source;
  const Hosted there;
  BOOST_TEST(source.copying(there.database, source.to(there)) == "none");
  BOOST_TEST(!there.cupboard.has("arriving"));
  BOOST_TEST(compare_stores(source.city.address(), there.database, secret, source.to(there)).same);
  {
    Store copy = there.open();
    BOOST_TEST(copy.is_strict());
    work_with(copy);
    BOOST_TEST(copy.check().sound);
  }
  const TemporaryFolder folder;
  CopyOptions back;
  back.options = there.options();
  const std::string address = (folder.path() / "back.renraku").string();
  static_cast<void>(copy_store(there.database, secret, address, back));
  BOOST_TEST(compare_stores(there.database, address, secret, back).same);
}

BOOST_AUTO_TEST_CASE(leaves_the_header_of_a_store_that_is_there_already) {
  const Source source;
  const Hosted there;
  const Hosted another;
  BOOST_TEST(source.copying(there.database, source.to(there)) == "none");
  const std::vector<std::uint8_t> keys = Cupboard(there.cupboard).file("keys");
  BOOST_TEST(source.copying(another.database, source.to(there)) == "exists home");
  // As the end of a process after its last commit leaves it.
  Cupboard cupboard = there.cupboard;
  std::string mark = cupboard.files().rbegin()->first;
  mark.replace(mark.rfind('-') + 1, std::string::npos, "arriving");
  cupboard.files()[mark] = {1};
  BOOST_TEST(source.copying(another.database, source.to(there)) == "exists home");
  BOOST_TEST((Cupboard(there.cupboard).file("keys") == keys));
  BOOST_TEST(source.copying(there.database, source.to(another)) == "exists database");
  BOOST_TEST(there.opening() == "none");
  CopyOptions onward;
  onward.options = there.options();
  onward.keeper = another.cupboard.keeper();
  static_cast<void>(copy_store(there.database, secret, another.database, onward));
  BOOST_TEST(another.opening() == "none");
}

BOOST_AUTO_TEST_CASE(goes_on_after_it_was_ended_and_alone) {
  const Source source;
  const Hosted there;
  CopyOptions ended = source.to(there);
  ended.progress = [](std::int64_t, std::int64_t, std::int64_t) { return false; };
  BOOST_TEST(source.copying(there.database, ended) == "cancelled ");
  BOOST_TEST(there.cupboard.has("arriving"));
  BOOST_TEST(there.opening() == "not_a_store database");
  {
    const auto engine = storage::postgresql::open(there.database);
    const session::ArrivalPlace another(*engine);
    BOOST_TEST(source.copying(there.database, source.to(there)) == "busy ");
  }
  BOOST_TEST(source.copying(there.database, source.to(there)) == "none");
  BOOST_TEST(!there.cupboard.has("arriving"));
  BOOST_TEST(there.opening() == "none");
}

BOOST_AUTO_TEST_SUITE_END()

#endif
