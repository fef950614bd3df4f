// Randomness from the operating system.
#pragma once

#include <cstdint>
#include <span>

namespace renraku::crypto {

/// Fills with bytes nobody can guess, fit for keys. One system call each.
/// Throws Error{internal} when libsodium cannot start. Safe from any thread and after fork.
void fill_random(std::span<std::uint8_t> out);

/// Fills with random bytes that need not stay secret (salts, nonces). Draws small amounts from a
/// buffer per thread, which spares the system call; a forked child never repeats its parent's.
void fill_salt(std::span<std::uint8_t> out);

}  // namespace renraku::crypto
