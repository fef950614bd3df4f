// Rows known again by what they say.
#pragma once

#include <cstdint>
#include <string>

#include "exchange/roster/values.hpp"

namespace renraku::exchange::roster {

/// Of the 26 columns alone: an export has neither a city's own columns nor a telling word.
[[nodiscard]] std::uint32_t fingerprint(const Values& values);
/// Without those that tell the place.
[[nodiscard]] std::uint32_t unplaced_fingerprint(const Values& values);

/// The text once it went through CP932: 〓 for what that lacks, no variation selectors.
[[nodiscard]] std::string as_cp932_leaves(const std::string& text);
[[nodiscard]] Values as_cp932_leaves(Values values);

}  // namespace renraku::exchange::roster
