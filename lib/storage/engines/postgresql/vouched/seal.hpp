// The sealed forms of vouched rows and of their head.
#pragma once

#include <memory>
#include <renraku/error.hpp>
#include <string_view>

#include "storage/engines/postgresql/vault.hpp"
#include "storage/engines/postgresql/vouched/head.hpp"

namespace renraku::storage::postgresql {

/// Where a row lies: put anywhere else, or under another version, it does not open.
struct VouchedPlace {
  std::string_view table;
  std::int64_t rowid = 0;
  std::uint64_t version = 0;
};

/// What decides about all municipalities alike, and is not personal data of one, is the store's.
inline constexpr KeyOwner the_store = 0;

/// A sealed value is the number of its key, one of the store's own (4 bytes), and crypto::Sealer's
/// form. Of one thread.
class VouchedSeal {
 public:
  explicit VouchedSeal(std::shared_ptr<Vault> vault) : vault_(std::move(vault)) {}

  /// What is sealed from here on is sealed under this key of the store's own.
  void seal_under(std::uint32_t number) { number_ = number; }
  [[nodiscard]] std::uint32_t number() const { return number_; }

  [[nodiscard]] crypto::Bytes seal(const VouchedPlace& place, crypto::ByteView row);
  /// Error{damaged}, field "access".
  [[nodiscard]] crypto::Bytes open(const VouchedPlace& place, crypto::ByteView sealed);
  /// What the sum of its table takes of a sealed row.
  [[nodiscard]] crypto::Digest digest(const VouchedPlace& place, crypto::ByteView sealed);

  [[nodiscard]] crypto::Bytes seal(const VouchedHead& head);
  /// Error{damaged}, field "access".
  [[nodiscard]] VouchedHead open_head(crypto::ByteView sealed);

 private:
  [[nodiscard]] crypto::Bytes seal(crypto::ByteView associated, crypto::ByteView plain);
  [[nodiscard]] crypto::Bytes open(crypto::ByteView associated, crypto::ByteView sealed);
  [[nodiscard]] const RowKey& key(std::uint32_t number);
  [[nodiscard]] const RowKey& key_of(crypto::ByteView sealed);
  [[nodiscard]] crypto::Bytes associated(const VouchedPlace& place) const;
  [[nodiscard]] crypto::Bytes associated_of_head() const;

  std::shared_ptr<Vault> vault_;
  std::uint32_t number_ = Vault::first_number;
  std::shared_ptr<const RowKey> key_;
  std::shared_ptr<const crypto::HmacKey> index_;
};

/// Whatever shows that the vouched tables are not what the library wrote.
[[nodiscard]] Error not_vouched(std::string_view what);

}  // namespace renraku::storage::postgresql
