#include "storage/engines/postgresql/vouched/tables.hpp"

#include <algorithm>
#include <optional>

namespace renraku::storage::postgresql {
namespace {

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

std::vector<std::string_view> statements_of(std::string_view script) {
  constexpr std::string_view blanks = " \n\t";
  std::vector<std::string_view> statements;
  while (true) {
    const std::size_t begin = script.find_first_not_of(blanks);
    if (begin == std::string_view::npos) return statements;
    script.remove_prefix(begin);
    const std::size_t end = std::min(script.find(';'), script.size() - 1);
    statements.push_back(script.substr(0, end + 1));
    script.remove_prefix(end + 1);
  }
}

/// What a statement of the schema is about: the word after TABLE, UPDATE, INTO, FROM or ON, or the
/// index that it drops.
std::string_view subject_of(std::string_view statement) {
  Words words(statement);
  bool drops = false;
  while (const auto word = words.next()) {
    if (*word == "DROP") drops = true;
    const bool leads = *word == "TABLE" || *word == "UPDATE" || *word == "INTO" ||
                       *word == "FROM" || *word == "ON" || (drops && *word == "INDEX");
    if (leads) return words.next().value_or("");
  }
  return {};
}

constexpr std::string_view own_script =
    "CREATE TABLE renraku_key_in_use (owner @key, number BIGINT NOT NULL) @vouched;";

bool is_of_old_stores(std::string_view statement) {
  return statement.starts_with("@embedded");
}

}  // namespace

VouchedTables::VouchedTables(std::span<const Migration> steps) {
  names_.emplace(keys_in_use_table);
  script_ = own_script;
  for (const Migration& step : steps) {
    for (const std::string_view statement : statements_of(step.script)) {
      const std::string_view subject = subject_of(statement);
      if (statement.find("@vouched") != std::string_view::npos) names_.emplace(subject);
      if (!names_.contains(subject) || !statement.starts_with("CREATE")) continue;
      Words words(statement);
      for (auto word = words.next(); word; word = words.next()) {
        if (*word == "INDEX") indexes_.emplace(words.next().value_or(""), subject);
      }
    }
  }
  for (const Migration& step : steps) {
    for (const std::string_view statement : statements_of(step.script)) {
      if (is_about(statement) && !is_of_old_stores(statement)) script_ += statement;
    }
  }
}

std::string VouchedTables::without(std::string_view script) const {
  std::string kept;
  for (const std::string_view statement : statements_of(script)) {
    if (!is_about(statement) && !is_of_old_stores(statement)) kept += statement;
  }
  return kept;
}

std::vector<std::string> VouchedTables::named_in(std::string_view sql) const {
  std::vector<std::string> named;
  bool leads = false;
  Words words(sql);
  for (auto word = words.next(); word; word = words.next()) {
    if (leads && names_.contains(*word) && std::ranges::find(named, *word) == named.end()) {
      named.emplace_back(*word);
    }
    leads = *word == "FROM" || *word == "JOIN" || *word == "INTO" || *word == "UPDATE";
  }
  return named;
}

bool VouchedTables::is_about(std::string_view statement) const {
  const std::string_view subject = subject_of(statement);
  return names_.contains(subject) || indexes_.contains(subject);
}

}  // namespace renraku::storage::postgresql
