// What a server does to its clients: it goes away, it refuses, it only reads.
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <boost/test/unit_test.hpp>
#include <thread>

#include "fixture/cut_line.hpp"
#include "fixture/damage.hpp"
#include "fixture/expect.hpp"
#include "storage/scratch.hpp"

using namespace renraku;
using namespace renraku::fixture;
using storage::Transaction;

namespace {

PostgresServer& server() {
  return PostgresServer::shared();
}

/// Code and field of what a call threw: "io/server"; "none" when nothing was thrown.
template <class Work>
std::string kind_of(Work&& work) {
  try {
    static_cast<void>(work());
  } catch (const Error& error) {
    return std::string(error.name()) + '/' + error.field();
  }
  return "none";
}

std::string kind_of_opening(const std::string& address) {
  return kind_of([&] { return storage::postgresql::open(address); });
}

/// Somebody on a port who takes one connection, answers its first message with one letter and the
/// second with silence.
class OneAnswer {
 public:
  explicit OneAnswer(char letter) : listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in here{};
    here.sin_family = AF_INET;
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof here;
    ::bind(listener_, reinterpret_cast<sockaddr*>(&here), size);
    ::listen(listener_, 1);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&here), &size);
    port_ = ntohs(here.sin_port);
    thread_ = std::thread([this, letter] {
      const int caller = ::accept(listener_, nullptr, nullptr);
      std::array<char, 8> request{};
      static_cast<void>(::recv(caller, request.data(), request.size(), MSG_WAITALL));
      static_cast<void>(::send(caller, &letter, 1, MSG_NOSIGNAL));
      static_cast<void>(::recv(caller, request.data(), request.size(), 0));
      ::close(caller);
    });
  }
  OneAnswer(const OneAnswer&) = delete;
  OneAnswer& operator=(const OneAnswer&) = delete;
  ~OneAnswer() {
    thread_.join();
    ::close(listener_);
  }
  [[nodiscard]] std::string address() const {
    return "postgresql://127.0.0.1:" + std::to_string(port_) + "/x?gssencmode=disable";
  }

 private:
  int listener_;
  int port_ = 0;
  std::thread thread_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(servers, *boost::unit_test::precondition(postgresql_is_here))

BOOST_AUTO_TEST_CASE(
    a_killed_server_is_an_error_of_its_own_and_the_next_transaction_finds_it_again) {
  Scratch<OnPostgresql> scratch;
  scratch.add(1, "committed");
  {
    Transaction writer = scratch.database().write();
    writer.query("INSERT INTO thing (pk) VALUES (2)").run();
    Transaction reader = scratch.database().read();
    BOOST_TEST(reader.query("SELECT 1").next());
    server().kill();
    BOOST_TEST(kind_of([&] { return reader.query("SELECT 2").next(); }) == "io/server");
    BOOST_TEST(kind_of([&] { return writer.query("SELECT 1").next(); }) == "io/server");
    BOOST_TEST(kind_of([&] { return (writer.commit(), 0); }) == "io/server");
  }
  BOOST_TEST(kind_of([&] { return scratch.count(); }) == "io/server");
  BOOST_TEST(kind_of([&] { return (scratch.add(2, "x"), 0); }) == "io/server");
  server().start();
  BOOST_TEST(scratch.count() == 1);
  scratch.add(2, "after");
  BOOST_TEST(scratch.count() == 2);
}

BOOST_AUTO_TEST_CASE(a_commit_that_got_no_answer_and_can_ask_nobody_says_that_nobody_knows) {
  Scratch<OnPostgresql> scratch;
  scratch.add(5, "x");
  {
    Transaction writer = scratch.database().write();
    writer.query("INSERT INTO thing (pk) VALUES (1)").run();
    server().kill();
    BOOST_TEST(kind_of([&] { return (writer.commit(), 0); }) == "io/commit");
  }
  server().start();
  BOOST_TEST(kind_of([&] { return (scratch.add(2, "x"), 0); }) == "none");
}

BOOST_AUTO_TEST_CASE(a_commit_whose_line_was_cut_learns_what_became_of_it) {
  const OnPostgresql place;
  storage::Database direct(place.open());
  direct.migrate(Scratch<OnPostgresql>::steps);
  CutLine line(place.address());
  storage::Database cut(storage::postgresql::open(line.address()));
  const auto add = [&](int pk) {
    Transaction writer = cut.write();
    writer.query("INSERT INTO thing (pk) VALUES (:pk)").bind("pk", pk).run();
    writer.commit();
    return 0;
  };
  const auto count = [&] {
    return direct.read().query("SELECT count(*) FROM thing").optional<int>().value();
  };
  add(1);
  line.cut(CutLine::a_commit, CutLine::Where::before_the_client);
  BOOST_TEST(kind_of([&] { return add(2); }) == "none");  // it was done
  BOOST_TEST(line.was_cut());
  BOOST_TEST(count() == 2);
  line.cut(CutLine::a_commit, CutLine::Where::before_the_server);
  BOOST_TEST(kind_of([&] { return add(3); }) == "io/server");  // it was not, and says so
  BOOST_TEST(line.was_cut());
  BOOST_TEST(count() == 2);
  add(3);
  BOOST_TEST(count() == 3);
}

BOOST_AUTO_TEST_CASE(a_restart_that_nobody_was_in_the_middle_of_is_not_noticed) {
  Scratch<OnPostgresql> scratch;
  scratch.add(1, "x");
  BOOST_TEST(scratch.count() == 1);
  server().stop();
  server().start();
  BOOST_TEST(kind_of([&] { return (scratch.add(2, "x"), 0); }) == "none");
  BOOST_TEST(scratch.count() == 2);
}

BOOST_AUTO_TEST_CASE(a_server_that_goes_while_rows_come_is_told_and_the_pool_goes_on) {
  Scratch<OnPostgresql> scratch;
  {
    Transaction reader = scratch.database().read();
    storage::Query rows = reader.query("SELECT n FROM generate_series(1, 5000000) AS n");
    BOOST_TEST(rows.next());
    server().kill();
    BOOST_TEST(kind_of([&] {
                 while (rows.next()) {
                 }
                 return 0;
               }) == "io/server");
  }
  server().start();
  BOOST_TEST(scratch.count() == 0);
}

BOOST_AUTO_TEST_CASE(a_wrong_password_none_and_an_unknown_role_are_the_same_kind) {
  server().run("CREATE ROLE locked LOGIN PASSWORD 'right'");
  const auto open = [&](const std::string& role, const std::string& more) {
    return kind_of_opening(server().address("postgres", role, more));
  };
  BOOST_TEST(open("locked", "&password=right") == "none");
  BOOST_TEST(open("locked", "&password=wrong") == "io/password");
  BOOST_TEST(open("locked", "&passfile=/nowhere") == "io/password");
  BOOST_TEST(open("nobody_of_this_name", "") == "io/password");
  const std::string told = text_of(
      [&] { return storage::postgresql::open(server().address("x", "nobody_of_this_name")); });
  BOOST_TEST(told.find("nobody") == std::string::npos);
  server().run("DROP ROLE locked");
}

BOOST_AUTO_TEST_CASE(each_way_of_not_getting_in_is_a_kind) {
  BOOST_TEST(kind_of_opening(server().address("no_database_of_this_name", server().owner())) ==
             "not_a_store/database");
  BOOST_TEST(kind_of_opening("postgresql:///x?host=/nowhere") == "io/server");
  BOOST_TEST(kind_of_opening("postgresql://[secret") == "invalid_argument/address");
  BOOST_TEST(kind_of_opening("") == "invalid_argument/address");
  server().run("CREATE ROLE crowded LOGIN CONNECTION LIMIT 0");
  BOOST_TEST(kind_of_opening(server().address("postgres", "crowded")) == "busy/connections");
  server().run("DROP ROLE crowded");
  server().run("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
  BOOST_TEST(kind_of_opening(server().address("latin", server().owner())) ==
             "invalid_argument/address");
}

BOOST_AUTO_TEST_CASE(a_server_without_tls_and_one_that_breaks_it_off_are_two_kinds) {
  const auto told = [](char answer) {
    const OneAnswer other(answer);
    return kind_of_opening(other.address() + "&sslmode=require");
  };
  BOOST_TEST(told('N') == "io/tls");
  BOOST_TEST(told('S') == "io/certificate");
}

BOOST_AUTO_TEST_CASE(a_standby_is_read_and_says_that_it_only_reads) {
  PostgresServer standby;
  const std::string address = standby.new_database();
  {
    storage::Database database(storage::postgresql::open(address));
    database.migrate(Scratch<OnPostgresql>::steps);
  }
  standby.stop();
  standby.become_standby();
  standby.start();
  storage::Database database(storage::postgresql::open(address));
  BOOST_TEST(kind_of([&] { return database.read().query("SELECT pk FROM thing").next(); }) ==
             "none");
  BOOST_TEST(kind_of([&] { return database.write(); }) == "io/standby");
  BOOST_TEST(kind_of_opening(address + "&target_session_attrs=read-write") == "io/standby");
}

BOOST_AUTO_TEST_CASE(a_check_finds_the_table_that_a_flipped_byte_is_in) {
  Scratch<OnPostgresql> scratch;
  scratch.add(1, "x");
  BOOST_TEST(scratch.database().check().empty());
  const std::string path = [&] {
    Transaction reader = scratch.database().read();
    return reader.query("SELECT pg_relation_filepath('thing')").optional<std::string>().value();
  }();
  server().stop();
  flip_byte(server().data() / path, 8'000);
  server().start();
  const std::vector<std::string> wrong = scratch.database().check();
  BOOST_REQUIRE(wrong.size() == 1);
  BOOST_TEST(wrong[0].find("table thing: ") == 0U);
}

BOOST_AUTO_TEST_CASE(a_forked_child_does_not_end_its_parents_session) {
  Scratch<OnPostgresql> scratch;
  const auto engine = scratch.place().open();
  auto connection = engine->connect();
  const pid_t child = ::fork();
  if (child == 0) {
    connection.reset();
    ::_exit(0);
  }
  ::waitpid(child, nullptr, 0);
  BOOST_TEST(connection->prepare("SELECT 1")->step());
}

BOOST_AUTO_TEST_SUITE_END()
