#include <array>
#include <fstream>

#include "storage/engines/sqlcipher/checkpointing.hpp"
#include "storage/engines/sqlcipher/messages.hpp"

namespace renraku::storage::sqlcipher {
namespace {

/// The first page is written when the database is made; what is shorter was cut.
constexpr std::uintmax_t page_size = 4096;

class SqlcipherEngine final : public Engine {
 public:
  SqlcipherEngine(std::filesystem::path file, PageKey key) : file_(std::move(file)) {
    std::copy(key.begin(), key.end(), key_.begin());
    hear_messages();
  }
  SqlcipherEngine(const SqlcipherEngine&) = delete;
  SqlcipherEngine& operator=(const SqlcipherEngine&) = delete;
  ~SqlcipherEngine() override {
    volatile std::uint8_t* wipe = key_.data();
    for (std::size_t i = 0; i < key_.size(); ++i) wipe[i] = 0;
  }

  std::unique_ptr<Connection> connect() override {
    auto connection = open();
    checkpointing_.watch(*connection);
    return connection;
  }

  void create() const {
    const SqlcipherConnection made(
        file_, key_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX);
  }

  [[nodiscard]] std::unique_ptr<SqlcipherConnection> open() const {
    std::error_code unknown;
    if (!std::filesystem::exists(file_, unknown)) throw gone();
    return std::make_unique<SqlcipherConnection>(file_, key_,
                                                 SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX);
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
  Checkpointing checkpointing_{[this] { return open(); }};
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
  static_cast<void>(engine->open());
  return engine;
}

}  // namespace renraku::storage::sqlcipher
