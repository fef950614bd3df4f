// A person's rows: the record itself and what is made from it for finding, sorting and hiding.
#pragma once

#include <cstdint>
#include <renraku/records/person.hpp>
#include <string>
#include <string_view>

#include "storage/database.hpp"

namespace renraku::domain {

/// Keys of the exact look-ups: the first letter says of what.
[[nodiscard]] std::string name_lookup(std::string_view name_key);
[[nodiscard]] std::string phone_lookup(std::string_view digits);
[[nodiscard]] std::string number_lookup(std::string_view municipal_number);
[[nodiscard]] std::string birth_lookup(const Date& date);

/// Writes what is made from the person, in place of what an earlier version of it left.
void index_person(storage::Transaction& transaction, std::int64_t pk, const Person& person);
void unindex_person(storage::Transaction& transaction, std::int64_t pk);

/// Writes whom a person's protection covers and which officers see through it.
void index_protection(storage::Transaction& transaction, std::int64_t pk, const Person& person);

}  // namespace renraku::domain
