// What the library's own statements name, told by their words.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace renraku::storage::postgresql {

/// The words of a statement, one after the other; what is no word parts them.
class Words {
 public:
  explicit Words(std::string_view text) : rest_(text) {}

  std::optional<std::string_view> next() {
    constexpr std::string_view letters =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
    const std::size_t begin = rest_.find_first_of(letters);
    if (begin == std::string_view::npos) return std::nullopt;
    rest_.remove_prefix(begin);
    const std::string_view word = rest_.substr(0, rest_.find_first_not_of(letters));
    rest_.remove_prefix(word.size());
    return word;
  }

 private:
  std::string_view rest_;
};

/// Those that a statement of the domain names as tables, as often as it does.
[[nodiscard]] inline std::vector<std::string_view> tables_named_in(std::string_view sql) {
  std::vector<std::string_view> named;
  bool leads = false;
  Words words(sql);
  for (auto word = words.next(); word; word = words.next()) {
    if (leads) named.push_back(*word);
    leads = *word == "FROM" || *word == "JOIN" || *word == "INTO" || *word == "UPDATE";
  }
  return named;
}

}  // namespace renraku::storage::postgresql
