#include "storage/engines/postgresql/connecting.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>

#include "storage/engines/postgresql/kept_rows.hpp"
#include "storage/engines/postgresql/messages.hpp"
#include "storage/engines/postgresql/password_file.hpp"

namespace renraku::storage::postgresql {
namespace {

/// For all hosts of the address together. One that is silent is given up after tcp_user_timeout.
constexpr std::chrono::seconds connect_patience{30};
constexpr const char* silence_ms_max = "5000";
constexpr int oldest_server = 150'000;

/// How long a statement waits for a lock before Error{busy} is the same as on the other engine. The
/// scanner of parameters reads quotes as the standard has them. A commit is on the disk before it
/// is acknowledged, whatever the role, the address or the environment sets. The statements are
/// written for walks along indexes, which is what they cost once a table is large, so the planner
/// is to find no other way while it knows little of a new table, and to plan each once. At last,
/// whether the database sorts texts as their bytes are: the order of a language changes with the
/// server's C library, and leaves damaged indexes behind.
constexpr const char* settings =
    "SET lock_timeout = 10000; SET standard_conforming_strings = on; SET client_min_messages = "
    "warning; SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; "
    "SET enable_hashjoin = off; SET enable_mergejoin = off; SET enable_sort = off; SET jit = off; "
    "SET max_parallel_workers_per_gather = 0; "
    "SELECT set_config('synchronous_commit', 'on', false) "
    "WHERE current_setting('synchronous_commit') = 'off'; "
    "SELECT 'Z' < 'a' AND 'a-b' < 'aa'";

constexpr std::string_view doing = "connecting to the server";

void require_readable(const std::string& address) {
  char* problem = nullptr;  // may quote the password
  const Options options(PQconninfoParse(address.c_str(), &problem));
  PQfreemem(problem);
  if (options && !address.empty()) return;  // nothing at all means a server on this machine
  throw Error(ErrorCode::invalid_argument,
              "the address of the server can't be read; write postgresql://host/database",
              "address");
}

// libpq's own waiting would tell a failure in words alone, in the host's language.
class Connecting {
 public:
  explicit Connecting(const std::string& address) {
    // What stands before the address is a default, what stands behind it is not to be changed.
    const std::string passwords = password_file(address);
    const std::array keywords{"tcp_user_timeout", "fallback_application_name",
                              "dbname",           "client_encoding",
                              "passfile",         static_cast<const char*>(nullptr)};
    const std::array values{silence_ms_max, "renraku",         address.c_str(),
                            "UTF8",         passwords.c_str(), static_cast<const char*>(nullptr)};
    handle_.reset(PQconnectStartParams(keywords.data(), values.data(), 1));
    if (!handle_) throw Error(ErrorCode::internal, "the memory ran out; nothing was changed");
    // From here on libpq's messages end with the SQLSTATE and hold no text of the server's.
    PQsetErrorVerbosity(handle_.get(), PQERRORS_SQLSTATE);
    hear_messages(handle_.get());
  }

  ConnectionHandle run() {
    if (PQstatus(handle_.get()) == CONNECTION_BAD) throw refusal();
    PostgresPollingStatusType wanted = PGRES_POLLING_WRITING;
    while (wanted != PGRES_POLLING_OK) {
      if (wanted == PGRES_POLLING_FAILED || !wait(wanted)) throw refusal();
      look();
      wanted = PQconnectPoll(handle_.get());
    }
    return std::move(handle_);
  }

 private:
  using Clock = std::chrono::steady_clock;

  [[nodiscard]] bool wait(PostgresPollingStatusType wanted) const {
    pollfd socket{PQsocket(handle_.get()),
                  static_cast<short>(wanted == PGRES_POLLING_READING ? POLLIN : POLLOUT), 0};
    int found = -1;
    do {
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
          begun_ + connect_patience - Clock::now());
      found = ::poll(&socket, 1, static_cast<int>(std::max<long>(left.count(), 0)));
    } while (found < 0 && errno == EINTR);
    return found > 0;
  }

  /// Remembers how far it came, which a failure makes libpq forget.
  void look() {
    before_ = PQstatus(handle_.get());
    if (before_ != CONNECTION_SSL_STARTUP) {
      tls_answer_ = 0;
    } else if (!PQsslInUse(handle_.get())) {
      ::recv(PQsocket(handle_.get()), &tls_answer_, 1, MSG_PEEK | MSG_DONTWAIT);
    }
  }

  [[nodiscard]] Error refusal() const {
    const std::string_view state = state_told();
    if (!state.empty()) return error_of(state, doing);
    if (PQconnectionNeedsPassword(handle_.get())) return error_of("28P01", doing);
    if (before_ == CONNECTION_SSL_STARTUP && tls_answer_ != 0) return no_tls();
    // Let in, and libpq did not like what the server is.
    const bool got_in = before_ != CONNECTION_STARTED && before_ != CONNECTION_MADE &&
                        before_ != CONNECTION_SSL_STARTUP;
    return got_in && wants_certain_server() ? only_reads(doing) : error_of("08001", doing);
  }

  [[nodiscard]] Error no_tls() const {
    if (tls_answer_ == 'S') {
      return {ErrorCode::io,
              "TLS with the server failed: its certificate is another host's, or nobody whom the "
              "address trusts vouches for it",
              "certificate"};
    }
    return {ErrorCode::io, "the server speaks no TLS, which the address asks for", "tls"};
  }

  [[nodiscard]] bool wants_certain_server() const {
    const Options options(PQconninfo(handle_.get()));
    for (const PQconninfoOption* option = options.get(); option && option->keyword; ++option) {
      if (std::string_view(option->keyword) != "target_session_attrs") continue;
      return option->val && std::string_view(option->val) != "any";
    }
    return false;
  }

  /// The SQLSTATE at the end of libpq's message, when the server gave one. Behind it there may be a
  /// line that names the file from which the password came.
  [[nodiscard]] std::string_view state_told() const {
    std::string_view text = PQerrorMessage(handle_.get());
    for (int line = 0; line < 2; ++line) {
      while (text.ends_with('\n')) text.remove_suffix(1);
      const std::string_view word = text.substr(text.find_last_of(" \n") + 1);
      const bool is_state = word.size() == 5 && std::all_of(word.begin(), word.end(), [](char c) {
                              return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
                            });
      if (is_state) return word;
      text = text.substr(0, text.find_last_of('\n') + 1);
    }
    return {};
  }

  ConnectionHandle handle_;
  ConnStatusType before_ = CONNECTION_STARTED;
  /// What the server said to the question for TLS: S or N, 0 while it said nothing.
  char tls_answer_ = 0;
  Clock::time_point begun_ = Clock::now();
};

void require_usable(PGconn* connection) {
  if (PQserverVersion(connection) < oldest_server) {
    throw Error(ErrorCode::invalid_argument,
                "the server is older than PostgreSQL 15; update it or choose another", "address");
  }
  const char* encoding = PQparameterStatus(connection, "server_encoding");
  if (!encoding || std::string_view(encoding) != "UTF8") {
    throw Error(ErrorCode::invalid_argument,
                "the database keeps its texts in another encoding than UTF-8; make it anew "
                "(createdb --template=template0 --encoding=UTF8 --locale=C)",
                "address");
  }
}

}  // namespace

void Finish::operator()(PGconn* connection) const noexcept {
  if (generation != base::fork_generation()) {
    // The descriptor becomes another file, so that libpq's farewell does not reach the server.
    const int nowhere = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    if (nowhere >= 0 && PQsocket(connection) >= 0) ::dup2(nowhere, PQsocket(connection));
    if (nowhere >= 0) ::close(nowhere);
  }
  PQfinish(connection);
}

ConnectionHandle connect(const std::string& address) {
  require_readable(address);
  ConnectionHandle connection = Connecting(address).run();
  require_usable(connection.get());
  const Result result(PQexec(connection.get(), settings));
  if (PQresultStatus(result.get()) != PGRES_TUPLES_OK) throw error_of(result.get(), doing);
  if (cell_of(result.get(), 0).view() != "t") {
    throw Error(ErrorCode::invalid_argument,
                "the database sorts texts by the rules of a language; make it anew with the locale "
                "C (createdb --template=template0 --encoding=UTF8 --locale=C)",
                "address");
  }
  return connection;
}

}  // namespace renraku::storage::postgresql
