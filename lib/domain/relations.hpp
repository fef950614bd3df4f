// What a member is to a person: the nouns' answer to access's question.
#pragma once

#include "access/relations.hpp"

namespace renraku::domain {

class DomainRelations final : public access::Relations {
 public:
  [[nodiscard]] access::Standing standing(storage::Transaction& transaction,
                                          const access::Actor& actor, const Uuid& subject,
                                          Instant now) const override;
};

}  // namespace renraku::domain
