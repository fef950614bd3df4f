// The sealed form of a table's rows.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/engines/postgresql/catalogue.hpp"
#include "storage/engines/postgresql/keys_in_use.hpp"

namespace renraku::storage::postgresql {

/// All sealed columns of a row are one message, so that a row is opened once however many of its
/// columns are read. It lies in the first of them (Table::sealed), its carrier; the others are
/// empty where they have a value. What is NULL is part of the message too.
///
/// It is the number of its key (4 bytes) and what crypto::RowSealer made of the values, filled up
/// to a multiple of 16 bytes so that its length tells little. It is bound to the store, the key,
/// the table and the row's identity, revision included: put anywhere else it does not open. A value
/// is led by two bytes of its column's name's digest and its length, so that columns may come and
/// go. Of one statement.
class TableSeal {
 public:
  /// NULL has none.
  using Value = std::optional<std::string_view>;

  /// Error{internal} where there are no keys. `keys` outlives it.
  TableSeal(KeysInUse& keys, const Table& table);

  /// Another row from here on.
  void begin_row();
  /// The next value of its identity (Table::identity), as it travels.
  void identify(std::string_view value);
  /// What the carrier holds for these values, which are in the order of Table::sealed.
  [[nodiscard]] crypto::Bytes seal(std::span<const Value> values);
  /// Opens what the carrier holds. Error{damaged}.
  void open(std::string_view sealed);
  /// There is no row, so that all of it is NULL.
  void have_none();
  /// Of what was opened, one of Table::sealed; stays until another row is opened.
  [[nodiscard]] const Value& value(std::size_t column) const { return values_[column]; }
  [[nodiscard]] std::span<const Value> values() const { return values_; }

 private:
  using Tag = std::uint16_t;

  void read_values();
  /// Bound to the row and to a key.
  [[nodiscard]] crypto::ByteView associated(std::uint32_t key);
  [[nodiscard]] const RowKey& key(std::uint32_t number);

  KeysInUse& keys_;
  /// Of Table::sealed.
  std::vector<Tag> tags_;
  /// The identity column that says whose key it is; none for the store's own.
  std::optional<std::size_t> owner_at_;
  bool owner_is_code_ = false;

  /// What names the table, and room for the number of a key; then the row's identity.
  crypto::Bytes associated_;
  std::size_t named_ = 0;
  std::size_t identified_ = 0;
  KeyOwner owner_ = 0;
  std::shared_ptr<const RowKey> key_;
  KeyOwner key_owner_ = -1;
  crypto::Bytes plain_;
  std::vector<Value> values_;
};

}  // namespace renraku::storage::postgresql
