#include <array>
#include <fstream>
#include <mutex>

#include "storage/engines/sqlcipher/sqlcipher.hpp"
#include "storage/engines/sqlcipher/statement.hpp"

namespace renraku::storage::sqlcipher {
namespace {

/// How long a writer waits for another process before Error{busy}.
constexpr int busy_patience_ms = 10'000;

/// Settings that the measurements recommend: FULL loses no acknowledged commit on power failure,
/// and the cache must hold the working set, since each page read costs a decryption and an HMAC.
constexpr std::string_view settings =
    "PRAGMA cipher_page_size = 4096;"
    "PRAGMA cipher_log_level = NONE;"
    "PRAGMA journal_mode = WAL;"
    "PRAGMA synchronous = FULL;"
    "PRAGMA cache_size = -65536;"
    "PRAGMA foreign_keys = ON;"
    "PRAGMA temp_store = MEMORY;"
    "PRAGMA trusted_schema = OFF;";

constexpr std::string_view oldest_cipher = "4.";

/// The first page is written when the database is made; what is shorter was cut.
constexpr std::uintmax_t page_size = 4096;

std::string replace_all(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
  return text;
}

class SqlcipherConnection final : public Connection {
 public:
  SqlcipherConnection(const std::filesystem::path& file, PageKey key, int flags) {
    sqlite3* raw = nullptr;
    const int opened = sqlite3_open_v2(file.c_str(), &raw, flags | SQLITE_OPEN_EXRESCODE, nullptr);
    handle_.reset(raw);
    check(raw, opened, "opening the database file");
    sqlite3_busy_timeout(raw, busy_patience_ms);
    // Without the planner's stability guarantee a LIKE with a bound pattern is prepared anew for
    // every value, which takes longer than most look-ups.
    sqlite3_db_config(raw, SQLITE_DBCONFIG_ENABLE_QPSG, 1, nullptr);
    set_key(key);
    require_cipher();
    // The first read proves the key, before any setting could write to the file.
    run("SELECT count(*) FROM sqlite_master");
    run(settings);
  }

  std::unique_ptr<Statement> prepare(std::string_view sql) override {
    return std::make_unique<SqlcipherStatement>(handle_.get(), sql);
  }

  void run(std::string_view script) override {
    const std::string text(script);
    check(handle_.get(), sqlite3_exec(handle_.get(), text.c_str(), nullptr, nullptr, nullptr),
          "running a statement");
  }

  void begin_read() override { begin_read_.run(*this, "BEGIN"); }
  void begin_write() override { begin_write_.run(*this, "BEGIN IMMEDIATE"); }
  void commit() override { commit_.run(*this, "COMMIT"); }
  void rollback() noexcept override {
    if (!sqlite3_get_autocommit(handle_.get())) {
      sqlite3_exec(handle_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
    }
  }

  int schema_version() override { return static_cast<int>(number("PRAGMA user_version")); }
  void set_schema_version(int version) override {
    run(fmt::format("PRAGMA user_version = {}", version));
  }

  void define(std::string_view script) override {
    std::string text = replace_all(std::string(script), "@key", "INTEGER PRIMARY KEY");
    text = replace_all(std::move(text), "@bytes", "BLOB");
    run(replace_all(std::move(text), "@clustered", "WITHOUT ROWID"));
  }

 private:
  // A statement run so often that even looking it up by its text would show.
  struct Kept {
    std::unique_ptr<SqlcipherStatement> statement;
    void run(SqlcipherConnection& connection, std::string_view sql) {
      if (!statement) {
        statement = std::make_unique<SqlcipherStatement>(connection.handle_.get(), sql);
      }
      struct Reset {
        SqlcipherStatement& statement;
        ~Reset() { statement.reset(); }
      } reset{*statement};
      statement->step();
    }
  };

  void set_key(PageKey key) {
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
  void require_cipher() {
    SqlcipherStatement version(handle_.get(), "PRAGMA cipher_version");
    if (!version.step() || !version.text(0).starts_with(oldest_cipher)) {
      throw Error(
          ErrorCode::internal,
          "the SQLite library in this process is not the SQLCipher 4 renraku was built with");
    }
  }

  std::int64_t number(std::string_view sql) {
    SqlcipherStatement statement(handle_.get(), sql);
    return statement.step() ? statement.integer(0) : 0;
  }

  ConnectionHandle handle_;
  Kept begin_read_;
  Kept begin_write_;
  Kept commit_;
};

class SqlcipherEngine final : public Engine {
 public:
  SqlcipherEngine(std::filesystem::path file, PageKey key) : file_(std::move(file)) {
    std::copy(key.begin(), key.end(), key_.begin());
  }
  SqlcipherEngine(const SqlcipherEngine&) = delete;
  SqlcipherEngine& operator=(const SqlcipherEngine&) = delete;
  ~SqlcipherEngine() override {
    volatile std::uint8_t* wipe = key_.data();
    for (std::size_t i = 0; i < key_.size(); ++i) wipe[i] = 0;
  }

  std::unique_ptr<Connection> connect() override {
    return std::make_unique<SqlcipherConnection>(file_, key_,
                                                 SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX);
  }

  std::unique_ptr<Connection> create() {
    return std::make_unique<SqlcipherConnection>(
        file_, key_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX);
  }

  std::vector<std::string> check(Connection& connection) override {
    std::vector<std::string> wrong;
    collect(connection, "PRAGMA cipher_integrity_check", wrong);
    if (!wrong.empty()) return wrong;  // structure checks of altered pages only repeat it
    collect(connection, "PRAGMA integrity_check(20)", wrong);
    collect(connection, "PRAGMA foreign_key_check", wrong);
    return wrong;
  }

 private:
  static void collect(Connection& connection, std::string_view sql,
                      std::vector<std::string>& wrong) {
    constexpr std::size_t lines_max = 20;
    const auto statement = connection.prepare(sql);
    while (statement->step() && wrong.size() < lines_max) {
      if (statement->text(0) != "ok") wrong.emplace_back(statement->text(0));
    }
  }

  std::filesystem::path file_;
  std::array<std::uint8_t, 32> key_{};
};

void refuse_plaintext(const std::filesystem::path& file) {
  constexpr std::string_view plain_header = "SQLite format 3";
  std::array<char, plain_header.size()> start{};
  std::ifstream(file, std::ios::binary).read(start.data(), start.size());
  if (std::string_view(start.data(), start.size()) == plain_header) {
    throw Error(ErrorCode::plaintext, "the database file is an unencrypted SQLite file",
                file.filename().string());
  }
}

}  // namespace

std::unique_ptr<Engine> create(const std::filesystem::path& file, PageKey key) {
  if (std::filesystem::exists(file)) {
    throw Error(ErrorCode::exists, "there is a database file already", file.filename().string());
  }
  auto engine = std::make_unique<SqlcipherEngine>(file, key);
  engine->create();
  return engine;
}

std::unique_ptr<Engine> open(const std::filesystem::path& file, PageKey key) {
  if (!std::filesystem::exists(file)) {
    throw Error(ErrorCode::not_a_store, "the folder holds no database file",
                file.filename().string());
  }
  refuse_plaintext(file);
  // SQLite would take so short a file for a new database, and all residents for never entered.
  std::error_code unknown;
  if (std::filesystem::file_size(file, unknown) < page_size) {
    throw Error(ErrorCode::damaged, "the database file is cut short; look for a backup",
                file.filename().string());
  }
  auto engine = std::make_unique<SqlcipherEngine>(file, key);
  engine->connect();
  return engine;
}

}  // namespace renraku::storage::sqlcipher
