// Authenticated encryption of what does not fit in memory: chunk by chunk.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "crypto/bytes.hpp"
#include "crypto/hash.hpp"
#include "crypto/secret.hpp"

struct evp_cipher_ctx_st;

namespace renraku::crypto {

/// How much of the plaintext lies in each chunk but the last, which has less, or nothing.
inline constexpr std::size_t chunk_size = 64 * 1024;
/// How much longer a sealed chunk is.
inline constexpr std::size_t chunk_overhead = 16;

/// One stream, sealed or opened from its first chunk to its last, by the STREAM construction
/// (Hoang, Reyhanitabar, Rogaway and Vizár 2015) on ChaCha20-Poly1305 (RFC 8439): the nonce of a
/// chunk is its number and whether it is the last. So no chunk can be altered, moved, left out or
/// put in unnoticed, and the end can't be cut. One thread at a time.
class Chunks {
 public:
  /// `key` seals one stream alone. `context`, e.g. the digest of the file's header, must be the
  /// same when it is opened.
  Chunks(const Key& key, const Digest& context);

  /// The number of the next chunk, from 0.
  [[nodiscard]] std::uint64_t number() const noexcept { return number_; }

  /// `out` is longer than `plain` by `chunk_overhead`.
  void seal(std::span<std::uint8_t> out, ByteView plain, bool last);
  /// False when the chunk is not what was sealed as this one; nothing of it may be used then, and
  /// nothing after it can be opened.
  [[nodiscard]] bool open(std::span<std::uint8_t> out, ByteView sealed, bool last);

 private:
  struct FreeCipher {
    void operator()(evp_cipher_ctx_st* cipher) const noexcept;
  };
  [[nodiscard]] bool begin(bool seals, bool last);

  /// libcrypto's, for its speed: a backup is sealed and read back as fast as others copy. Holds the
  /// key.
  std::unique_ptr<evp_cipher_ctx_st, FreeCipher> cipher_;
  Digest context_;
  std::uint64_t number_ = 0;
};

}  // namespace renraku::crypto
