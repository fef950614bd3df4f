#include <stdexcept>

#include "bench/raw.hpp"
#include "crypto/hash.hpp"
#include "crypto/hkdf.hpp"
#include "crypto/key_file.hpp"
#include "crypto/key_header.hpp"

namespace renraku::bench {
namespace {

void check(sqlite3* database, int result) {
  if (result != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(database));
}

int count_rows(sqlite3_stmt* statement) {
  int rows = 0;
  std::size_t bytes = 0;
  while (sqlite3_step(statement) == SQLITE_ROW) {
    ++rows;
    // A program that lists shows what it lists: read every column.
    for (int i = 0; i < sqlite3_column_count(statement); ++i) {
      if (sqlite3_column_text(statement, i)) {
        bytes += static_cast<std::size_t>(sqlite3_column_bytes(statement, i));
      }
    }
  }
  sqlite3_reset(statement);
  return bytes > 0 ? rows : 0;
}

void bind(sqlite3_stmt* statement, const char* name, std::string_view text) {
  sqlite3_bind_text(statement, sqlite3_bind_parameter_index(statement, name), text.data(),
                    static_cast<int>(text.size()), SQLITE_TRANSIENT);
}

}  // namespace

crypto::Key page_key_of(const std::filesystem::path& store, const crypto::Key& host_key) {
  const auto header = crypto::read_key_header(store / "keys").header;
  const auto unlocked = crypto::unlock_with_host_key(header, host_key);
  return crypto::derive_key(unlocked.store_key, "renraku database pages");
}

RawDatabase open_raw(const std::filesystem::path& file, const crypto::Key& page_key) {
  sqlite3* raw = nullptr;
  const int opened =
      sqlite3_open_v2(file.c_str(), &raw,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
  RawDatabase database(raw);
  check(raw, opened);
  const std::string key = "x'" + crypto::hex(page_key.bytes()) + "'";
  check(raw, sqlite3_key(raw, key.data(), static_cast<int>(key.size())));
  run_raw(raw,
          "PRAGMA cipher_page_size = 4096; PRAGMA journal_mode = WAL; "
          "PRAGMA synchronous = FULL; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY");
  return database;
}

RawStatement prepare_raw(sqlite3* database, std::string_view sql) {
  sqlite3_stmt* raw = nullptr;
  check(database, sqlite3_prepare_v3(database, sql.data(), static_cast<int>(sql.size()),
                                     SQLITE_PREPARE_PERSISTENT, &raw, nullptr));
  return RawStatement(raw);
}

void run_raw(sqlite3* database, const char* sql) {
  check(database, sqlite3_exec(database, sql, nullptr, nullptr, nullptr));
}

RawFind::RawFind(sqlite3* database)
    : statement_(prepare_raw(database,
                             "SELECT p.* FROM person_key k CROSS JOIN person p "
                             "WHERE k.key = :key AND p.pk = k.person")) {}

int RawFind::run(std::string_view digits) {
  bind(statement_.get(), ":key", "p:" + std::string(digits));
  return count_rows(statement_.get());
}

RawList::RawList(sqlite3* database)
    : statement_(prepare_raw(
          database,
          "SELECT e.id, e.person, e.reference, p.municipal_number, p.name, p.kana, p.birth_date, "
          "p.sex, p.phones, e.consent, e.label, e.district, e.reason, e.care_level "
          "FROM person_search s JOIN evacuee e ON e.person_pk = s.person "
          "JOIN person p ON p.pk = s.person WHERE s.municipality = :municipality "
          "AND e.listed = 1 ORDER BY s.sort, s.person LIMIT 50")) {}

int RawList::run(std::string_view municipality) {
  bind(statement_.get(), ":municipality", municipality);
  return count_rows(statement_.get());
}

}  // namespace renraku::bench
