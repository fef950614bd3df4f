// The handle of a store, and secrets on their way to it.
#pragma once

#include <renraku/c/store.h>
#include <string.h>

#include <renraku/store.hpp>

#include "read.hpp"

struct renraku_store {
  explicit renraku_store(renraku::Store opened) : store(std::move(opened)) {}
  renraku::Store store;
};

namespace renraku::capi {

/// The C++ store behind a handle.
inline Store& at(renraku_store* store) {
  return need(store, "store").store;
}

/// A copy of a secret text that is overwritten when the call ends.
class Wiped : public Passphrase {
 public:
  Wiped(const char* secret, std::string_view argument) : Passphrase{read_text(secret, argument)} {}
  Wiped(const Wiped&) = delete;
  Wiped& operator=(const Wiped&) = delete;
  ~Wiped() { ::explicit_bzero(text.data(), text.size()); }
};

/// How a host wants a store opened.
[[nodiscard]] StoreOptions read_store_options(const renraku_store_options* given);

/// Where a host has the small files of stores on servers kept.
[[nodiscard]] Keeper read_keeper(const renraku_keeper* given);

/// Reads a host's own key.
inline HostKey read_host_key(const std::uint8_t* key, std::uint64_t size) {
  HostKey out{};
  need(key, "key");
  if (size != out.bytes.size()) refuse_argument("a host key is 32 bytes", "key_size");
  std::copy_n(key, out.bytes.size(), out.bytes.begin());
  return out;
}

}  // namespace renraku::capi
