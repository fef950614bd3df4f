// Accounts: whom one works with, and accounts that come in from a file.
#pragma once

#include <cstdint>
#include <optional>
#include <renraku/records/member.hpp>
#include <string>
#include <vector>

namespace renraku {

/// What members see of one another.
struct Colleague {
  Id<Member> id;
  std::string name;
  Profession profession = Profession::city_officer;
  Id<Organisation> organisation;
  /// Empty where there is none.
  std::string organisation_name;
};

/// Which colleagues; an absent one lets all pass.
struct ColleagueFilter {
  /// Anywhere in the name of the member or the organisation, in any spelling.
  std::optional<std::string> text;
  std::optional<Profession> profession;
  std::optional<Id<Organisation>> organisation;
};

struct AccountImportOptions {
  /// Do everything but write.
  bool dry_run = false;
  /// "utf-8", "cp932", "utf-16le", "utf-16be"; empty: find out.
  std::string encoding;
};

/// A row that makes no account.
struct AccountRejection {
  std::int64_t line = 0;
  /// The canonical Japanese name; empty for a whole row.
  std::string column;
  /// missing, invalid, exists, not_permitted or not_found.
  std::string reason;
};

/// A first password that the library made because the row had none. It is told this once.
struct IssuedPassword {
  std::int64_t line = 0;
  std::string login;
  std::string password;
};

struct AccountImportReport {
  std::string encoding;
  std::int64_t rows = 0;
  std::int64_t added = 0;
  std::vector<AccountRejection> rejected;
  std::vector<IssuedPassword> issued;
};

}  // namespace renraku
