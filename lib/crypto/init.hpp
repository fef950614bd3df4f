// Readying libsodium, once a process.
#pragma once

namespace renraku::crypto {

/// Makes libsodium usable; quick when it already is. Every function of this room that needs it
/// calls it itself, so nobody has to. Safe from any thread and at any time.
/// Throws Error{internal} when the system gives no randomness.
void ready();

}  // namespace renraku::crypto
