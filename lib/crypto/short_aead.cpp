#include "crypto/short_aead.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>

#include "crypto/secret.hpp"

namespace renraku::crypto {
namespace {

constexpr std::size_t padding = 16;

constexpr std::size_t up_to(std::size_t size, std::size_t multiple) {
  return (size + multiple - 1) / multiple * multiple;
}

/// As Poly1305 is given it: eight bytes, the lowest first.
void put_length(std::uint8_t* out, std::size_t length) noexcept {
  for (unsigned i = 0; i < sizeof(std::uint64_t); ++i) {
    out[i] = static_cast<std::uint8_t>(std::uint64_t{length} >> (8 * i));
  }
}

}  // namespace

/// One run of the cipher over a block of zeros, which becomes the tag's key, and a message.
class ShortAead::Run {
 public:
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): as much of bytes_ as is used is filled
  Run(const ShortAead& aead, ByteView message) noexcept : size_(message.size()) {
    constexpr std::size_t prefix = 16;
    std::array<std::uint8_t, key_size> own_key{};
    crypto_core_hchacha20(own_key.data(), aead.nonce_.data(), aead.key_.data(), nullptr);
    std::array<std::uint8_t, crypto_stream_chacha20_ietf_NONCEBYTES> nonce{};
    std::copy(aead.nonce_.begin() + prefix, aead.nonce_.end(), nonce.begin() + 4);
    std::fill_n(bytes_.begin(), block, std::uint8_t{0});
    std::copy(message.begin(), message.end(), bytes_.begin() + block);
    run_ = up_to(block + size_, side_by_side);
    std::fill(bytes_.begin() + block + static_cast<std::ptrdiff_t>(size_),
              bytes_.begin() + static_cast<std::ptrdiff_t>(run_), std::uint8_t{0});
    crypto_stream_chacha20_ietf_xor(bytes_.data(), bytes_.data(), run_, nonce.data(),
                                    own_key.data());
    wipe(own_key);
  }
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;
  ~Run() { wipe(std::span(bytes_).first(run_)); }

  [[nodiscard]] ByteView message() const noexcept { return {bytes_.data() + block, size_}; }

  [[nodiscard]] std::array<std::uint8_t, tag_size> tag(ByteView associated,
                                                       ByteView ciphertext) const noexcept {
    // What is used of it is filled below; to clear the rest would cost a tenth of a row.
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init)
    std::array<std::uint8_t, associated_max + message_max + 2 * padding> over;
    const std::size_t first = up_to(associated.size(), padding);
    const std::size_t second = first + up_to(ciphertext.size(), padding);
    const auto fill = [&over](ByteView from, std::size_t at, std::size_t end) {
      const auto rest =
          std::copy(from.begin(), from.end(), over.begin() + static_cast<std::ptrdiff_t>(at));
      std::fill(rest, over.begin() + static_cast<std::ptrdiff_t>(end), std::uint8_t{0});
    };
    fill(associated, 0, first);
    fill(ciphertext, first, second);
    put_length(over.data() + second, associated.size());
    put_length(over.data() + second + sizeof(std::uint64_t), ciphertext.size());
    std::array<std::uint8_t, tag_size> out{};
    crypto_onetimeauth_poly1305(out.data(), over.data(), second + padding, bytes_.data());
    return out;
  }

 private:
  std::size_t size_;
  std::size_t run_;
  std::array<std::uint8_t, message_max + block> bytes_;
};

void ShortAead::seal(std::uint8_t* out, ByteView associated, ByteView plaintext) const noexcept {
  const Run run(*this, plaintext);
  const ByteView ciphertext = run.message();
  const auto tag = run.tag(associated, ciphertext);
  std::copy(tag.begin(), tag.end(), std::copy(ciphertext.begin(), ciphertext.end(), out));
}

bool ShortAead::open(std::uint8_t* out, ByteView associated, ByteView sealed) const noexcept {
  const ByteView ciphertext = sealed.first(sealed.size() - tag_size);
  const Run run(*this, ciphertext);
  const auto tag = run.tag(associated, ciphertext);
  if (crypto_verify_16(tag.data(), sealed.last(tag_size).data()) != 0) return false;
  std::copy(run.message().begin(), run.message().end(), out);
  return true;
}

}  // namespace renraku::crypto
