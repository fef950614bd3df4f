// Which fields of a record lead to where a person is. One list a record; withholding, keeping what
// was withheld and the history all go by it.
#pragma once

#include <algorithm>
#include <array>
#include <renraku/describe.hpp>
#include <string_view>

namespace renraku::domain {

/// The names of those fields; specialised beside each noun that has some.
template <DescribedRecord Record>
inline constexpr std::array<std::string_view, 0> place_fields{};

template <DescribedRecord Record>
[[nodiscard]] constexpr bool tells_place(std::string_view field) {
  return std::ranges::find(place_fields<Record>, field) != place_fields<Record>.end();
}

/// Copies those fields from one copy of a record to another.
template <DescribedRecord Record>
void take_places(const Record& from, Record& to) {
  for_each_field<Record>([&]<class F>(F) {
    if constexpr (tells_place<Record>(F::name)) to.*F::pointer = from.*F::pointer;
  });
}

/// Leaves them out of a copy and says so.
template <DescribedRecord Record>
void withhold_places(Record& record) {
  take_places(Record{}, record);
  record.withheld = true;
}

}  // namespace renraku::domain
