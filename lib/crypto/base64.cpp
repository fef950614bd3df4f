#include "crypto/base64.hpp"

#include <sodium.h>

namespace renraku::crypto {
namespace {

constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

}  // namespace

std::string base64(ByteView bytes) {
  std::string out(sodium_base64_ENCODED_LEN(bytes.size(), variant), '\0');
  sodium_bin2base64(out.data(), out.size(), bytes.data(), bytes.size(), variant);
  out.pop_back();
  return out;
}

bool read_base64(std::string_view text, std::span<std::uint8_t> out) noexcept {
  std::size_t size = 0;
  const char* end = nullptr;
  return sodium_base642bin(out.data(), out.size(), text.data(), text.size(), nullptr, &size, &end,
                           variant) == 0 &&
         size == out.size() && end == text.data() + text.size();
}

}  // namespace renraku::crypto
