#include "exchange/roster/fingerprint.hpp"

#include "exchange/roster/row_keys.hpp"
#include "text/encoding.hpp"
#include "text/utf8.hpp"

namespace renraku::exchange::roster {

std::uint32_t fingerprint(const Values& values) {
  std::uint64_t hash = 1;
  for (const std::string& value : values.by_column) hash = mixed(hash, hash_of(value));
  return narrow(hash);
}

std::uint32_t unplaced_fingerprint(const Values& values) {
  std::uint64_t hash = 1;
  for (const ColumnInfo& column : columns()) {
    if (!is_placed(column.column)) hash = mixed(hash, hash_of(values.at(column.column)));
  }
  return narrow(hash);
}

std::string as_cp932_leaves(const std::string& text) {
  if (text::ascii_prefix(text) == text.size()) return text;
  std::string bytes;
  text::EncodingLoss loss;
  text::encode_cp932(text, bytes, loss);
  return text::decode(bytes, text::Encoding::cp932);
}

Values as_cp932_leaves(Values values) {
  for (std::string& value : values.by_column) value = as_cp932_leaves(value);
  return values;
}

}  // namespace renraku::exchange::roster
