// What stands beside the address: libpq's variables and its file of passwords.
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/log.hpp"
#include "fixture/expect.hpp"
#include "storage/scratch.hpp"

using namespace renraku;
using namespace renraku::fixture;
namespace fs = std::filesystem;

namespace {

PostgresServer& server() {
  return PostgresServer::shared();
}

/// A role that needs its password, for as long as it lives.
struct Locked {
  Locked() { server().run("CREATE ROLE locked LOGIN PASSWORD 'right'"); }
  Locked(const Locked&) = delete;
  Locked& operator=(const Locked&) = delete;
  ~Locked() { server().run("DROP ROLE locked"); }

  [[nodiscard]] std::string address(const std::string& more) const {
    return server().address("postgres", "locked", more);
  }
};

fs::path write(const fs::path& file, const std::string& password, fs::perms mode) {
  std::ofstream(file) << "*:*:*:locked:" << password << "\n";
  fs::permissions(file, mode);
  return file;
}

constexpr fs::perms own = fs::perms::owner_read | fs::perms::owner_write;

std::string kind_of_opening(const std::string& address) {
  const auto open = [&] { return storage::postgresql::open(address); };
  return error_of(open) + "/" + field_of(open);
}

/// What a process of its own prints while `work` runs there.
template <class Work>
std::string printed_by(Work&& work) {
  const TemporaryFolder folder;
  const std::string file = folder.path() / "printed";
  const pid_t child = ::fork();
  if (child == 0) {
    const int out = ::open(file.c_str(), O_CREAT | O_WRONLY, 0600);
    ::dup2(out, STDOUT_FILENO);
    ::dup2(out, STDERR_FILENO);
    try {
      work();
    } catch (...) {
      ::dprintf(out, "an error left the work");
    }
    ::_exit(0);
  }
  ::waitpid(child, nullptr, 0);
  std::stringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(environment, *boost::unit_test::precondition(postgresql_is_here))

BOOST_AUTO_TEST_CASE(a_password_comes_from_the_file_of_its_owner) {
  const Locked locked;
  const TemporaryFolder folder;
  const fs::path right = write(folder.path() / "right", "right", own);
  const fs::path wrong = write(folder.path() / "wrong", "wrong", own);
  BOOST_TEST(kind_of_opening(locked.address("&passfile=" + right.string())) == "none/none");
  BOOST_TEST(kind_of_opening(locked.address("&passfile=" + wrong.string())) == "io/password");
  ::setenv("PGPASSFILE", right.c_str(), 1);
  BOOST_TEST(kind_of_opening(locked.address("")) == "none/none");
  BOOST_TEST(kind_of_opening(locked.address("&passfile=" + wrong.string())) == "io/password");
  ::unsetenv("PGPASSFILE");
}

BOOST_AUTO_TEST_CASE(a_password_file_that_others_may_read_is_not_used_and_the_log_says_so) {
  const Locked locked;
  const TemporaryFolder folder;
  const fs::path open = write(folder.path() / "open", "right", own | fs::perms::group_read);
  for (const std::string& file : {open.string(), folder.path().string()}) {
    std::string told;
    base::Log log([&](const LogLine& line) { told += line.text; });
    {
      const base::LoggedCall call(log);
      BOOST_TEST(kind_of_opening(locked.address("&passfile=" + file)) == "io/password");
    }
    BOOST_TEST(told.find("password file") != std::string::npos);
    BOOST_TEST(told.find(file) == std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(nothing_is_printed) {
  const Locked locked;
  const TemporaryFolder folder;
  const fs::path open = write(folder.path() / "open", "right", own | fs::perms::group_read);
  const fs::path home = folder.path() / "home";
  fs::create_directory(home);
  write(home / ".pgpass", "right", own | fs::perms::others_read);
  const std::string printed = printed_by([&] {
    static_cast<void>(kind_of_opening(locked.address("&passfile=" + open.string())));
    ::setenv("PGPASSFILE", folder.path().c_str(), 1);
    static_cast<void>(kind_of_opening(locked.address("")));
    ::unsetenv("PGPASSFILE");
    ::setenv("HOME", home.c_str(), 1);
    static_cast<void>(kind_of_opening(locked.address("")));
    static_cast<void>(kind_of_opening("postgresql:///x?host=/nowhere"));
    static_cast<void>(kind_of_opening("postgresql:///x?service=none"));
    storage::postgresql::open(server().address("postgres", server().owner()))
        ->connect()
        ->run("DO $$ BEGIN RAISE WARNING 'a'; END $$");
  });
  BOOST_TEST(printed == "");
}

BOOST_AUTO_TEST_CASE(what_the_environment_sets_breaks_no_promise) {
  ::setenv("PGOPTIONS", "-c synchronous_commit=off -c standard_conforming_strings=off", 1);
  ::setenv("PGCLIENTENCODING", "EUC_JP", 1);
  ::setenv("PGDATESTYLE", "German", 1);
  {
    Scratch<OnPostgresql> scratch;
    scratch.add(1, "髙﨑");
    storage::Transaction reader = scratch.database().read();
    const auto shown = [&](const std::string& setting) {
      return reader.query("SELECT current_setting(:name)")
          .bind("name", setting)
          .optional<std::string>()
          .value();
    };
    BOOST_TEST(shown("synchronous_commit") == "on");
    BOOST_TEST(shown("standard_conforming_strings") == "on");
    BOOST_TEST(reader.query("SELECT name FROM thing").optional<std::string>().value() == "髙﨑");
  }
  ::unsetenv("PGOPTIONS");
  ::unsetenv("PGCLIENTENCODING");
  ::unsetenv("PGDATESTYLE");
}

BOOST_AUTO_TEST_CASE(a_database_that_sorts_by_a_language_is_refused) {
  server().run(
      "CREATE DATABASE sorted LOCALE_PROVIDER icu ICU_LOCALE 'ja-JP' LOCALE 'C' TEMPLATE "
      "template0");
  BOOST_TEST(kind_of_opening(server().address("sorted", server().owner())) ==
             "invalid_argument/address");
  server().run("CREATE DATABASE plain LOCALE 'C' TEMPLATE template0");
  BOOST_TEST(kind_of_opening(server().address("plain", server().owner())) == "none/none");
}

BOOST_AUTO_TEST_SUITE_END()
