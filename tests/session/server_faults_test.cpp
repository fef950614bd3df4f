// What goes wrong with a server, as whoever opens a store or calls a session sees it: each an error
// of its own kind.
#ifdef RENRAKU_POSTGRESQL
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <fstream>

#include "fixture/server_city.hpp"

using namespace renraku;
using namespace renraku::fixture;
namespace fs = std::filesystem;

namespace {

std::string kind_of_opening(const ServerCity& city, const std::string& address) {
  return kind_of([&] { return city.open(address).opened_with(); });
}

std::string kind_of_creating(const std::string& address) {
  return kind_of([&] { return ServerCity(address).open().opened_with(); });
}

/// Somebody who vouches for hosts.
class Authority {
 public:
  Authority() {
    openssl("req -x509 -nodes -days 2 -subj /CN=authority -keyout ca.key -out ca.crt " + curve);
  }
  /// Makes host.crt and host.key for this host name.
  void vouch_for(const std::string& host) {
    std::ofstream(folder_.path() / "names") << "subjectAltName=DNS:" << host << "\n";
    openssl("req -nodes -subj /CN=" + host + " -keyout host.key -out host.csr " + curve);
    openssl(
        "x509 -req -days 2 -in host.csr -CA ca.crt -CAkey ca.key -CAcreateserial -extfile "
        "names -out host.crt");
  }
  [[nodiscard]] fs::path file(const std::string& name) const { return folder_.path() / name; }

 private:
  void openssl(const std::string& words) const {
    const std::string command =
        "cd " + folder_.path().string() + " && openssl " + words + " 2>/dev/null >/dev/null";
    if (std::system(command.c_str()) != 0) throw std::runtime_error("openssl failed");
  }

  const std::string curve = "-newkey ec -pkeyopt ec_paramgen_curve:P-256";
  TemporaryFolder folder_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(server_faults, *on_postgresql())

BOOST_AUTO_TEST_CASE(a_wrong_password) {
  PostgresServer& server = PostgresServer::shared();
  const std::string database = server.new_database();
  const ServerCity city(database);
  server.run("CREATE ROLE locked SUPERUSER LOGIN PASSWORD 'right'");
  const auto open = [&](const std::string& password) {
    return kind_of_opening(city, server.address(PostgresServer::database_of(database), "locked",
                                                "&password=" + password));
  };
  BOOST_TEST(open("right") == "none");
  BOOST_TEST(open("wrong") == "io/password");
  server.run("DROP ROLE locked");
  server.drop(database);
}

BOOST_AUTO_TEST_CASE(tls_that_is_refused_and_a_certificate_of_another_host) {
  Authority authority;
  authority.vouch_for("db.example");
  const Authority other;
  PostgresServer server;
  const std::string name = PostgresServer::database_of(server.new_database());
  server.stop();
  const std::string port = std::to_string(server.listen());
  server.start();
  const ServerCity city(server.address(name, server.owner()));
  const auto open = [&](const std::string& host, const std::string& mode,
                        const Authority& trusted) {
    return kind_of_opening(city, "postgresql://" + server.owner() + "@/" + name + "?host=" + host +
                                     "&hostaddr=127.0.0.1&port=" + port + "&sslmode=" + mode +
                                     "&sslrootcert=" + trusted.file("ca.crt").string());
  };
  BOOST_TEST(open("db.example", "disable", authority) == "none");
  BOOST_TEST(open("db.example", "require", authority) == "io/tls");
  BOOST_TEST(open("db.example", "verify-full", authority) == "io/tls");
  server.stop();
  server.keep("server.crt", authority.file("host.crt"));
  server.keep("server.key", authority.file("host.key"));
  server.set("ssl=on");
  server.start();
  BOOST_TEST(open("db.example", "verify-full", authority) == "none");
  BOOST_TEST(open("localhost", "verify-full", authority) == "io/certificate");
  BOOST_TEST(open("localhost", "verify-ca", authority) == "none");
  BOOST_TEST(open("db.example", "verify-full", other) == "io/certificate");
}

BOOST_AUTO_TEST_CASE(too_many_connections) {
  PostgresServer server(
      {"max_connections=6", "superuser_reserved_connections=0", "autovacuum=off"});
  const std::string address = server.new_database();
  const ServerCity city(address);
  Store store = city.open();
  const Session officer = store.sign_in(joso, "kanri", password);
  const auto engine = storage::postgresql::open(address);
  std::vector<std::unique_ptr<storage::Connection>> taken;
  const std::string full = kind_of([&] {
    while (true) taken.push_back(engine->connect());
    return 0;
  });
  BOOST_TEST(full == "busy/connections");
  BOOST_TEST(kind_of_opening(city, address) == "busy/connections");
  // Who is in goes on.
  BOOST_TEST(kind_of([&] { return officer.evacuees().list().items.size(); }) == "none");
  taken.clear();
  BOOST_TEST(kind_of_opening(city, address) == "none");
}

BOOST_AUTO_TEST_CASE(a_newer_schema) {
  PostgresServer& server = PostgresServer::shared();
  const std::string database = server.new_database();
  const ServerCity city(database);
  server.run("UPDATE renraku_schema SET version = 9999", PostgresServer::database_of(database));
  BOOST_TEST(kind_of_opening(city, database) == "newer_format/");
  server.drop(database);
}

BOOST_AUTO_TEST_CASE(an_encoding_and_an_order_that_are_not_the_bytes) {
  PostgresServer& server = PostgresServer::shared();
  server.run("CREATE DATABASE latin_faults ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
  server.run(
      "CREATE DATABASE sorted_faults LOCALE_PROVIDER icu ICU_LOCALE 'ja-JP' LOCALE 'C' TEMPLATE "
      "template0");
  for (const char* name : {"latin_faults", "sorted_faults"}) {
    const std::string address = server.address(name, server.owner());
    BOOST_TEST(kind_of_creating(address) == "invalid_argument/address");
    BOOST_TEST(text_of([&] {
                 return ServerCity(address).open().opened_with();
               }).find("createdb --template=template0 --encoding=UTF8 --locale=C") !=
               std::string::npos);
    server.drop(address);
  }
}

BOOST_AUTO_TEST_CASE(no_server_and_no_database) {
  PostgresServer& server = PostgresServer::shared();
  BOOST_TEST(kind_of_creating("postgresql:///x?host=/nowhere") == "io/server");
  BOOST_TEST(kind_of_creating(server.address("nobody_made_it", server.owner())) ==
             "not_a_store/database");
}

BOOST_AUTO_TEST_CASE(a_server_that_only_reads) {
  PostgresServer server;
  const std::string address = server.new_database();
  const ServerCity city(address);
  Store store = city.open();
  const Session officer = store.sign_in(joso, "kanri", password);
  const auto add = [&] { return officer.evacuees().add(resident("架空", "カクウ"), {}).id; };
  BOOST_TEST(kind_of(add) == "none");
  server.stop();
  server.become_standby();
  server.start();
  BOOST_TEST(kind_of([&] { return officer.evacuees().list().items.size(); }) == "none");
  // In vain it waits for the server to become a primary.
  BOOST_TEST(kind_of(add) == "io/standby");
  BOOST_TEST(kind_of_opening(city, address + "&target_session_attrs=read-write") == "io/standby");
}

BOOST_AUTO_TEST_SUITE_END()
#endif
