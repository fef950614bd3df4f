// What of the domain is carried when a store moves to another place, and what is made anew there.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <renraku/id.hpp>
#include <renraku/time.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/carrying.hpp"
#include "storage/row_key.hpp"

namespace renraku::domain {

/// Every table of the schema, so that together they are the whole store. What not every engine
/// gives back, which is what rows are found and sorted by, is made anew of the records that it
/// comes from. A person's row is carried together with those of `tables_of_people`.
[[nodiscard]] std::vector<std::unique_ptr<storage::Carried>> carried_tables(
    std::span<const storage::Migration> steps);

/// The tables whose rows are made of people, to be found by; `person` is the key of whom.
inline constexpr std::array<std::string_view, 2> tables_of_people{"person_search", "person_key"};
/// Made of people and of the roster's entries too, on a server alone and where their municipality
/// wants it.
inline constexpr std::string_view table_of_pairs = "person_pair";
/// Each store makes its own of who writes there.
inline constexpr std::string_view table_of_stamps = "walk_stamp";

/// One municipality of a store.
struct OfMunicipality {
  std::string code;
  Uuid id;
  /// Rows of the journal that stay as they are: the chain that the receiving store wrote itself,
  /// when the municipality comes back. Nothing by default.
  storage::KeyRange spared{0, -1};
  /// Assertions that were used up by then can't be used again anywhere.
  Instant now;
};

/// What of a table belongs to a municipality: the condition on its rows, `t`; empty where the table
/// is the store's own and nothing of it is carried with a municipality. Error{internal} for a table
/// of which nobody has decided.
[[nodiscard]] std::string part_of_municipality(const storage::ModelTable& table);
/// The same of the tables that are made of people.
inline constexpr std::string_view part_of_people = "t.person BETWEEN :first AND :last";
/// Binds what such a condition takes.
[[nodiscard]] std::function<void(storage::Query&)> binding(const OfMunicipality& of);

/// What of the schema's tables belongs to a municipality, without what its store's key wraps
/// (access::carry_keys). A person that is removed takes its keys along.
[[nodiscard]] std::vector<std::unique_ptr<storage::Carried>> carried_tables(
    std::span<const storage::Migration> steps, const OfMunicipality& of);

}  // namespace renraku::domain
