#include "session/schema.hpp"

#include <array>

#include "access/journal/schema.hpp"
#include "access/moving.hpp"
#include "access/rekeying.hpp"
#include "access/schema.hpp"
#include "domain/backups/backups.hpp"
#include "domain/disclosures/disclosures.hpp"
#include "domain/erasure/erasure.hpp"
#include "domain/evacuees/evacuees.hpp"
#include "domain/municipalities/municipalities.hpp"
#include "domain/notices/notices.hpp"
#include "domain/organisations/organisations.hpp"
#include "domain/patients/schema.hpp"
#include "domain/people/schema.hpp"
#include "domain/people/walk_memory.hpp"
#include "domain/place_grants/place_grants.hpp"
#include "domain/roster/schema.hpp"
#include "domain/text_index/text_index.hpp"

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
      storage::Migration{7, access::schema_2},
      storage::Migration{8, domain::organisation_schema_2},
      storage::Migration{9, access::schema_3},
      storage::Migration{10, domain::organisation_schema_3},
      storage::Migration{11, domain::disclosure_schema_1},
      storage::Migration{12, access::schema_4},
      storage::Migration{13, domain::municipality_schema_2},
      storage::Migration{14, domain::notice_schema_1},
      storage::Migration{15, domain::patient_schema_1},
      storage::Migration{16, access::schema_5},
      storage::Migration{17, access::journal_schema_1},
      storage::Migration{18, domain::place_grant_schema_1},
      storage::Migration{19, domain::roster_schema_2},
      storage::Migration{20, access::rekeying_schema_1},
      storage::Migration{21, domain::backup_schema_1},
      storage::Migration{22, domain::erasure_schema_1},
      storage::Migration{23, access::schema_6},
      storage::Migration{24, access::journal_schema_2},
      storage::Migration{25, access::schema_7},
      storage::Migration{26, domain::organisation_schema_4},
      storage::Migration{27, access::journal_schema_3},
      storage::Migration{28, domain::person_schema_2},
      storage::Migration{29, domain::roster_schema_3},
      storage::Migration{30, domain::patient_schema_2},
      storage::Migration{31, domain::place_grant_schema_2},
      storage::Migration{32, access::schema_8},
      storage::Migration{33, domain::text_index_schema_1},
      storage::Migration{34, access::moving_schema_1},
      storage::Migration{35, domain::walk_memory_schema_1},
  };
  return steps;
}

}  // namespace renraku::session
