// People: identity once, found in any spelling, hidden where they are protected.
#pragma once

#include <optional>
#include <renraku/described/person.hpp>
#include <renraku/page.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "access/permit.hpp"
#include "domain/people/hidden.hpp"
#include "domain/people/index_check.hpp"
#include "domain/people/person_rows.hpp"
#include "domain/people/places.hpp"
#include "domain/people/schema.hpp"
#include "domain/people/search_page.hpp"
#include "domain/people/walk_memory.hpp"
#include "domain/table.hpp"
#include "storage/row_key.hpp"

namespace renraku::domain {

template <>
inline constexpr std::array<std::string_view, 2> place_fields<Person>{"addresses", "phones"};

/// A person with the row it lies in. What is protected is not yet left out: `withhold` does that
/// before the person leaves the domain.
struct StoredPerson {
  std::int64_t pk = 0;
  Person person;
  /// The reader may not see where the person is.
  bool hidden = false;
};

// Within an act, for other nouns; they journal the change in their own entry.

/// What follows from what was written: kana in one spelling, the digits of phones.
void complete_person(Person& person);
/// A new person's rows before they are written.
struct NewPerson {
  std::int64_t pk = 0;
  Id<Person> id;
  storage::MadeRow row;
  PersonIndex index;
  std::optional<Protection> protection;
};
/// Completes id, revision and municipality and makes the rows; on any thread. `pk` comes from
/// `person_keys`.
[[nodiscard]] NewPerson make_person(const Origin& origin, Person& person, std::int64_t pk);
/// Stores the person's own row; whoever is not indexed too is never found.
void insert_person(access::Permit& permit, const NewPerson& person);
/// Stores the rest. With `later`, the look-up keys wait there.
void index_new_person(access::Permit& permit, const NewPerson& person, LookupKeys* later = nullptr);
/// Completes and stores a person whom a member entered, not under protection. Error{missing} (field
/// "name") for one without name and reading.
StoredPerson add_person(access::Permit& permit, Person person);
/// The next keys of persons; take one for a whole act.
[[nodiscard]] storage::RowKeys person_keys(access::Permit& permit);
/// Error{not_found} unless the person is in the permit's municipality.
[[nodiscard]] StoredPerson load_person(access::Permit& permit, const Id<Person>& id);
/// Stores `changed` with the revision after `stored`'s; Error{conflict} when it was made from
/// another.
Person update_person(access::Permit& permit, const StoredPerson& stored, Person changed);
/// A pair of namesakes is looked at by an officer; more of them would be a flood.
inline constexpr int namesakes_max = 20;
/// Others of the same name and birth date, as far as both are certain.
[[nodiscard]] std::vector<Id<Person>> namesakes(access::Permit& permit, const StoredPerson& stored);
/// Leaves out of a copy what its reader may not see: the place of a hidden person, and of a
/// protection all but that there is one.
void withhold(const access::Permit& permit, Person& person, bool hidden);
/// The reader may see what stands in a protection: its officers, and while it is provisional
/// whoever may decide on it.
[[nodiscard]] bool shows_protection(const access::Permit& permit, const Protection& protection);

// Acts.

/// Shows one person; what the reader may not see is left out and `withheld` set.
[[nodiscard]] Person view_person(access::Permit& permit, const Id<Person>& id);

/// Changes a person. Where fields were withheld from the caller, the stored ones stay. Protection
/// is not changed by this.
Person change_person(access::Permit& permit, Person changed);

/// Puts a person under protection, changes it, or lifts it (absent). Provisional protection is
/// anybody's to decide who may set one; any other only the named officers'.
Person set_protection(access::Permit& permit, const Id<Person>& id, std::int64_t revision,
                      std::optional<Protection> protection);

/// People who fit the filter, by reading. Error{invalid} for a filter without any field, or for a
/// birth date or phone that is none.
[[nodiscard]] Page<Person> find_people(access::Permit& permit, const PersonFilter& filter,
                                       const PageRequest& page);

}  // namespace renraku::domain
