#include "storage/engines/sqlcipher/connection.hpp"

#include <array>

#include "storage/engines/sqlcipher/has_all.hpp"
#include "storage/engines/sqlcipher/words.hpp"

namespace renraku::storage::sqlcipher {
namespace {

/// How long a writer waits for another process before Error{busy}.
constexpr int busy_patience_ms = 10'000;

/// Settings that the measurements recommend: FULL loses no acknowledged commit on power failure,
/// and the cache must hold the working set, since each page read costs a decryption and an HMAC.
/// The log that a large import leaves is cut to 64 MB when it begins anew: backups copy it.
constexpr std::string_view settings =
    "PRAGMA cipher_page_size = 4096;"
    "PRAGMA cipher_log_level = NONE;"
    "PRAGMA journal_mode = WAL;"
    "PRAGMA synchronous = FULL;"
    "PRAGMA cache_size = -65536;"
    "PRAGMA journal_size_limit = 67108864;"
    "PRAGMA foreign_keys = ON;"
    "PRAGMA temp_store = MEMORY;"
    "PRAGMA trusted_schema = OFF;";

constexpr std::string_view oldest_cipher = "4.";

}  // namespace

Error gone() {
  return {ErrorCode::busy,
          "the store was encrypted anew, or its database was moved; open the store again",
          "reopen"};
}

SqlcipherConnection::SqlcipherConnection(const std::filesystem::path& file, PageKey key, int flags)
    : handle_(open_file(file, flags)) {
  sqlite3_busy_timeout(handle_.get(), busy_patience_ms);
  // Without the planner's stability guarantee a LIKE with a bound pattern is prepared anew for
  // every value, which takes longer than most look-ups.
  sqlite3_db_config(handle_.get(), SQLITE_DBCONFIG_ENABLE_QPSG, 1, nullptr);
  define_has_all(handle_.get());
  set_key(key);
  require_cipher();
  // The first read proves the key, before any setting could write to the file.
  run("SELECT count(*) FROM sqlite_master");
  run(settings);
}

std::unique_ptr<Statement> SqlcipherConnection::prepare(std::string_view sql) {
  return std::make_unique<SqlcipherStatement>(handle_.get(), sql);
}

void SqlcipherConnection::run(std::string_view script) {
  const std::string text(script);
  check(handle_.get(), sqlite3_exec(handle_.get(), text.c_str(), nullptr, nullptr, nullptr),
        "running a statement");
}

void SqlcipherConnection::begin_read() {
  begin_read_.run(*this, "BEGIN");
  refuse_moved();
}

void SqlcipherConnection::begin_write() {
  begin_write_.run(*this, "BEGIN IMMEDIATE");
  refuse_moved();
}

void SqlcipherConnection::rollback() noexcept {
  if (!sqlite3_get_autocommit(handle_.get())) {
    sqlite3_exec(handle_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
  }
}

void SqlcipherConnection::set_schema_version(int version) {
  run(fmt::format("PRAGMA user_version = {}", version));
}

void SqlcipherConnection::define(std::string_view script) {
  run(in_words_of(words, script));
}

void SqlcipherConnection::Kept::run(SqlcipherConnection& connection, std::string_view sql) {
  if (!statement) statement = std::make_unique<SqlcipherStatement>(connection.handle(), sql);
  struct Reset {
    SqlcipherStatement& statement;
    ~Reset() { statement.reset(); }
  } reset{*statement};
  statement->step();
}

void SqlcipherConnection::set_key(PageKey key) {
  // SQLCipher takes a raw key as text x'…'; the buffer is wiped because it is the key.
  std::array<char, 2 + 64 + 1> text{};
  text[0] = 'x';
  text[1] = '\'';
  for (std::size_t i = 0; i < key.size(); ++i) {
    constexpr std::string_view hex = "0123456789abcdef";
    text[2 + 2 * i] = hex[key[i] >> 4];
    text[3 + 2 * i] = hex[key[i] & 15];
  }
  text.back() = '\'';
  const int result = sqlite3_key(handle_.get(), text.data(), static_cast<int>(text.size()));
  volatile char* wipe = text.data();
  for (std::size_t i = 0; i < text.size(); ++i) wipe[i] = 0;
  check(handle_.get(), result, "setting the key");
}

// A plain SQLite that captured our calls would ignore the key and write plaintext.
void SqlcipherConnection::require_cipher() {
  SqlcipherStatement version(handle_.get(), "PRAGMA cipher_version");
  if (!version.step() || !version.text(0).starts_with(oldest_cipher)) {
    throw Error(ErrorCode::internal,
                "the SQLite library in this process is not the SQLCipher 4 renraku was built with");
  }
}

void SqlcipherConnection::refuse_moved() {
  int moved = 0;
  sqlite3_file_control(handle_.get(), "main", SQLITE_FCNTL_HAS_MOVED, &moved);
  if (moved == 0) return;
  rollback();
  throw gone();
}

std::int64_t SqlcipherConnection::number(std::string_view sql) {
  SqlcipherStatement statement(handle_.get(), sql);
  return statement.step() ? statement.integer(0) : 0;
}

}  // namespace renraku::storage::sqlcipher
