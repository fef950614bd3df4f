// Columns whose texts stand for something: 性別 and 平常時の名簿情報提供の同意.
#pragma once

#include <map>
#include <optional>
#include <renraku/records/evacuee.hpp>
#include <renraku/records/person.hpp>
#include <renraku/records/roster.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "exchange/roster/headers.hpp"

namespace renraku::exchange::roster {

/// The tables of docs/roster-import.md, and what a profile adds to them.
class Codes {
 public:
  /// Error{invalid} for a code of another column or with a meaning there is not.
  explicit Codes(const std::vector<ProfileCode>& own = {});

  /// Absent when unknown.
  [[nodiscard]] std::optional<Sex> sex(std::string_view text) const;
  /// Nothing for a text outside the table, which is never taken for a consent.
  [[nodiscard]] std::optional<Consent> consent(std::string_view text) const;

 private:
  std::map<std::string, Sex, std::less<>> sexes_;
  std::map<std::string, Consent, std::less<>> consents_;
};

/// Counts how often each text of a coded column came, and what it was taken for.
class CodeCounts {
 public:
  /// More different texts are no codes: the column is mapped wrongly. Further ones are not listed.
  static constexpr std::size_t texts_max = 100;

  void count(Column column, std::string_view text, std::string_view meaning);
  [[nodiscard]] std::vector<CodeMeaning> list() const;

 private:
  std::map<std::pair<Column, std::string>, std::pair<std::string, std::int64_t>, std::less<>>
      counts_;
};

}  // namespace renraku::exchange::roster
