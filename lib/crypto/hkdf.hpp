// HKDF-SHA-256 (RFC 5869): keys made from keys.
#pragma once

#include <span>
#include <string_view>

#include "crypto/bytes.hpp"
#include "crypto/hmac.hpp"
#include "crypto/secret.hpp"

namespace renraku::crypto {

/// HKDF-Extract (2.2): concentrates `input` into one uniform key. An empty salt counts as 32 zeros.
[[nodiscard]] Key hkdf_extract(ByteView salt, ByteView input);

/// HKDF-Expand (2.3): fills `out` from a uniform key; the same key and info give the same bytes.
/// Throws Error{invalid_argument} for more than 8160 bytes (255 blocks).
void hkdf_expand(const HmacKey& key, ByteView info, std::span<std::uint8_t> out);

/// A key for one purpose out of a key that is uniform already, so by Expand alone (RFC 5869, 3.3).
/// Different purposes give unrelated keys. A purpose is a fixed short English name.
[[nodiscard]] Key derive_key(const Key& key, std::string_view purpose);

}  // namespace renraku::crypto
