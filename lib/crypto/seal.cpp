#include "crypto/seal.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <renraku/error.hpp>

#include "crypto/hash.hpp"
#include "crypto/hkdf.hpp"
#include "crypto/random.hpp"

namespace renraku::crypto {
namespace {

constexpr std::size_t salt_size = 16;
constexpr std::size_t tag_size = crypto_aead_chacha20poly1305_ietf_ABYTES;
static_assert(seal_overhead == 1 + salt_size + tag_size);

constexpr std::array<std::uint8_t, crypto_aead_chacha20poly1305_ietf_NPUBBYTES> zero_nonce{};

constexpr std::size_t key_size = crypto_aead_chacha20poly1305_ietf_KEYBYTES;
constexpr std::string_view single = "renraku seal";
constexpr std::string_view grouped = "renraku seals";

void make_message_key(std::span<std::uint8_t> out, const HmacKey& hmac, std::string_view label,
                      std::span<const std::uint8_t, salt_size> salt) {
  std::array<std::uint8_t, grouped.size() + 1 + salt_size> info{};
  static_assert(info.size() + 1 <= 55);  // one compression
  const auto suite_at = std::copy(label.begin(), label.end(), info.begin());
  *suite_at = suite_1;
  std::copy(salt.begin(), salt.end(), suite_at + 1);
  hkdf_expand(hmac, ByteView(info).first(label.size() + 1 + salt_size), out);
}

// One message's own key; on the stack because it lives for one call, wiped when that ends.
class MessageKey {
 public:
  MessageKey(const HmacKey& hmac, std::span<const std::uint8_t, salt_size> salt) {
    make_message_key(bytes_, hmac, single, salt);
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

std::size_t plaintext_size(ByteView sealed) {
  if (sealed.size() < seal_overhead) throw not_opened();
  if (sealed.front() != suite_1) {
    throw Error(ErrorCode::newer_format,
                "a sealed value names a cipher suite this version does not know; use a newer one");
  }
  return sealed.size() - seal_overhead;
}

}  // namespace

Bytes Sealer::seal(ByteView associated, ByteView plaintext) const {
  if (plaintext.size() > seal_limit) {
    throw Error(ErrorCode::too_large, "a value to be sealed is over 1 GiB; store it as a file");
  }
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
  Bytes out(plaintext_size(sealed));
  open_into(out, associated, sealed);
  return out;
}

Key Sealer::unwrap(ByteView associated, ByteView sealed) const {
  if (plaintext_size(sealed) != Key::size) throw not_opened();
  Key key = Key::blank();
  open_into(key.writable(), associated, sealed);
  return key;
}

GroupPlace group_place(std::string_view name) {
  static_assert(sizeof(GroupPlace) == crypto_aead_chacha20poly1305_ietf_NPUBBYTES);
  const Digest digest = sha256(view_of(name));
  GroupPlace place{};
  std::copy_n(digest.begin(), place.size(), place.begin());
  return place;
}

GroupSealer::GroupSealer(const Sealer& sealer) : key_(key_size) {
  fill_salt(salt_);
  make_message_key(key_.writable(), sealer.hmac_, grouped, salt_);
}

void GroupSealer::seal(Bytes& out, const GroupPlace& place, ByteView associated,
                       ByteView plaintext) const {
  if (plaintext.size() > seal_limit) {
    throw Error(ErrorCode::too_large, "a value to be sealed is over 1 GiB; store it as a file");
  }
  const std::size_t begin = out.size();
  out.resize(begin + plaintext.size() + seal_overhead);
  out[begin] = suite_1;
  std::copy(salt_.begin(), salt_.end(), out.begin() + static_cast<std::ptrdiff_t>(begin) + 1);
  crypto_aead_chacha20poly1305_ietf_encrypt(
      out.data() + begin + 1 + salt_size, nullptr, plaintext.data(), plaintext.size(),
      associated.data(), associated.size(), nullptr, place.data(), key_.bytes().data());
}

void GroupOpener::open(Bytes& out, const Sealer& sealer, const GroupPlace& place,
                       ByteView associated, ByteView sealed) {
  out.resize(plaintext_size(sealed));
  const auto salt = sealed.subspan<1, salt_size>();
  if (sealer_ != &sealer || !std::equal(salt.begin(), salt.end(), salt_.begin())) {
    if (key_.size() == 0) key_ = SecretBytes(key_size);
    make_message_key(key_.writable(), sealer.hmac_, grouped, salt);
    std::copy(salt.begin(), salt.end(), salt_.begin());
    sealer_ = &sealer;
  }
  const ByteView ciphertext = sealed.subspan(1 + salt_size);
  if (crypto_aead_chacha20poly1305_ietf_decrypt(
          out.data(), nullptr, nullptr, ciphertext.data(), ciphertext.size(), associated.data(),
          associated.size(), place.data(), key_.bytes().data()) != 0) {
    throw not_opened();
  }
}

Bytes seal(const Key& key, ByteView associated, ByteView plaintext) {
  return Sealer(key).seal(associated, plaintext);
}

Bytes open(const Key& key, ByteView associated, ByteView sealed) {
  return Sealer(key).open(associated, sealed);
}

}  // namespace renraku::crypto
