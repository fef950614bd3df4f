// HMAC-SHA-256 (RFC 2104, RFC 4231).
#pragma once

#include <initializer_list>

#include "crypto/bytes.hpp"
#include "crypto/hash.hpp"
#include "crypto/secret.hpp"

namespace renraku::crypto {

/// A key made ready for HMAC: the two compressions that depend on the key alone are done once, so a
/// short message costs two instead of four. Keep it where many messages use one key. The prepared
/// state is as secret as the key and lies in secret memory. `mac` is safe from several threads.
class HmacKey {
 public:
  /// A key of any length; copied, not kept.
  explicit HmacKey(ByteView key);
  explicit HmacKey(const Key& key) : HmacKey(key.bytes()) {}

  [[nodiscard]] Digest mac(ByteView message) const noexcept { return mac({message}); }
  /// Over the pieces one after the other. Their borders do not count: whoever joins pieces of
  /// varying length puts the lengths in.
  [[nodiscard]] Digest mac(std::initializer_list<ByteView> pieces) const noexcept;

  /// True when `expected` is the message's value; compares in constant time.
  [[nodiscard]] bool verify(ByteView message, const Digest& expected) const noexcept;

 private:
  SecretBytes state_;
};

}  // namespace renraku::crypto
