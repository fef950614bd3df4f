#include "storage/engines/postgresql/vouched/tables.hpp"

#include <algorithm>

#include "storage/engines/postgresql/words_of_sql.hpp"

namespace renraku::storage::postgresql {
namespace {

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
  for (const std::string_view table : tables_named_in(sql)) {
    if (names_.contains(table) && std::ranges::find(named, table) == named.end()) {
      named.emplace_back(table);
    }
  }
  return named;
}

bool VouchedTables::is_about(std::string_view statement) const {
  const std::string_view subject = subject_of(statement);
  return names_.contains(subject) || indexes_.contains(subject);
}

}  // namespace renraku::storage::postgresql
