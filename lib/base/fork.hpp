// Noticing that the process forked.
#pragma once

#include <cstdint>

namespace renraku::base {

/// Another number in a child than in its parent. Costs a load, where asking for the process id
/// would cost a system call. The first call in a process must come before the fork that it shall
/// notice.
[[nodiscard]] std::uint64_t fork_generation() noexcept;

}  // namespace renraku::base
