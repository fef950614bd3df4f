// What must not come back with a backup.
#pragma once

#include <renraku/described/erasure.hpp>
#include <renraku/records/application.hpp>
#include <string>
#include <vector>

#include "access/journal/removals.hpp"
#include "access/permit.hpp"

namespace renraku::domain {

/// What was taken away in a store, by now.
struct TakenAway {
  /// A municipality that took itself off an application of the service.
  struct Leaving {
    Uuid application;
    std::string municipality;
  };

  std::vector<Uuid> suspended_members;
  std::vector<Uuid> revoked_certificates;
  std::vector<Uuid> revoked_applications;
  /// Those of the service as they stand: what one names no longer took itself off it.
  std::vector<Application> service_applications;
  std::vector<Leaving> leavings;
  /// Without a proof where only a witness tells of it; `at` is then when it was told.
  std::vector<Erasure> erasures;
};
/// As the store itself knows.
[[nodiscard]] TakenAway taken_away(storage::Transaction& transaction);
/// As its witness was told.
[[nodiscard]] TakenAway taken_away(const access::Told& told);
/// What a witness is to be told of it.
[[nodiscard]] access::RemovalState removal_state(storage::Transaction& transaction);

/// Takes it away in a store that had it still; how much that was. Erasures are for `erase_again`.
struct TakenAgain {
  std::int64_t members = 0;
  std::int64_t certificates = 0;
  std::int64_t applications = 0;
};
TakenAgain take_away_again(access::Permit& permit, const TakenAway& taken);
/// Nobody is signed in any more.
void end_all_sessions(access::Permit& permit);

}  // namespace renraku::domain
