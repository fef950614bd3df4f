// The question that only the nouns can answer: what is this actor to this subject?
#pragma once

#include <renraku/id.hpp>

#include "access/action.hpp"
#include "access/actor.hpp"
#include "storage/database.hpp"

namespace renraku::access {

class Relations {
 public:
  virtual ~Relations() = default;
  /// `subject` is a person's or member's id, or none where an act has no single subject.
  [[nodiscard]] virtual Relation relation(storage::Transaction& transaction, const Actor& actor,
                                          const Uuid& subject) const = 0;
};

}  // namespace renraku::access
