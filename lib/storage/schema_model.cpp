#include "storage/schema_model.hpp"

#include <algorithm>
#include <renraku/error.hpp>

namespace renraku::storage {
namespace {

constexpr std::string_view blanks = " \n\t";

Error not_understood(std::string_view statement) {
  return {ErrorCode::internal,
          "a script of the schema says what its model does not know: " + std::string(statement)};
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

/// Parts at `between`, but for what stands in brackets or quotes.
std::vector<std::string_view> parts_of(std::string_view text, char between) {
  std::vector<std::string_view> parts;
  int depth = 0;
  bool quoted = false;
  std::size_t begin = 0;
  const auto add = [&](std::size_t end) {
    const std::string_view part = trimmed(text.substr(begin, end - begin));
    if (!part.empty()) parts.push_back(part);
    begin = end + 1;
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\'') quoted = !quoted;
    if (quoted) continue;
    if (c == '(') ++depth;
    if (c == ')') --depth;
    if (c == between && depth == 0) add(at);
  }
  add(text.size());
  return parts;
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (true) {
    const std::size_t begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos) return words;
    text.remove_prefix(begin);
    const std::size_t end = std::min(text.find_first_of(blanks), text.size());
    words.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
}

/// What stands between the first bracket and the last one.
std::string_view in_brackets(std::string_view text) {
  const std::size_t begin = text.find('(');
  const std::size_t end = text.rfind(')');
  if (begin == std::string_view::npos || end == std::string_view::npos) throw not_understood(text);
  return text.substr(begin + 1, end - begin - 1);
}

ModelColumn column_of(std::span<const std::string_view> words) {
  const std::string_view type = words.size() > 2 && words[1] == "@bound" ? words[2] : words[1];
  ModelColumn column{std::string(words[0])};
  column.is_keyed = type.starts_with("@keyed");
  column.is_ordered = type == "@ordered";
  column.is_sealed = type.starts_with("@sealed");
  if (type == "@key" || type == "BIGINT") {
    column.holds = Holds::number;
  } else if (type == "@bytes" || type == "@sealed_bytes" || type == "@keyed_bytes" ||
             type == "@ordered") {
    column.holds = Holds::bytes;
  } else if (type != "TEXT" && type != "@sealed" && type != "@keyed" && type != "@keyed_set") {
    throw not_understood(words[0]);
  }
  return column;
}

void add_column(ModelTable& table, std::string_view item) {
  const std::vector<std::string_view> words = words_of(item);
  if (words.size() < 2) throw not_understood(item);
  const bool leads = item.find("PRIMARY KEY") != std::string_view::npos || words[1] == "@key";
  if (leads) table.key.push_back(table.columns.size());
  table.columns.push_back(column_of(words));
}

ModelTable table_of(std::string_view statement) {
  ModelTable table;
  table.name = words_of(statement)[2];
  table.is_vouched = statement.substr(statement.rfind(')')).find("@vouched") != std::string::npos;
  for (const std::string_view item : parts_of(in_brackets(statement), ',')) {
    if (item.starts_with("PRIMARY KEY")) {
      for (const std::string_view column : parts_of(in_brackets(item), ',')) {
        table.key.push_back(table.place(column));
      }
    } else if (!item.starts_with("UNIQUE") && !item.starts_with("CHECK")) {
      add_column(table, item);
    }
  }
  if (table.key.empty()) throw not_understood(statement);
  return table;
}

class Model {
 public:
  void take(std::string_view statement) {
    const std::vector<std::string_view> words = words_of(statement);
    const auto begins = [&](std::initializer_list<std::string_view> with) {
      return words.size() > with.size() && std::equal(with.begin(), with.end(), words.begin());
    };
    if (begins({"CREATE", "TABLE"})) {
      tables_.push_back(table_of(statement));
    } else if (begins({"DROP", "TABLE"})) {
      std::erase_if(tables_, [&](const ModelTable& table) { return table.name == words[2]; });
    } else if (begins({"ALTER", "TABLE"}) && words.size() > 6 && words[3] == "ADD") {
      add_column(named(words[2]),
                 statement.substr(static_cast<std::size_t>(words[5].data() - statement.data())));
    } else if (!begins({"CREATE", "INDEX"}) && !begins({"CREATE", "UNIQUE", "INDEX"}) &&
               !begins({"DROP", "INDEX"}) && !begins({"@embedded"})) {
      throw not_understood(statement);
    }
  }
  [[nodiscard]] std::vector<ModelTable> tables() && { return std::move(tables_); }

 private:
  ModelTable& named(std::string_view name) {
    const auto found = std::ranges::find(tables_, name, &ModelTable::name);
    if (found == tables_.end()) throw not_understood(name);
    return *found;
  }

  std::vector<ModelTable> tables_;
};

}  // namespace

std::size_t ModelTable::place(std::string_view column) const {
  const auto found = std::ranges::find(columns, column, &ModelColumn::name);
  if (found == columns.end()) {
    throw Error(ErrorCode::internal,
                "table " + name + " has no column called " + std::string(column));
  }
  return static_cast<std::size_t>(found - columns.begin());
}

std::vector<ModelTable> model_of(std::span<const Migration> steps) {
  Model model;
  for (const Migration& step : steps) {
    for (const std::string_view statement : parts_of(step.script, ';')) model.take(statement);
  }
  return std::move(model).tables();
}

}  // namespace renraku::storage
