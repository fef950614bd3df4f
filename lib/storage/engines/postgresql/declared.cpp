#include "storage/engines/postgresql/declared.hpp"

#include "storage/engines/postgresql/words_of_sql.hpp"
#include "storage/schema_model.hpp"

namespace renraku::storage::postgresql {
namespace {

ColumnKind kind_of(const ModelColumn& column) {
  if (column.is_sealed) return ColumnKind::sealed;
  if (column.is_ordered) return ColumnKind::ordered;
  return ColumnKind::plain;
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// The column that a result's label stands for: "p.name AS shown" gives name, an expression
/// nothing, and a label without more itself.
std::string_view source_of(std::string_view sql, std::string_view label) {
  const std::string as = " AS " + std::string(label);
  for (std::size_t at = sql.find(as); at != std::string_view::npos; at = sql.find(as, at + 1)) {
    const std::size_t behind = at + as.size();
    if (behind < sql.size() && is_letter(sql[behind])) continue;
    std::size_t begin = at;
    while (begin > 0 && is_letter(sql[begin - 1])) --begin;
    const bool is_parameter = begin > 0 && sql[begin - 1] == ':';
    return is_parameter ? std::string_view() : sql.substr(begin, at - begin);
  }
  return label;
}

}  // namespace

DeclaredColumns::DeclaredColumns(std::span<const Migration> steps) {
  for (const ModelTable& table : model_of(steps)) {
    if (table.is_vouched) continue;
    for (const ModelColumn& column : table.columns) {
      tables_[table.name][column.name] = kind_of(column);
    }
  }
}

ColumnKind DeclaredColumns::kind(std::string_view table, std::string_view column) const {
  const auto columns = tables_.find(table);
  if (columns == tables_.end()) return ColumnKind::plain;
  const auto found = columns->second.find(column);
  return found == columns->second.end() ? ColumnKind::plain : found->second;
}

ColumnKind DeclaredColumns::kind_in(std::string_view sql, std::string_view label) const {
  const std::string_view column = source_of(sql, label);
  for (const std::string_view table : tables_named_in(sql)) {
    const ColumnKind found = kind(table, column);
    if (found != ColumnKind::plain) return found;
  }
  return ColumnKind::plain;
}

}  // namespace renraku::storage::postgresql
