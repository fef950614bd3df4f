// The question that only the nouns can answer: what is this actor to this subject?
#pragma once

#include <renraku/id.hpp>
#include <renraku/time.hpp>

#include "access/action.hpp"
#include "access/actor.hpp"
#include "storage/database.hpp"

namespace renraku::access {

class Relations {
 public:
  virtual ~Relations() = default;
  /// `subject` is the id of a person, patient, member or organisation, or none where an act has no
  /// single subject.
  [[nodiscard]] virtual Standing standing(storage::Transaction& transaction, const Actor& actor,
                                          const Uuid& subject, Instant now) const = 0;
};

}  // namespace renraku::access
