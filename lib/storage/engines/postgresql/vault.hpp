// The keys of rows on a server that is not trusted: what the library seals and finds by there.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <renraku/id.hpp>
#include <string>
#include <string_view>

#include "crypto/hmac.hpp"
#include "crypto/seal.hpp"
#include "crypto/secret.hpp"

/// libpq's connection.
struct pg_conn;

namespace renraku::storage::postgresql {

/// One municipality's keys, or the store's own. Read by any thread.
struct RowKeySet {
  std::uint32_t number;
  crypto::Sealer sealer;
  /// Of look-ups by equality.
  crypto::HmacKey index;
};

/// Which municipality's keys: the first five digits of its code, 0 for the store's own.
using KeyOwner = std::int64_t;
/// None for what is no code.
[[nodiscard]] std::optional<KeyOwner> key_owner(std::string_view municipality_code);
/// The owner that leads a row's integer key (storage/row_key.hpp).
[[nodiscard]] inline KeyOwner key_owner(std::int64_t row_key) {
  return row_key >> 46;
}

/// Keys are random, wrapped under a key of the store's, and lie on the server, wrapped, in the
/// table renraku_row_key. Each is made when the first row of its municipality needs it, on a
/// connection of its own, so that no transaction that fails takes a key away. Used from any thread.
class Vault {
 public:
  /// `server_key` comes from the store key; `store` is the store's id, which every sealed value is
  /// bound to.
  Vault(std::string address, const crypto::Key& server_key, const Uuid& store)
      : address_(std::move(address)), wrapping_(server_key), store_(store) {}

  [[nodiscard]] const Uuid& store() const { return store_; }
  /// What new values are sealed under; makes it when there is none.
  [[nodiscard]] std::shared_ptr<const RowKeySet> newest(KeyOwner owner);
  /// Error{damaged} when the server has no such key.
  [[nodiscard]] std::shared_ptr<const RowKeySet> numbered(KeyOwner owner, std::uint32_t number);

 private:
  using Place = std::pair<KeyOwner, std::uint32_t>;

  [[nodiscard]] std::shared_ptr<const RowKeySet> find(KeyOwner owner, std::uint32_t number) const;
  void read(pg_conn* connection, KeyOwner owner);
  void make_first(pg_conn* connection, KeyOwner owner);
  [[nodiscard]] crypto::Bytes associated(const Place& place) const;

  std::string address_;
  crypto::Sealer wrapping_;
  Uuid store_;
  std::mutex mutex_;
  std::map<Place, std::shared_ptr<const RowKeySet>> keys_;
};

}  // namespace renraku::storage::postgresql
