// What of the domain is carried when a store moves to another place, and what is made anew there.
#pragma once

#include <array>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "storage/carrying.hpp"

namespace renraku::domain {

/// Every table of the schema, so that together they are the whole store. What not every engine
/// gives back, which is what rows are found and sorted by, is made anew of the records that it
/// comes from. A person's row is carried together with those of `tables_of_people`.
[[nodiscard]] std::vector<std::unique_ptr<storage::Carried>> carried_tables(
    std::span<const storage::Migration> steps);

/// The tables whose rows are made of people, to be found by.
inline constexpr std::array<std::string_view, 2> tables_of_people{"person_search", "person_key"};

}  // namespace renraku::domain
