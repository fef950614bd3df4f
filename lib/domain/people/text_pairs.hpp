// Pairs of neighbouring characters, by which a server finds texts that it does not see, in a
// municipality that wants it: a text that holds a needle has all pairs of the needle. What was
// found so is opened and looked into like everything else.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/database.hpp"

namespace renraku::domain {

/// What a pair is of. A pair of a name is not the same as one of a place.
enum class PairOf : char { name = 'n', place = 'p', entry = 'e' };

/// The pairs of each line of a folded text, a line each, for a @keyed_set. Nothing for a text whose
/// lines have one character at most.
[[nodiscard]] std::string pairs_of(PairOf of, std::string_view folded);

/// Adds to `pairs` those of another text.
void add_pairs(std::string& pairs, PairOf of, std::string_view folded);

/// The rows of one person's pairs: of what the person's own row says, and of the roster's entry.
enum class PairPart { person, entry };

/// Whether a writer has to keep pairs of the municipality's texts: on a server, unless the switch
/// is off. What a transaction finds here holds to its end.
[[nodiscard]] bool keeps_pairs(storage::Transaction& transaction, std::string_view municipality);

/// Writes them for a part that has none yet.
void add_pairs_of(storage::Transaction& transaction, std::string_view municipality,
                  std::int64_t person, PairPart part, std::string_view pairs);
/// Writes them in place of those there are; where there are none, the filling has yet to come.
void change_pairs_of(storage::Transaction& transaction, std::string_view municipality,
                     std::int64_t person, PairPart part, std::string_view pairs);
/// Writes them whether there are any or none.
void put_pairs_of(storage::Transaction& transaction, std::string_view municipality,
                  std::int64_t person, PairPart part, std::string_view pairs);

void remove_pairs_of(storage::Transaction& transaction, std::int64_t person, PairPart part);

/// The pairs that whoever fits has, in one of some ways: at least one, three at most.
using PairWays = std::vector<std::string>;
/// More are not looked for by pairs: who is looked for by what so many have is met soon on a walk
/// through all.
inline constexpr std::size_t found_by_pairs_max = 1'000;

/// The people of the municipality who may fit; none where they are more than found_by_pairs_max, or
/// where nobody is found by pairs.
[[nodiscard]] std::optional<std::vector<std::int64_t>> people_with_pairs(
    storage::Transaction& transaction, std::string_view municipality, const PairWays& ways);

}  // namespace renraku::domain
