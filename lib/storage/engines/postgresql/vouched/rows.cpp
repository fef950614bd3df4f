#include "storage/engines/postgresql/vouched/rows.hpp"

#include <array>

#include "crypto/packing.hpp"
#include "storage/engines/postgresql/types.hpp"

namespace renraku::storage::postgresql {
namespace {

constexpr std::string_view reading = "reading who may see what";

constexpr const char* make_tables =
    "CREATE TABLE IF NOT EXISTS renraku_vouched (in_table TEXT NOT NULL, number BIGINT NOT NULL, "
    "version BIGINT NOT NULL, sealed BYTEA NOT NULL, PRIMARY KEY (in_table, number)); "
    "CREATE INDEX IF NOT EXISTS renraku_vouched_version ON renraku_vouched (in_table, version); "
    "CREATE TABLE IF NOT EXISTS renraku_vouched_head (only_row BIGINT PRIMARY KEY CHECK (only_row "
    "= 1), sealed BYTEA NOT NULL)";

constexpr const char* find_head = "SELECT sealed FROM renraku_vouched_head";
constexpr const char* changed_after =
    "SELECT number, version, sealed FROM renraku_vouched WHERE in_table = $1::text AND "
    "version > $2::bigint";
constexpr const char* sealed_under_others =
    "SELECT number FROM renraku_vouched WHERE in_table = $1::text AND number >= $2::bigint "
    "AND substring(sealed FROM 1 FOR 4) <> $3::bytea ORDER BY number LIMIT $4::bigint";
constexpr const char* put_row =
    "INSERT INTO renraku_vouched (in_table, number, version, sealed) VALUES ($1::text, "
    "$2::bigint, $3::bigint, $4::bytea) ON CONFLICT (in_table, number) DO UPDATE SET "
    "version = EXCLUDED.version, sealed = EXCLUDED.sealed";
constexpr const char* remove_row =
    "DELETE FROM renraku_vouched WHERE in_table = $1::text AND number = $2::bigint";
constexpr const char* put_head =
    "INSERT INTO renraku_vouched_head (only_row, sealed) VALUES (1, $1::bytea) ON "
    "CONFLICT (only_row) DO UPDATE SET sealed = EXCLUDED.sealed";

std::string number_bytes(std::int64_t number) {
  const crypto::Bytes packed = std::move(crypto::Packer().instant(number)).bytes();
  return {packed.begin(), packed.end()};
}

crypto::ByteView cell_bytes(const PGresult* rows, int row, int column) {
  return crypto::view_of(
      {PQgetvalue(rows, row, column), static_cast<std::size_t>(PQgetlength(rows, row, column))});
}

/// The values of one row in libpq's form, all of them as they are.
template <std::size_t count>
struct Values {
  explicit Values(const std::array<std::string_view, count>& contents) {
    for (std::size_t i = 0; i < count; ++i) {
      values[i] = contents[i].data();
      sizes[i] = static_cast<int>(contents[i].size());
      formats[i] = 1;
    }
  }
  [[nodiscard]] BoundValues bound() const { return {values, sizes, formats}; }

  std::array<const char*, count> values{};
  std::array<int, count> sizes{};
  std::array<int, count> formats{};
};

std::string_view text_of(crypto::ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

void VouchedRows::define(Wire& wire) {
  const Result ignored = wire.run(make_tables, "making the tables of who may see what");
}

std::optional<crypto::Bytes> VouchedRows::read_head() {
  const Result rows = wire_.ask(wire_.prepared(find_head), {}, reading);
  if (PQntuples(rows.get()) == 0) return std::nullopt;
  const crypto::ByteView sealed = cell_bytes(rows.get(), 0, 0);
  return crypto::Bytes(sealed.begin(), sealed.end());
}

void VouchedRows::read(std::string_view table, std::uint64_t after,
                       const std::function<void(const Row&)>& visit) {
  const std::array parameters{std::string(table), number_bytes(static_cast<std::int64_t>(after))};
  const Result rows = wire_.ask(wire_.prepared(changed_after), parameters, reading);
  for (int i = 0; i < PQntuples(rows.get()); ++i) {
    visit({integer_from(text_of(cell_bytes(rows.get(), i, 0))),
           static_cast<std::uint64_t>(integer_from(text_of(cell_bytes(rows.get(), i, 1)))),
           cell_bytes(rows.get(), i, 2)});
  }
}

std::vector<std::int64_t> VouchedRows::under_others(std::string_view table, std::uint32_t key,
                                                    std::int64_t from, int limit) {
  const crypto::Bytes number = std::move(crypto::Packer().number(key)).bytes();
  const std::array parameters{std::string(table), number_bytes(from),
                              std::string(number.begin(), number.end()), number_bytes(limit)};
  const Result rows = wire_.ask(wire_.prepared(sealed_under_others), parameters, reading);
  std::vector<std::int64_t> found;
  for (int i = 0; i < PQntuples(rows.get()); ++i) {
    found.push_back(integer_from(text_of(cell_bytes(rows.get(), i, 0))));
  }
  return found;
}

void VouchedRows::write(std::string_view table, const Row& row) {
  const std::string number = number_bytes(row.rowid);
  const std::string version = number_bytes(static_cast<std::int64_t>(row.version));
  const Values<4> values({table, number, version, text_of(row.sealed)});
  wire_.queue(wire_.prepared(put_row).c_str(), values.bound());
}

void VouchedRows::remove(std::string_view table, std::int64_t rowid) {
  const std::string number = number_bytes(rowid);
  const Values<2> values({table, number});
  wire_.queue(wire_.prepared(remove_row).c_str(), values.bound());
}

void VouchedRows::write_head(crypto::ByteView sealed) {
  const Values<1> values({text_of(sealed)});
  wire_.queue(wire_.prepared(put_head).c_str(), values.bound());
}

}  // namespace renraku::storage::postgresql
