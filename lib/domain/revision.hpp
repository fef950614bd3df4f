// Optimistic concurrency: a change names the revision it saw.
#pragma once

#include <renraku/error.hpp>

namespace renraku::domain {

/// Gives `changed` the revision after `stored`'s. Throws Error{conflict} when `changed` was made
/// from another revision than the stored one: somebody else changed the record meanwhile.
template <class Record>
void next_revision(const Record& stored, Record& changed) {
  if (changed.revision != stored.revision) {
    throw Error(ErrorCode::conflict,
                "the record was changed meanwhile; read it again and repeat the change",
                "revision");
  }
  ++changed.revision;
}

}  // namespace renraku::domain
