// Erasing a person: nothing current stays, the journal's words become unreadable, and a proof is
// left.
#pragma once

#include <array>
#include <renraku/described/erasure.hpp>
#include <string_view>
#include <vector>

#include "access/permit.hpp"

namespace renraku::domain {

/// One table that says something of a person, and what removes it. A noun that refers to people
/// adds its line; tests/session/erasure_test.cpp finds the one that forgot.
struct Traces {
  std::string_view table;
  /// Knows some of the parameters :person and :pk (the person's id and row), :patient (the
  /// patient's id, the person's own where there is none), :entry (likewise on the roster) and :row,
  /// an open row that may be of the person: it runs once for each.
  std::string_view removal;
};
/// In the order in which they go: what another's removal asks for goes after it.
inline constexpr std::array traces{
    Traces{"team_request",
           "DELETE FROM team_request WHERE patient IN "
           "(SELECT id FROM patient WHERE person = :person)"},
    Traces{"team_member",
           "DELETE FROM team_member WHERE patient IN "
           "(SELECT id FROM patient WHERE person = :person)"},
    Traces{"patient_consent",
           "DELETE FROM patient_consent WHERE patient IN "
           "(SELECT id FROM patient WHERE person = :person)"},
    Traces{"notice", "DELETE FROM notice WHERE subject IN (:person, :patient, :entry)"},
    Traces{"patient", "DELETE FROM patient WHERE person = :person"},
    Traces{"roster_consent", "DELETE FROM roster_consent WHERE person = :person"},
    Traces{"import_conflict", "DELETE FROM import_conflict WHERE person = :person"},
    // A row that could not be taken and may be of the person; one that is a namesake's comes again
    // with the next file.
    Traces{"open_row", "DELETE FROM open_row WHERE id = :row"},
    Traces{"open_row_person", "DELETE FROM open_row_person WHERE row_id = :row"},
    Traces{"missing_evacuee", "DELETE FROM missing_evacuee WHERE person = :person"},
    Traces{"suspect", "DELETE FROM suspect WHERE first = :person OR second = :person"},
    Traces{"evacuee", "DELETE FROM evacuee WHERE person_pk = :pk"},
    Traces{"place_grant", "DELETE FROM place_grant WHERE person = :person"},
    Traces{"protection_officer",
           "DELETE FROM protection_officer WHERE by_person IN "
           "(SELECT g.person FROM protected_person g WHERE g.id = :person)"},
    Traces{"protected_person",
           "DELETE FROM protected_person WHERE id = :person OR by_person IN "
           "(SELECT g.person FROM protected_person g WHERE g.id = :person)"},
    Traces{"person_pair", "DELETE FROM person_pair WHERE person = :pk"},
    Traces{"person_search", "DELETE FROM person_search WHERE person = :pk"},
    Traces{"sealing_key", "DELETE FROM sealing_key WHERE owner = :person"},
    Traces{"person", "DELETE FROM person WHERE id = :person"},
};

// Acts.

/// Erases a person of the permit's municipality. Error{not_permitted} for one whose place is hidden
/// from the actor; Error{conflict} (field "protection") for one whose protection covers others:
/// they would become visible.
Erasure erase_person(access::Permit& permit, const Id<Person>& id, ErasureReason reason);
/// What is left of one who was erased. Error{not_found}.
[[nodiscard]] Erasure view_erasure(access::Permit& permit, const Id<Person>& id);

// Within the act of a store that was restored.

[[nodiscard]] std::vector<Erasure> list_erasures(storage::Transaction& transaction);
/// Erases again, of whatever municipality, whom the old store erased, and keeps its proof; where
/// `erasure` has none, this store proves it. False for who is not here.
bool erase_again(access::Permit& permit, Erasure erasure);

inline constexpr std::string_view erasure_schema_1 = R"sql(
CREATE TABLE erased_person (
  person @bytes PRIMARY KEY,
  municipality TEXT NOT NULL,
  at BIGINT NOT NULL,
  erased_by @bytes NOT NULL,
  reason TEXT NOT NULL,
  proof TEXT NOT NULL,
  signer TEXT NOT NULL,
  signature TEXT NOT NULL
) @clustered;
)sql";

}  // namespace renraku::domain
