// 避難行動要支援者: the roster's entries and their list.
#pragma once

#include <optional>
#include <renraku/described/evacuee.hpp>
#include <renraku/page.hpp>
#include <string>
#include <string_view>

#include "access/permit.hpp"
#include "domain/people/people.hpp"
#include "storage/row_key.hpp"

namespace renraku::domain {

/// Where help is waited for, who brings it, and whatever free text may say of it.
template <>
inline constexpr std::array<std::string_view, 8> place_fields<Evacuee>{
    "district", "plan", "shelter", "supporter", "supporter_contact", "physician", "note", "extra"};

/// An evacuee with the person; nothing is left out yet.
struct StoredEvacuee {
  Evacuee evacuee;
  StoredPerson person;
  /// What the last import said of the entry; absent where none did.
  std::optional<std::string> imported;
};

// Within an act, for other nouns; they journal the change in their own entry.

/// Completes id, revision and municipality and makes the row of the evacuee of row `person_pk`; on
/// any thread. `imported` is what the file said, where it came from one.
[[nodiscard]] storage::MadeRow make_evacuee(const Origin& origin, Evacuee& evacuee, std::int64_t pk,
                                            std::int64_t person_pk,
                                            std::optional<std::string_view> imported = {});
void insert_evacuee(access::Permit& permit, const storage::MadeRow& row);
/// The pairs of characters that an entry's own text for finding has.
[[nodiscard]] std::string entry_pairs(std::string_view reference);
[[nodiscard]] storage::RowKeys evacuee_keys(access::Permit& permit);
/// Error{not_found} unless the evacuee is in the permit's municipality.
[[nodiscard]] StoredEvacuee load_evacuee(access::Permit& permit, const Id<Evacuee>& id);
Evacuee update_evacuee(access::Permit& permit, const StoredEvacuee& stored, Evacuee changed);
/// Writes what an import says into the row and `stored`, which is as it was loaded: a change of the
/// entry comes after.
void remember_imported(access::Permit& permit, StoredEvacuee& stored, std::string_view imported);

// Acts.

/// Adds a person and the person's entry in the roster, as one act.
Evacuee add_evacuee(access::Permit& permit, Person person, Evacuee evacuee);
[[nodiscard]] Evacuee view_evacuee(access::Permit& permit, const Id<Evacuee>& id);
/// Changes an entry; its person stays. Where fields were withheld from the caller, the stored ones
/// stay.
Evacuee change_evacuee(access::Permit& permit, Evacuee changed);
/// The roster by reading, in pages, without those withdrawn.
[[nodiscard]] Page<EvacueeLine> list_evacuees(access::Permit& permit, const EvacueeFilter& filter,
                                              const PageRequest& page);

/// `imported` is what the last import said of the entry (JSON, made by the import), so that a later
/// one can tell what was edited here since. `listed` is 0 for those withdrawn.
inline constexpr std::string_view evacuee_schema_1 = R"sql(
CREATE TABLE evacuee (
  pk @key,
  id @bytes NOT NULL UNIQUE,
  revision BIGINT NOT NULL,
  municipality TEXT NOT NULL,
  person @bound @bytes NOT NULL,
  reference @sealed NOT NULL,
  district @sealed NOT NULL,
  reason @sealed NOT NULL,
  care_level @sealed NOT NULL,
  physical_disability @sealed NOT NULL,
  intellectual_disability @sealed NOT NULL,
  mental_disability @sealed NOT NULL,
  intractable_disease @sealed NOT NULL,
  medical_devices @sealed NOT NULL,
  consent @bound TEXT NOT NULL,
  consent_written @sealed NOT NULL,
  consent_date @bound TEXT,
  plan @sealed NOT NULL,
  shelter @sealed NOT NULL,
  supporter @sealed NOT NULL,
  supporter_contact @sealed NOT NULL,
  physician @sealed NOT NULL,
  note @sealed NOT NULL,
  label TEXT NOT NULL,
  extra @sealed NOT NULL,
  withdrawal @sealed,
  person_pk BIGINT NOT NULL,
  district_key @keyed NOT NULL,
  reason_key @sealed NOT NULL,
  care_level_key @keyed NOT NULL,
  listed @bound BIGINT NOT NULL CHECK (listed IN (0, 1)),
  imported @sealed
);
CREATE UNIQUE INDEX evacuee_person ON evacuee (person_pk);
)sql";

}  // namespace renraku::domain
