// The keys of a municipality made anew.
#pragma once

#include <renraku/described/rotation.hpp>
#include <string>

#include "access/permit.hpp"
#include "access/sealing_keys.hpp"

namespace renraku::access {

/// Whose keys are made anew: a municipality's, or the store's own.
struct RotationOf {
  std::string code;
  Uuid id;
};
/// Error{not_found} for a code that no municipality has.
[[nodiscard]] RotationOf rotation_of(Permit& permit, const std::string& code);

/// Takes new keys into use, unless an earlier rotation is not finished: then that one goes on.
[[nodiscard]] KeyRotation begin_rotation(Permit& permit, const RotationOf& of);

/// Goes through what is under older keys. Each step is a transaction of its own, and does the next
/// part; a walk begins anew with what is left.
class RotationWalk {
 public:
  /// Kept by reference: `keys`; `done` counts what the steps did.
  RotationWalk(const JournalKeys& keys, RotationOf of, KeyRotation& done);

  /// How much there is, for a reader.
  [[nodiscard]] std::int64_t left(storage::Transaction& transaction) const;
  /// Of a writer. How much it went through; 0 at the end. Error{conflict} when these keys are no
  /// more in use.
  [[nodiscard]] std::int64_t step(storage::Transaction& transaction);

 private:
  enum class Part { people, factors, rows, end };

  std::int64_t wrap_people_keys(storage::Transaction& transaction);
  std::int64_t seal_factors(storage::Transaction& transaction);
  std::int64_t seal_rows(storage::Transaction& transaction);

  const JournalKeys& keys_;
  RotationOf of_;
  KeyRotation& done_;
  Part part_ = Part::people;
  std::int64_t next_person_;
  Uuid last_member_;
  storage::SealedUpTo rows_;
};

/// When nothing is left: the older keys of rows are destroyed. Error{conflict} as a step's.
void finish_rotation(Permit& permit, const RotationOf& of, KeyNumber number);

}  // namespace renraku::access
