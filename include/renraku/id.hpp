// Public identity of a record: a UUIDv7 (RFC 9562) made by the library, typed by what it names.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <renraku/export.hpp>
#include <string>
#include <string_view>

namespace renraku {

/// Sixteen bytes in network order. All zero is "none" and names no record.
struct RENRAKU_API Uuid {
  std::array<std::uint8_t, 16> bytes{};

  auto operator<=>(const Uuid&) const = default;
  explicit operator bool() const noexcept { return *this != Uuid{}; }

  /// 36 characters, lower case, with hyphens.
  [[nodiscard]] std::string text() const;
  /// Accepts the 36-character form in either case; throws Error{invalid} for anything else, naming
  /// the field it stood in.
  static Uuid parse(std::string_view text, std::string_view field = "id");
};

/// An id of a `Record`; ids of different records do not mix.
template <class Record>
struct Id : Uuid {
  Id() = default;
  explicit Id(const Uuid& uuid) : Uuid(uuid) {}
  static Id parse(std::string_view text, std::string_view field = "id") {
    return Id(Uuid::parse(text, field));
  }
};

}  // namespace renraku
