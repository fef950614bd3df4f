// Who is disclosed to which receiver, as a condition of SQL. Private to this noun.
//
// The one place that decides it: the list, the look at one person, the file, the preview and the
// policy's relation all carry it.
#pragma once

#include <renraku/described/disclosure.hpp>
#include <string>
#include <string_view>

#include "access/permit.hpp"

namespace renraku::domain {

/// True in SQL for the roster entry `e` whose `purpose` is disclosed to the organisation `o`: `o`
/// receives and serves the entry's district; the entry is on the roster and its person under no
/// protection; nothing that the person said newest refuses; and the person agreed or, for the list
/// alone, silence counts. Needs `bind_rule`.
[[nodiscard]] std::string disclosed(DisclosurePurpose purpose);

/// True when under this rule silence counts on that day.
[[nodiscard]] bool silence_counts(const DisclosureRule& rule, const Date& day);

/// Binds :today and whether silence counts.
inline void bind_rule(storage::Query& query, const Date& today, bool silence) {
  query.bind("today", today).bind("silence", silence);
}

/// The name of an enumerator as a literal of SQL.
[[nodiscard]] inline std::string sql_word(DescribedEnum auto value) {
  return "'" + std::string(enum_name(value)) + "'";
}

}  // namespace renraku::domain
