#include "session/schema.hpp"

#include <array>

#include "access/schema.hpp"
#include "domain/evacuees/evacuees.hpp"
#include "domain/municipalities/municipalities.hpp"
#include "domain/organisations/organisations.hpp"
#include "domain/people/schema.hpp"
#include "domain/roster/schema.hpp"

namespace renraku::session {

std::span<const storage::Migration> migrations() {
  // A released step never changes; a new noun is a new step at the end.
  static constexpr std::array steps{
      storage::Migration{1, access::schema_1},
      storage::Migration{2, domain::municipality_schema_1},
      storage::Migration{3, domain::person_schema_1},
      storage::Migration{4, domain::evacuee_schema_1},
      storage::Migration{5, domain::roster_schema_1},
      storage::Migration{6, domain::organisation_schema_1},
  };
  return steps;
}

}  // namespace renraku::session
