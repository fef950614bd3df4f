// Doing anew what the store's server cut off before anything of it was done.
#pragma once

#include <chrono>
#include <renraku/error.hpp>

#include "access/action.hpp"
#include "base/backing_off.hpp"

namespace renraku::access {

/// Whether an act that failed so may be begun anew: nothing of it was done, and what was in its way
/// passes, because the server of the store is on its way back or another took its place. Not one
/// whose work takes something in or gives it out on its way: that is its caller's to repeat.
[[nodiscard]] bool begins_anew(Action action, const Error& error);

/// How long an act looks for the store's server before its caller hears that it is gone.
inline constexpr std::chrono::milliseconds server_patience{10'000};

/// Does `work` and returns what it returned; does it again each time it failed so that it may be
/// begun anew, for as long as the patience lasts. `work` commits once at most, at its end.
template <class Work>
auto begin_anew(Action action, Work&& work) {
  base::BackingOff waiting(server_patience);
  while (true) {
    try {
      return work();
    } catch (const Error& error) {
      if (!begins_anew(action, error) || !waiting.wait()) throw;
    }
  }
}

}  // namespace renraku::access
