// PostgreSQL's types, and integers as they travel: big-endian (binary format).
#pragma once

#include <libpq-fe.h>

#include <cstdint>
#include <string_view>

namespace renraku::storage::postgresql {

/// Numbers of types never change; the header that names them is the server's, not libpq's.
enum Type : Oid {
  type_bool = 16,
  type_bytea = 17,
  type_name = 19,
  type_int8 = 20,
  type_int2 = 21,
  type_int4 = 23,
  type_text = 25,
  type_unknown = 705,
  type_int8_array = 1016,
  type_varchar = 1043,
};

[[nodiscard]] inline bool is_text(Oid type) {
  return type == type_text || type == type_varchar || type == type_name || type == type_unknown;
}
/// Whether a value of it may be bound as bytes: an array as it travels, made by keyed_set().
[[nodiscard]] inline bool takes_bytes(Oid type) {
  return type == type_bytea || type == type_int8_array;
}
[[nodiscard]] inline bool is_integer(Oid type) {
  return type == type_int8 || type == type_int4 || type == type_int2 || type == type_bool;
}

/// A signed integer of as many bytes as there are; bool is one of them, 0 or 1.
[[nodiscard]] inline std::int64_t integer_from(std::string_view bytes) {
  std::uint64_t out = !bytes.empty() && (bytes[0] & 0x80) ? ~std::uint64_t{0} : 0;
  for (const char byte : bytes) out = out << 8 | static_cast<std::uint8_t>(byte);
  return static_cast<std::int64_t>(out);
}

}  // namespace renraku::storage::postgresql
