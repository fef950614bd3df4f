// Which tables the schema says are vouched for: those that decide who may see what.
#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/database.hpp"

namespace renraku::storage::postgresql {

/// Which key what is written of a municipality (its five digits; 0: the store's own) is sealed
/// under; the first one where it has no row.
inline constexpr std::string_view keys_in_use_table = "renraku_key_in_use";

/// The tables with the word @vouched, over all steps of the schema, and one of the engine's own.
/// Used from any thread.
class VouchedTables {
 public:
  VouchedTables() = default;
  explicit VouchedTables(std::span<const Migration> steps);

  /// What makes them, as the newest step knows them, in the words of Connection::define.
  [[nodiscard]] const std::string& script() const { return script_; }
  /// A step's script without what is about them.
  [[nodiscard]] std::string without(std::string_view script) const;
  [[nodiscard]] const std::set<std::string, std::less<>>& names() const { return names_; }
  /// Those that a statement of the domain names as tables.
  [[nodiscard]] std::vector<std::string> named_in(std::string_view sql) const;

 private:
  [[nodiscard]] bool is_about(std::string_view statement) const;

  std::set<std::string, std::less<>> names_;
  /// The table of each index.
  std::map<std::string, std::string, std::less<>> indexes_;
  std::string script_;
};

}  // namespace renraku::storage::postgresql
