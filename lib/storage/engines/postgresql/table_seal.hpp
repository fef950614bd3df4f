// The sealed form of a table's columns.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/engines/postgresql/catalogue.hpp"
#include "storage/engines/postgresql/keys_in_use.hpp"

namespace renraku::storage::postgresql {

/// What a row is told apart by, as the values of Table::identity travel.
class RowIdentity {
 public:
  void clear();
  void add(std::string_view value);

  /// One form for one identity.
  [[nodiscard]] crypto::ByteView bytes() const { return bytes_; }
  [[nodiscard]] std::string_view value(std::size_t place) const;

 private:
  crypto::Bytes bytes_;
  /// Where the values begin within.
  std::vector<std::size_t> places_;
};

/// A sealed value is the number of its key (4 bytes) and what crypto::GroupSealer made of the
/// value, filled up to a multiple of 16 bytes so that its length tells little. It is bound to the
/// store, the key, the table, the column and the row's identity, revision included: put anywhere
/// else, or mixed with another revision's, it does not open. The columns that a statement writes
/// are one group. Of one statement.
class TableSeal {
 public:
  struct Column {
    /// Of store, table and column.
    crypto::Digest bound;
    crypto::GroupPlace place;
  };

  /// Error{internal} where there are no keys. `keys` outlives it.
  TableSeal(KeysInUse& keys, const Table& table);

  [[nodiscard]] Column column(std::string_view name) const;

  /// From here on values are of this row.
  void begin_row(RowIdentity identity);
  /// Seals a value of the row; its columns once each after begin_row.
  [[nodiscard]] crypto::Bytes seal(const Column& column, std::string_view value);
  /// Error{damaged}.
  [[nodiscard]] crypto::Bytes open(const Column& column, std::string_view sealed);

 private:
  [[nodiscard]] KeyOwner owner() const;
  [[nodiscard]] const crypto::Bytes& associated(const Column& column, std::uint32_t key);
  [[nodiscard]] const RowKey& key(std::uint32_t number);

  KeysInUse& keys_;
  std::string table_;
  /// The identity column that says whose key it is; none for the store's own.
  std::optional<std::size_t> owner_at_;
  bool owner_is_code_ = false;

  RowIdentity row_;
  KeyOwner row_owner_ = 0;
  crypto::Digest row_digest_{};
  std::shared_ptr<const RowKey> key_;
  KeyOwner key_owner_ = -1;
  std::optional<crypto::GroupSealer> group_;
  crypto::GroupOpener opener_;
  crypto::Bytes associated_;
};

}  // namespace renraku::storage::postgresql
