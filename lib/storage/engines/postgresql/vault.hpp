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

/// What values of one municipality, or the store's own, are sealed under. Read by any thread.
struct RowKey {
  std::uint32_t number;
  crypto::RowSealer sealer;
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
/// table renraku_row_key. Each is made when it is first needed, on a connection of its own, so that
/// no transaction that fails takes a key away. An owner has one key that values are found by, and
/// numbered ones that they are sealed under, one of them for what is written now (KeysInUse knows
/// which). Used from any thread.
class Vault {
 public:
  static constexpr std::uint32_t first_number = 1;

  /// `server_key` comes from the store key; `store` is the store's id, which every sealed value is
  /// bound to.
  Vault(std::string address, const crypto::Key& server_key, const Uuid& store)
      : address_(std::move(address)), wrapping_(server_key), store_(store) {}

  [[nodiscard]] const Uuid& store() const { return store_; }
  /// Makes it when there is none.
  [[nodiscard]] std::shared_ptr<const RowKey> obtain(KeyOwner owner, std::uint32_t number);
  /// Error{damaged} when the server has no such key.
  [[nodiscard]] std::shared_ptr<const RowKey> find(KeyOwner owner, std::uint32_t number);
  /// The one with the highest number that the server has, for when nobody knows which one counts;
  /// makes the first.
  [[nodiscard]] std::shared_ptr<const RowKey> newest(KeyOwner owner);
  /// What values are found by; made when there is none. It is the owner's for ever.
  [[nodiscard]] std::shared_ptr<const crypto::HmacKey> index(KeyOwner owner);

  /// The server has but this numbered key of the owner's any more.
  void forget_but(KeyOwner owner, std::uint32_t number);

 private:
  using Place = std::pair<KeyOwner, std::uint32_t>;

  /// Asks the server, which keeps what it was given, unless `known` says something already.
  template <class Known>
  [[nodiscard]] auto known_or_made(const Place& place, Known&& known);
  void read(pg_conn* connection, KeyOwner owner);
  void make(pg_conn* connection, const Place& place);
  [[nodiscard]] crypto::Bytes associated(const Place& place) const;

  std::string address_;
  crypto::Sealer wrapping_;
  Uuid store_;
  std::mutex mutex_;
  std::map<Place, std::shared_ptr<const RowKey>> keys_;
  std::map<KeyOwner, std::shared_ptr<const crypto::HmacKey>> indexes_;
};

}  // namespace renraku::storage::postgresql
