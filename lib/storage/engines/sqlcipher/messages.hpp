// What SQLite says beside its results.
#pragma once

namespace renraku::storage::sqlcipher {

/// From here on SQLite's own messages go to the log of whoever works on the thread. The first call
/// in the process counts; it must come before the first connection.
void hear_messages();

}  // namespace renraku::storage::sqlcipher
