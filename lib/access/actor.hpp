// Who acts.
#pragma once

#include <algorithm>
#include <optional>
#include <renraku/records/member.hpp>
#include <string>
#include <vector>

#include "access/action.hpp"

namespace renraku::access {

struct Actor {
  /// None for the holder of a key slot.
  Id<Member> member;
  Id<Member> on_behalf;
  /// The member's municipality; empty for the holder of a key slot.
  std::string municipality;
  Uuid municipality_id;
  /// Where the member works; none for most officers of the municipality.
  Id<Organisation> organisation;
  std::vector<Capacity> capacities;
  Circumstances circumstances;
  /// How the member was authenticated, e.g. "password".
  std::string authentication;
  /// Where a vendor's application speaks for the member: what that may do at most. Absent where the
  /// member itself is here, and the policy alone decides.
  std::optional<std::vector<Action>> granted;

  [[nodiscard]] bool allows(Action action) const {
    return !granted || std::ranges::find(*granted, action) != granted->end();
  }
};

/// The actor who opened the store with a key slot.
[[nodiscard]] Actor slot_holder();

}  // namespace renraku::access
