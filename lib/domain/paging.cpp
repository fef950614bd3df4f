#include "domain/paging.hpp"

#include "crypto/hash.hpp"

namespace renraku::domain {

std::optional<crypto::Bytes> bytes_from_hex(std::string_view digits) {
  if (digits.size() % 2 != 0) return std::nullopt;
  crypto::Bytes bytes;
  bytes.reserve(digits.size() / 2);
  for (std::size_t i = 0; i < digits.size(); i += 2) {
    std::uint8_t byte = 0;
    const char* const last = digits.data() + i + 2;
    const auto [end, wrong] = std::from_chars(digits.data() + i, last, byte, 16);
    if (wrong != std::errc{} || end != last) return std::nullopt;
    bytes.push_back(byte);
  }
  return bytes;
}

std::string SortPlace::cursor() const {
  return crypto::hex(sort) + "." + id.text();
}

SortPlace SortPlace::parse(std::string_view cursor) {
  if (cursor.empty()) return {};
  const std::size_t dot = cursor.find('.');
  if (dot == std::string_view::npos) throw no_cursor();
  auto sort = bytes_from_hex(cursor.substr(0, dot));
  if (!sort) throw no_cursor();
  return {*std::move(sort), Uuid::parse(cursor.substr(dot + 1), "after")};
}

}  // namespace renraku::domain
