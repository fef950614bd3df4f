// Memory for secrets: locked so that it is not swapped out, left out of core dumps, and wiped.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "crypto/bytes.hpp"

namespace renraku::crypto {

/// A fixed number of secret bytes, zero at first. Move only; a moved-from object is empty.
///
/// The memory comes from `sodium_malloc`. Small secrets (up to 256 bytes: every key) share slabs of
/// it, so that ten thousand keys cost neither ten thousand memory mappings nor the system's limit
/// on locked memory. Making and destroying are safe from any thread; one object is used by one
/// thread at a time, or read by several. Where the system refuses to lock memory (RLIMIT_MEMLOCK)
/// the secret is still wiped and kept out of dumps, but may be swapped.
class SecretBytes {
 public:
  SecretBytes() noexcept = default;
  /// Throws std::bad_alloc when there is no memory.
  explicit SecretBytes(std::size_t size);
  SecretBytes(SecretBytes&& other) noexcept;
  SecretBytes& operator=(SecretBytes&& other) noexcept;
  SecretBytes(const SecretBytes&) = delete;
  SecretBytes& operator=(const SecretBytes&) = delete;
  ~SecretBytes();

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] ByteView bytes() const noexcept { return {data_, size_}; }
  [[nodiscard]] std::span<std::uint8_t> writable() noexcept { return {data_, size_}; }

 private:
  void release() noexcept;

  std::uint8_t* data_ = nullptr;
  std::size_t size_ = 0;
};

/// A symmetric key: 32 secret bytes that nobody can guess. Move only; `copy()` says so aloud.
class Key {
 public:
  static constexpr std::size_t size = 32;

  /// Thirty-two bytes from the operating system.
  static Key random();
  /// Copies `bytes`, which the caller still has to wipe. Throws Error{invalid_argument} unless they
  /// are exactly 32.
  static Key from(ByteView bytes);

  [[nodiscard]] Key copy() const { return from(bytes()); }
  [[nodiscard]] ByteView bytes() const noexcept { return secret_.bytes(); }
  /// For whoever computes a key in place.
  [[nodiscard]] std::span<std::uint8_t> writable() noexcept { return secret_.writable(); }
  /// A key of zeros to be filled through `writable()`.
  static Key blank() { return Key(); }

 private:
  Key() : secret_(size) {}

  SecretBytes secret_;
};

/// True when both hold the same bytes; the time taken depends on the length alone.
[[nodiscard]] bool same_bytes(ByteView left, ByteView right) noexcept;

/// Overwrites with zeros in a way the compiler does not leave out.
void wipe(std::span<std::uint8_t> bytes) noexcept;
/// The same for the whole buffer of a text, which is empty afterwards.
void wipe(std::string& text) noexcept;

}  // namespace renraku::crypto
