// Which threads are the library's own.
#pragma once

namespace renraku::base {
namespace own_thread_detail {
inline thread_local bool is_own = false;
}

/// Said once by each thread that the library starts and on which a host could be called.
inline void mark_own_thread() noexcept {
  own_thread_detail::is_own = true;
}
/// Some of a host's functions are never called on such a thread: it would have to wait for a lock
/// of the host's that the one who waits for the thread to end may hold.
[[nodiscard]] inline bool is_own_thread() noexcept {
  return own_thread_detail::is_own;
}

}  // namespace renraku::base
