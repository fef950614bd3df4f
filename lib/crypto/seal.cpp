#include "crypto/seal.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <renraku/error.hpp>

#include "crypto/hash.hpp"
#include "crypto/hkdf.hpp"
#include "crypto/random.hpp"
#include "crypto/short_aead.hpp"

namespace renraku::crypto {
namespace {

constexpr std::size_t salt_size = 16;
constexpr std::size_t tag_size = crypto_aead_chacha20poly1305_ietf_ABYTES;
static_assert(seal_overhead == 1 + salt_size + tag_size);

constexpr std::array<std::uint8_t, crypto_aead_chacha20poly1305_ietf_NPUBBYTES> zero_nonce{};

constexpr std::size_t key_size = crypto_aead_chacha20poly1305_ietf_KEYBYTES;
constexpr std::string_view label = "renraku seal";

constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
static_assert(row_seal_overhead == 1 + nonce_size + crypto_aead_xchacha20poly1305_ietf_ABYTES);

// One message's own key; on the stack because it lives for one call, wiped when that ends.
class MessageKey {
 public:
  MessageKey(const HmacKey& hmac, std::span<const std::uint8_t, salt_size> salt) {
    std::array<std::uint8_t, label.size() + 1 + salt_size> info{};
    static_assert(info.size() + 1 <= 55);  // one compression
    const auto suite_at = std::copy(label.begin(), label.end(), info.begin());
    *suite_at = suite_1;
    std::copy(salt.begin(), salt.end(), suite_at + 1);
    hkdf_expand(hmac, info, bytes_);
  }
  ~MessageKey() { wipe(bytes_); }
  MessageKey(const MessageKey&) = delete;
  MessageKey& operator=(const MessageKey&) = delete;

  [[nodiscard]] const std::uint8_t* data() const noexcept { return bytes_.data(); }

 private:
  std::array<std::uint8_t, key_size> bytes_{};
};

Error not_opened() {
  return Error(ErrorCode::damaged,
               "a sealed value does not open: it was altered, moved or sealed under another key; "
               "run a check of the store");
}

std::size_t plaintext_size(ByteView sealed, std::uint8_t suite, std::size_t overhead) {
  if (sealed.size() < overhead) throw not_opened();
  if (sealed.front() != suite) {
    throw Error(ErrorCode::newer_format,
                "a sealed value names a cipher suite this version does not know; use a newer one");
  }
  return sealed.size() - overhead;
}

void need_sealable(ByteView plaintext) {
  if (plaintext.size() <= seal_limit) return;
  throw Error(ErrorCode::too_large, "a value to be sealed is over 1 GiB; store it as a file");
}

}  // namespace

Bytes Sealer::seal(ByteView associated, ByteView plaintext) const {
  need_sealable(plaintext);
  Bytes out(plaintext.size() + seal_overhead);
  out.front() = suite_1;
  const auto salt = std::span(out).subspan<1, salt_size>();
  fill_salt(salt);
  const MessageKey key(hmac_, salt);
  crypto_aead_chacha20poly1305_ietf_encrypt(out.data() + 1 + salt_size, nullptr, plaintext.data(),
                                            plaintext.size(), associated.data(), associated.size(),
                                            nullptr, zero_nonce.data(), key.data());
  return out;
}

void Sealer::open_into(std::span<std::uint8_t> out, ByteView associated, ByteView sealed) const {
  const MessageKey key(hmac_, sealed.subspan<1, salt_size>());
  const ByteView ciphertext = sealed.subspan(1 + salt_size);
  if (crypto_aead_chacha20poly1305_ietf_decrypt(
          out.data(), nullptr, nullptr, ciphertext.data(), ciphertext.size(), associated.data(),
          associated.size(), zero_nonce.data(), key.data()) != 0) {
    throw not_opened();
  }
}

Bytes Sealer::open(ByteView associated, ByteView sealed) const {
  Bytes out(plaintext_size(sealed, suite_1, seal_overhead));
  open_into(out, associated, sealed);
  return out;
}

Key Sealer::unwrap(ByteView associated, ByteView sealed) const {
  if (plaintext_size(sealed, suite_1, seal_overhead) != Key::size) throw not_opened();
  Key key = Key::blank();
  open_into(key.writable(), associated, sealed);
  return key;
}

void RowSealer::seal(Bytes& out, ByteView associated, ByteView plaintext) const {
  need_sealable(plaintext);
  const std::size_t begin = out.size();
  out.resize(begin + plaintext.size() + row_seal_overhead);
  const std::span sealed = std::span(out).subspan(begin);
  sealed.front() = suite_2;
  const auto nonce = sealed.subspan<1, nonce_size>();
  fill_salt(nonce);
  std::uint8_t* const to = sealed.data() + 1 + nonce_size;
  if (ShortAead::fits(plaintext.size(), associated.size())) {
    return ShortAead(nonce, key_.bytes().first<Key::size>()).seal(to, associated, plaintext);
  }
  crypto_aead_xchacha20poly1305_ietf_encrypt(to, nullptr, plaintext.data(), plaintext.size(),
                                             associated.data(), associated.size(), nullptr,
                                             nonce.data(), key_.bytes().data());
}

Bytes RowSealer::seal(ByteView associated, ByteView plaintext) const {
  Bytes out;
  seal(out, associated, plaintext);
  return out;
}

void RowSealer::open(Bytes& out, ByteView associated, ByteView sealed) const {
  out.resize(plaintext_size(sealed, suite_2, row_seal_overhead));
  const auto nonce = sealed.subspan<1, nonce_size>();
  const ByteView ciphertext = sealed.subspan(1 + nonce_size);
  const bool is_open =
      ShortAead::fits(out.size(), associated.size())
          ? ShortAead(nonce, key_.bytes().first<Key::size>())
                .open(out.data(), associated, ciphertext)
          : crypto_aead_xchacha20poly1305_ietf_decrypt(
                out.data(), nullptr, nullptr, ciphertext.data(), ciphertext.size(),
                associated.data(), associated.size(), nonce.data(), key_.bytes().data()) == 0;
  if (is_open) return;
  out.clear();
  throw not_opened();
}

Bytes RowSealer::open(ByteView associated, ByteView sealed) const {
  Bytes out;
  open(out, associated, sealed);
  return out;
}

Bytes seal(const Key& key, ByteView associated, ByteView plaintext) {
  return Sealer(key).seal(associated, plaintext);
}

Bytes open(const Key& key, ByteView associated, ByteView sealed) {
  return Sealer(key).open(associated, sealed);
}

}  // namespace renraku::crypto
