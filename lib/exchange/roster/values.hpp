// A person and an entry as 26 texts: what imports compare, what exports write.
#pragma once

#include <array>
#include <renraku/records/evacuee.hpp>
#include <renraku/records/person.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/roster/codes.hpp"
#include "exchange/roster/columns.hpp"

namespace renraku::exchange::roster {

/// Values in one notation: dates as 1940-03-05, kana full-width, phones as digits, sex and consent
/// by their English names; the rest as written, without spaces at the ends. Empty is "not said".
struct Values {
  std::array<std::string, column_count> by_column;
  /// The telling word when the row speaks of protection.
  std::string protection;
  std::vector<ExtraColumn> own;

  [[nodiscard]] const std::string& at(Column column) const {
    return by_column[static_cast<std::size_t>(column)];
  }
  [[nodiscard]] std::string& at(Column column) {
    return by_column[static_cast<std::size_t>(column)];
  }
};

/// One value, e.g. the date of birth as 1940-03-05.
[[nodiscard]] std::string value_of(Column column, const Person& person, const Evacuee& evacuee);
[[nodiscard]] Values values_of(const Person& person, const Evacuee& evacuee);
/// Without what leads to the person's place.
[[nodiscard]] Values without_places(Values values);

/// What was said, as it is kept with the entry (JSON), and back.
[[nodiscard]] std::string to_text(const Values& values);
[[nodiscard]] Values from_text(std::string_view json);

/// Puts the column's fields of one record into another.
void take(Column column, const Person& from, const Evacuee& from_entry, Person& to,
          Evacuee& to_entry);

/// A column as a file has it: as it was written where that still means what is stored.
[[nodiscard]] std::string written_of(Column column, const Person& person, const Evacuee& evacuee,
                                     const Codes& codes, const Date& today);

/// The person's own address and phone of a kind; null where there is none.
[[nodiscard]] const Address* residence_of(const Person& person);
[[nodiscard]] const Phone* phone_of(const Person& person, PhoneKind kind);

}  // namespace renraku::exchange::roster
