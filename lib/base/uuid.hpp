// Making public ids.
#pragma once

#include <renraku/id.hpp>
#include <renraku/time.hpp>

namespace renraku::base {

/// A new UUIDv7 (RFC 9562, 5.7): 48 bits of `now` in milliseconds, 42 bits that begin at random and
/// count up within a millisecond and thread, 32 random bits from the operating system. Safe from
/// any thread and after fork. Throws Error{internal} when the system gives no randomness.
Uuid make_uuid(Instant now);

template <class Record>
Id<Record> make_id(Instant now) {
  return Id<Record>(make_uuid(now));
}

}  // namespace renraku::base
