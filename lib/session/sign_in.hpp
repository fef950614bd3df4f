// What signing in and proving oneself again share.
#pragma once

#include <string>

#include "access/sign_in.hpp"
#include "session/store_state.hpp"

namespace renraku {

/// Counts a failed attempt; the log hears when that begins a back-off.
void count_sign_in_failure(StoreState& state, const std::string& municipality,
                           const std::string& login, const access::SignInAttempt& attempt,
                           Instant now);

}  // namespace renraku
