// 避難行動要支援者: the roster's entries and their list.
#pragma once

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
};

// Within an act, for other nouns; they journal the change in their own entry.

/// Completes id, revision and municipality and makes the row of the evacuee of row `person_pk`; on
/// any thread. `imported` is what the file said, where it came from one.
[[nodiscard]] storage::MadeRow make_evacuee(const Origin& origin, Evacuee& evacuee, std::int64_t pk,
                                            std::int64_t person_pk,
                                            std::optional<std::string_view> imported = {});
void insert_evacuee(access::Permit& permit, const storage::MadeRow& row);
[[nodiscard]] storage::RowKeys evacuee_keys(access::Permit& permit);
/// Error{not_found} unless the evacuee is in the permit's municipality.
[[nodiscard]] StoredEvacuee load_evacuee(access::Permit& permit, const Id<Evacuee>& id);
Evacuee update_evacuee(access::Permit& permit, const StoredEvacuee& stored, Evacuee changed);

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
  person @bytes NOT NULL,
  reference TEXT NOT NULL,
  district TEXT NOT NULL,
  reason TEXT NOT NULL,
  care_level TEXT NOT NULL,
  physical_disability TEXT NOT NULL,
  intellectual_disability TEXT NOT NULL,
  mental_disability TEXT NOT NULL,
  intractable_disease TEXT NOT NULL,
  medical_devices TEXT NOT NULL,
  consent TEXT NOT NULL,
  consent_written TEXT NOT NULL,
  consent_date TEXT,
  plan TEXT NOT NULL,
  shelter TEXT NOT NULL,
  supporter TEXT NOT NULL,
  supporter_contact TEXT NOT NULL,
  physician TEXT NOT NULL,
  note TEXT NOT NULL,
  label TEXT NOT NULL,
  extra TEXT NOT NULL,
  withdrawal TEXT,
  person_pk BIGINT NOT NULL,
  district_key TEXT NOT NULL,
  reason_key TEXT NOT NULL,
  care_level_key TEXT NOT NULL,
  listed BIGINT NOT NULL CHECK (listed IN (0, 1)),
  imported TEXT
);
CREATE UNIQUE INDEX evacuee_person ON evacuee (person_pk);
)sql";

}  // namespace renraku::domain
