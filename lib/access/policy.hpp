// The policy table: the one place that says who may do what.
#pragma once

#include <string>

#include "access/action.hpp"

namespace renraku::access {

/// What is not permitted by the table is refused. `standing` and `circumstances` need not name
/// `any`.
[[nodiscard]] bool permits(Action action, Capacity capacity, Standing standing,
                           Circumstances circumstances) noexcept;

/// Acts that change nothing: they run on a reader, and their journal entry never waits for a disk.
[[nodiscard]] bool is_read(Action action) noexcept;

/// When a capacity may do an action: "-", or relations divided by spaces, each with "!" behind it
/// where the actor must have proved not long ago who it is.
[[nodiscard]] std::string cell_of(Action action, Capacity capacity);

/// The table as a page of the documentation (Markdown).
[[nodiscard]] std::string policy_page();

}  // namespace renraku::access
