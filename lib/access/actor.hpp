// Who acts.
#pragma once

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
  std::vector<Capacity> capacities;
  std::string authentication;
};

/// The actor who opened the store with a key slot.
[[nodiscard]] Actor slot_holder();

}  // namespace renraku::access
