// A member of a care team who may see where a protected person is.
#pragma once

#include <cstdint>
#include <optional>
#include <renraku/id.hpp>
#include <renraku/records/member.hpp>
#include <renraku/records/person.hpp>
#include <renraku/time.hpp>
#include <string>

namespace renraku {

/// A named officer lets one member of the care team see the place of a person under protection, who
/// has to be visited after all. It counts while the officer who gave it is named in the protection
/// and the member is in the person's team, from the first day to the last, unless it was revoked;
/// it opens the place and nothing else of the protection.
struct PlaceGrant {
  Id<PlaceGrant> id;
  std::int64_t revision = 0;
  /// The municipality's six-digit code.
  std::string municipality;
  Id<Person> person;
  /// Who may see the place.
  Id<Member> member;
  Id<Member> granted_by;
  /// The first day and the last, in Japan.
  Date since;
  Date until;
  /// Why; needed.
  std::string reason;
  /// The day it was taken back, which counts at once; absent while it stands.
  std::optional<Date> revoked;
};

}  // namespace renraku
