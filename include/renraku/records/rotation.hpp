// What making keys anew tells.
#pragma once

#include <cstdint>
#include <string>

namespace renraku {

/// A municipality whose keys were made anew, or the store itself.
struct KeyRotation {
  /// Its code; empty for what is the store's own.
  std::string municipality;
  /// The keys in use now: 2 after the first rotation.
  std::int64_t number = 0;
  /// Whether this call went on with a rotation that had been ended half-way.
  bool resumed = false;
  /// What this call did: keys of people that are kept to read, wrapped again under the new key of
  /// the municipality,
  std::int64_t people_keys = 0;
  /// secrets of second factors sealed again,
  std::int64_t secrets = 0;
  /// and rows sealed again. None in a folder, whose database is encrypted as a whole.
  std::int64_t rows = 0;
};

}  // namespace renraku
