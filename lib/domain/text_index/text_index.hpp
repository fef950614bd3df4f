// The switch of a municipality that lets a server find people by pairs of characters, and filling
// and emptying what it finds them by.
#pragma once

#include <cstdint>
#include <renraku/described/municipality.hpp>
#include <string>
#include <string_view>

#include "access/permit.hpp"

namespace renraku::domain {

// Acts.

/// Turns the switch: to `filling` where pairs are wanted and not all there, else to `off`; from
/// then on writers go by it. Where an earlier emptying was ended, what it left goes before it is
/// filled.
Municipality switch_text_index(access::Permit& permit, bool wanted);
/// Turns it to `on`, once everybody has pairs. Of the municipality of that code, which becomes the
/// act's. Error{conflict} (field "text_index") where it was switched off meanwhile.
Municipality finish_text_index(access::Permit& permit, const std::string& code);

// Within a writer's transaction of any process; nobody else writes meanwhile.

/// Gives pairs to the next people who have none, up to so many. How many they were; 0 at the end,
/// where the switch is off, and in a folder. `after` is where the last step ended, 0 at first.
[[nodiscard]] std::int64_t fill_text_index(storage::Transaction& transaction,
                                           std::string_view municipality, std::int64_t& after,
                                           int limit);
/// Takes the next pairs away, up to so many rows, unless the switch is on again.
[[nodiscard]] std::int64_t empty_text_index(storage::Transaction& transaction,
                                            std::string_view municipality, int limit);
/// How much is left to do, in people or rows. In a reader's transaction too.
[[nodiscard]] std::int64_t left_of_text_index(storage::Transaction& transaction,
                                              std::string_view municipality, bool wanted);

/// A municipality arrived from another place and says what it wants: nobody here who was there
/// before is left without.
void follow_text_index(storage::Transaction& transaction, std::string_view municipality);

/// `part` is 'person', of what people say themselves, or 'entry', of what the roster says of them.
inline constexpr std::string_view text_index_schema_1 = R"sql(
ALTER TABLE municipality ADD COLUMN text_index TEXT NOT NULL DEFAULT 'off';
CREATE TABLE person_pair (
  person BIGINT NOT NULL,
  part TEXT NOT NULL,
  pairs @keyed_set NOT NULL,
  PRIMARY KEY (person, part)
) @clustered;
CREATE INDEX person_pair_pairs ON person_pair @set_index (pairs);
)sql";

}  // namespace renraku::domain
