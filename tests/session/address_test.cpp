// A store's address chooses its engine. On a server the key header and the tails stay on this side.
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <renraku/backup.hpp>

#include "crypto/key_file.hpp"
#include "fixture/city.hpp"
#include "fixture/expect.hpp"
#include "session/store_server.hpp"
#ifdef RENRAKU_POSTGRESQL
#include "fixture/postgres.hpp"
#include "storage/engines/postgresql/postgresql.hpp"
#endif

using namespace renraku;
using namespace renraku::fixture;
namespace fs = std::filesystem;

namespace {

Secret secret() {
  return Passphrase{passphrase};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(addresses)

BOOST_AUTO_TEST_CASE(are_told_apart_by_how_they_begin) {
  BOOST_TEST(session::names_server("postgresql://host/city"));
  BOOST_TEST(session::names_server("postgres://host/city"));
  BOOST_TEST(!session::names_server("city.renraku"));
  BOOST_TEST(!session::names_server("/srv/postgresql://"));
  BOOST_TEST(!session::names_server("postgresql"));
  BOOST_TEST(!session::names_server(""));
}

BOOST_AUTO_TEST_CASE(of_a_server_that_lost_a_slash_makes_no_folder) {
  // What pathlib.Path leaves of it.
  const auto open = [] {
    return open_store("postgresql:/host/city", secret(), {}, City::cheap()).key_slots().size();
  };
  BOOST_TEST(error_of(open) == "invalid_argument");
  BOOST_TEST(field_of(open) == "address");
}

BOOST_AUTO_TEST_CASE(a_path_keeps_both_slashes) {
  const std::string address = fs::path("postgresql://host/city");
  BOOST_TEST(address == "postgresql://host/city");
}

BOOST_AUTO_TEST_SUITE_END()

#ifdef RENRAKU_POSTGRESQL

namespace {

void add_city(Store& store) {
  store.add_municipality(municipality(joso, "常総市"));
}

/// A server's empty database and a home beside it.
struct Hosted {
  TemporaryFolder folder;
  std::string database = PostgresServer::shared().new_database();
  fs::path home = folder.path() / "home";
  std::shared_ptr<std::string> log = std::make_shared<std::string>();

  Hosted() = default;
  Hosted(const Hosted&) = delete;
  Hosted& operator=(const Hosted&) = delete;
  ~Hosted() { PostgresServer::shared().drop(database); }

  [[nodiscard]] StoreOptions options() const {
    StoreOptions options;
    options.home = home;
    options.log = [log = log](const LogLine& line) { *log += line.text + '\n'; };
    return options;
  }
  [[nodiscard]] Store create(const StoreOptions& with) const {
    return create_store(database, secret(), "情報政策課", with, City::cheap());
  }
  [[nodiscard]] Store create() const { return create(options()); }
  [[nodiscard]] Store open(const StoreOptions& with, const Secret& by = secret()) const {
    return open_store(database, by, with, City::cheap());
  }
  [[nodiscard]] Store open() const { return open(options()); }
  /// What an opening says: the error, and the field where it has one.
  [[nodiscard]] std::string opening(const StoreOptions& with, const Secret& by = secret()) const {
    return said([&] { return open(with, by).opened_with(); });
  }
  [[nodiscard]] std::string opening() const { return opening(options()); }
  template <class Work>
  [[nodiscard]] static std::string said(Work&& work) {
    try {
      static_cast<void>(work());
      return "none";
    } catch (const Error& error) {
      return std::string(error.name()) + " " + error.field();
    }
  }
  /// The one store's folder at home.
  [[nodiscard]] fs::path kept() const {
    BOOST_REQUIRE_EQUAL(std::distance(fs::directory_iterator(home), fs::directory_iterator()), 1);
    return fs::directory_iterator(home)->path();
  }
};

/// Sets a variable of the environment for as long as it lives.
class Variable {
 public:
  Variable(const char* name, const std::string& value) : name_(name) {
    ::setenv(name, value.c_str(), 1);
  }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;
  ~Variable() { ::unsetenv(name_); }

 private:
  const char* name_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(on_a_postgresql_server, *on_postgresql())

BOOST_AUTO_TEST_CASE(a_store_is_made_and_opened_again) {
  const Hosted hosted;
  Uuid slot;
  {
    Store made = hosted.create();
    slot = made.opened_with();
    add_city(made);
  }
  const fs::path kept = hosted.kept();
  BOOST_TEST(fs::is_regular_file(kept / "keys"));
  BOOST_TEST(fs::is_directory(kept / "tails"));
  BOOST_TEST(!fs::exists(kept / "renraku.db"));
  for (const fs::path& folder : {hosted.home, kept}) {
    BOOST_TEST((fs::status(folder).permissions() == fs::perms::owner_all));
  }
  Store opened = hosted.open();
  BOOST_TEST((opened.opened_with() == slot));
  BOOST_TEST(opened.municipalities().size() == 1u);
  BOOST_TEST(opened.check().sound);
  // What the server knows of the store is the name of its folder.
  const auto found = session::find_on_server(hosted.database, {hosted.home});
  BOOST_TEST(found.path == kept);
  BOOST_TEST(found.server->store.text() + ".renraku" == kept.filename().string());
}

BOOST_AUTO_TEST_CASE(a_wrong_passphrase_opens_nothing) {
  const Hosted hosted;
  static_cast<void>(hosted.create());
  BOOST_TEST(hosted.opening(hosted.options(), Passphrase{"違う言葉"}) == "wrong_passphrase ");
  BOOST_TEST(hosted.opening(hosted.options(), Passphrase{""}) == "empty_passphrase passphrase");
  BOOST_TEST(hosted.opening() == "none");
}

BOOST_AUTO_TEST_CASE(a_database_without_a_store_is_told) {
  const Hosted hosted;
  BOOST_TEST(hosted.opening() == "not_a_store database");
  BOOST_TEST(!fs::exists(hosted.home));
}

BOOST_AUTO_TEST_CASE(a_database_that_is_not_empty_is_left_alone) {
  const Hosted hosted;
  BOOST_TEST(Hosted::said([&] { return hosted.create().opened_with(); }) == "none");
  const fs::path kept = hosted.kept();
  BOOST_TEST(Hosted::said([&] { return hosted.create().opened_with(); }) == "exists database");
  BOOST_TEST(hosted.kept() == kept);
  BOOST_TEST(hosted.opening() == "none");

  const Hosted others;
  storage::postgresql::open(others.database)->connect()->run("CREATE TABLE person (name TEXT)");
  BOOST_TEST(Hosted::said([&] { return others.create().opened_with(); }) == "exists database");
  BOOST_TEST(fs::is_empty(others.home));
  BOOST_TEST(others.opening() == "not_a_store database");
}

BOOST_AUTO_TEST_CASE(what_fails_at_home_leaves_the_database_empty) {
  const Hosted hosted;
  std::ofstream(hosted.home) << "no folder";
  BOOST_TEST(Hosted::said([&] { return hosted.create().opened_with(); }) == "io home");
  fs::remove(hosted.home);
  StoreOptions deeper = hosted.options();
  deeper.home = hosted.home / "no" / "parent";
  BOOST_TEST(Hosted::said([&] { return hosted.create(deeper).opened_with(); }) == "io home");
  BOOST_TEST(Hosted::said([&] { return hosted.create().opened_with(); }) == "none");
}

BOOST_AUTO_TEST_CASE(a_home_without_the_key_header_says_what_to_copy) {
  const Hosted hosted;
  static_cast<void>(hosted.create());
  const fs::path kept = hosted.kept();
  StoreOptions elsewhere = hosted.options();
  elsewhere.home = hosted.folder.path() / "elsewhere";
  BOOST_TEST(hosted.opening(elsewhere) == "not_a_store home");
  // The folder alone, without its tails, is what a second host needs.
  fs::create_directories(elsewhere.home / kept.filename());
  BOOST_TEST(hosted.opening(elsewhere) == "not_a_store home");
  fs::copy_file(kept / "keys", elsewhere.home / kept.filename() / "keys");
  BOOST_TEST(hosted.opening(elsewhere) == "none");
  std::ofstream(elsewhere.home = hosted.folder.path() / "file") << "no folder";
  BOOST_TEST(hosted.opening(elsewhere) == "not_a_store home");
}

BOOST_AUTO_TEST_CASE(two_homes_at_once_bring_their_reads_and_miss_none_of_each_others) {
  const Hosted hosted;
  Store first = hosted.create();
  add_city(first);
  StoreOptions elsewhere = hosted.options();
  elsewhere.home = hosted.folder.path() / "elsewhere";
  const fs::path kept = elsewhere.home / hosted.kept().filename();
  fs::create_directories(kept);
  fs::copy_file(hosted.kept() / "keys", kept / "keys");
  Store second = hosted.open(elsewhere);
  const auto read = [](Store& store) {
    const Session session = store.sign_in(joso, "kanri", password);
    static_cast<void>(session.municipalities().view());
    store.flush();
  };
  for (int round = 0; round < 2; ++round) read(first), read(second);
  const JournalReport report = first.verify_journal();
  BOOST_TEST(report.reads_lost == 0);
  BOOST_TEST((report.state == JournalState::intact));
  // A home that loses a tail of its own says so still.
  for (const auto& tail : fs::directory_iterator(kept / "tails")) fs::remove(tail.path());
  second = hosted.open(elsewhere);
  second.flush();
  BOOST_TEST(first.verify_journal().reads_lost > 0);
}

BOOST_AUTO_TEST_CASE(another_stores_key_header_is_told_though_its_passphrase_is_the_same) {
  const Hosted one;
  const Hosted two;
  static_cast<void>(one.create());
  static_cast<void>(two.create());
  fs::copy_file(two.kept() / "keys", one.kept() / "keys", fs::copy_options::overwrite_existing);
  BOOST_TEST(one.opening() == "not_a_store home");
  BOOST_TEST(two.opening() == "none");
}

BOOST_AUTO_TEST_CASE(a_home_that_may_not_be_read_is_told) {
  const Hosted hosted;
  static_cast<void>(hosted.create());
  StoreOptions long_name = hosted.options();
  long_name.home = hosted.folder.path() / std::string(5'000, 'x');
  BOOST_TEST(hosted.opening(long_name) == "io home");
  if (::geteuid() == 0) return;  // as root nothing is forbidden
  fs::permissions(hosted.home, fs::perms::none);
  BOOST_TEST(hosted.opening() == "io home");
  fs::permissions(hosted.home, fs::perms::owner_all);
}

BOOST_AUTO_TEST_CASE(the_environment_names_the_home_where_the_options_do_not) {
  const Hosted hosted;
  StoreOptions nowhere = hosted.options();
  nowhere.home.clear();
  BOOST_TEST(Hosted::said([&] { return hosted.create(nowhere).opened_with(); }) ==
             "invalid_argument home");
  {
    const Variable empty("RENRAKU_HOME", "");
    BOOST_TEST(hosted.opening(nowhere) == "invalid_argument home");
  }
  const Variable named("RENRAKU_HOME", hosted.home.string());
  BOOST_TEST(Hosted::said([&] { return hosted.create(nowhere).opened_with(); }) == "none");
  BOOST_TEST(fs::exists(hosted.kept() / "keys"));
  BOOST_TEST(hosted.opening(nowhere) == "none");
  const Variable wrong("RENRAKU_HOME", (hosted.folder.path() / "another").string());
  BOOST_TEST(hosted.opening() == "none", "what the options name comes first");
}

BOOST_AUTO_TEST_CASE(a_backup_and_a_new_key_are_refused_with_the_reason) {
  const Hosted hosted;
  Store store = hosted.create();
  const fs::path backups = hosted.folder.path() / "backups";
  fs::create_directory(backups);
  const std::string refused = "invalid_argument address";
  BOOST_TEST(Hosted::said([&] { return store.backup(backups, {}).file; }) == refused);
  BOOST_TEST(fs::is_empty(backups));
  BOOST_TEST(Hosted::said([&] { return store.reencrypt({secret()}).size(); }) == refused);
  BOOST_TEST(store.check().sound);
  BOOST_TEST(Hosted::said([&] {
               return Store::restore("none", Passphrase{passphrase}, hosted.database, {}).sequence;
             }) == refused);
}

BOOST_AUTO_TEST_CASE(the_password_of_the_address_is_told_to_nobody) {
  Hosted hosted;
  const std::string plain = hosted.database;
  const std::string secret_word = "himitsu-0123";
  std::string told;
  const auto tell = [&](const std::string& address, const StoreOptions& with) {
    hosted.database = address;
    try {
      Store store = hosted.create(with);
      for (const Finding& finding : store.check().findings) told += finding.detail;
    } catch (const Error& error) {
      told += std::string(error.what()) + " " + error.field() + "\n";
    }
    static_cast<void>(hosted.opening(with));
    try {
      static_cast<void>(hosted.open(with));
    } catch (const Error& error) {
      told += std::string(error.what()) + " " + error.field() + "\n";
    }
  };
  const std::string with_password = plain + "&password=" + secret_word;
  StoreOptions nowhere = hosted.options();
  nowhere.home.clear();
  tell(with_password, nowhere);
  tell(with_password, hosted.options());
  tell("postgresql://nobody:" + secret_word + "@127.0.0.1:1/city", hosted.options());
  tell("postgresql://[" + secret_word, hosted.options());
  tell("postgresql:/nobody:" + secret_word + "@host/city", hosted.options());
  hosted.database = plain;
  BOOST_TEST(told.size() > 100u);
  BOOST_TEST(told.find(secret_word) == std::string::npos);
  BOOST_TEST(hosted.log->size() > 100u);
  BOOST_TEST(hosted.log->find(secret_word) == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

#endif
