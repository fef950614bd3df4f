// The sealed form of one column of one row.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "storage/engines/postgresql/catalogue.hpp"
#include "storage/engines/postgresql/vault.hpp"

namespace renraku::storage::postgresql {

/// A sealed value is the number of its key (4 bytes) and what crypto::Sealer made of the value,
/// filled up to a multiple of 16 bytes so that its length tells little. It is bound to the store,
/// the key, the table, the column and the row's identity, revision included: put anywhere else, or
/// mixed with another revision's, it does not open.
class RowSeal {
 public:
  RowSeal(std::shared_ptr<Vault> vault, const Table& table, std::string_view column);

  /// `identity` holds the values of Table::identity, in that order and as they travel in binary.
  [[nodiscard]] crypto::Bytes seal(std::span<const std::string_view> identity,
                                   std::string_view value) const;
  /// Error{damaged}.
  [[nodiscard]] crypto::Bytes open(std::span<const std::string_view> identity,
                                   std::string_view sealed) const;

 private:
  [[nodiscard]] KeyOwner owner(std::span<const std::string_view> identity) const;
  [[nodiscard]] crypto::Bytes associated(std::span<const std::string_view> identity,
                                         std::uint32_t key) const;

  std::shared_ptr<Vault> vault_;
  crypto::Bytes place_;
  /// The identity column that says whose key it is; -1 for the store's own.
  int owner_at_ = -1;
  bool owner_is_code_ = false;
};

}  // namespace renraku::storage::postgresql
