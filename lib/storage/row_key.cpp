#include "storage/row_key.hpp"

#include <algorithm>

namespace renraku::storage {
namespace {

constexpr int municipality_shift = 46;

}  // namespace

KeyRange key_range(std::string_view code) {
  std::int64_t municipality = 0;
  if (!code.empty()) {
    const bool digits = code.size() == 6 && std::all_of(code.begin(), code.end(), [](char c) {
                          return c >= '0' && c <= '9';
                        });
    if (!digits) throw Error(ErrorCode::invalid, "a municipality code has six digits", "code");
    for (const char c : code.substr(0, 5)) municipality = municipality * 10 + (c - '0');
  }
  const std::int64_t first = municipality << municipality_shift;
  return {first, first + (std::int64_t{1} << municipality_shift) - 1};
}

RowKeys::RowKeys(Transaction& transaction, std::string_view newest_sql,
                 std::string_view municipality_code) {
  const KeyRange range = key_range(municipality_code);
  Query query = transaction.query(newest_sql);
  query.bind("first", range.first).bind("last", range.last);
  const auto newest = query.optional<std::optional<std::int64_t>>().value_or(std::nullopt);
  newest_ = newest.value_or(range.first);
}

}  // namespace renraku::storage
