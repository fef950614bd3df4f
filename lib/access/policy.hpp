// The policy table: the one place that says who may do what.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "access/action.hpp"

namespace renraku::access {

/// One line of the table: what is not permitted by a line is refused.
struct Rule {
  Action action;
  Capacity capacity;
  /// Absent: whatever the relation.
  std::optional<Relation> relation;
  /// Absent: whatever the circumstance.
  std::optional<Circumstance> circumstance;
};

[[nodiscard]] std::span<const Rule> policy() noexcept;

[[nodiscard]] bool permits(Action action, Capacity capacity, Relation relation,
                           Circumstance circumstance) noexcept;

/// Acts that change nothing: they run on a reader, and their journal entry never waits for a disk.
[[nodiscard]] bool is_read(Action action) noexcept;

/// The table as a page of the documentation (Markdown).
[[nodiscard]] std::string policy_page();

}  // namespace renraku::access
