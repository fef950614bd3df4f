#include "storage/engines/sqlcipher/has_all.hpp"

#include <algorithm>
#include <string_view>

#include "storage/engines/sqlcipher/handle.hpp"

namespace renraku::storage::sqlcipher {
namespace {

std::string_view text_of(sqlite3_value* value) {
  // SQLite tells the size after it made the text.
  const auto* const text = reinterpret_cast<const char*>(sqlite3_value_text(value));
  return text ? std::string_view(text, static_cast<std::size_t>(sqlite3_value_bytes(value)))
              : std::string_view();
}

std::string_view take_line(std::string_view& lines) {
  const std::string_view line = lines.substr(0, lines.find('\n'));
  lines.remove_prefix(std::min(line.size() + 1, lines.size()));
  return line;
}

bool holds(std::string_view lines, std::string_view line) {
  while (!lines.empty()) {
    if (take_line(lines) == line) return true;
  }
  return false;
}

void has_all(sqlite3_context* context, int /*count*/, sqlite3_value** values) {
  const std::string_view held = text_of(values[0]);
  std::string_view wanted = text_of(values[1]);
  bool all = true;
  while (all && !wanted.empty()) {
    const std::string_view line = take_line(wanted);
    all = line.empty() || holds(held, line);
  }
  sqlite3_result_int(context, all ? 1 : 0);
}

}  // namespace

void define_has_all(sqlite3* connection) {
  constexpr int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
  check(connection,
        sqlite3_create_function_v2(connection, "has_all", 2, flags, nullptr, has_all, nullptr,
                                   nullptr, nullptr),
        "making a function");
}

}  // namespace renraku::storage::sqlcipher
