#include "domain/restoring/taken_away.hpp"

#include <algorithm>
#include <renraku/described/application.hpp>

#include "access/identity.hpp"
#include "access/member_factors.hpp"
#include "access/speaking.hpp"
#include "domain/erasure/erasure.hpp"

namespace renraku::domain {
namespace {

constexpr std::string_view list_suspended = "SELECT id FROM member WHERE status = 'suspended'";
constexpr std::string_view list_revoked = "SELECT id FROM certificate WHERE revoked = 1";
constexpr std::string_view list_ended_applications = "SELECT id FROM application WHERE revoked = 1";
const std::string list_of_service = "SELECT " + storage::columns<Application>() +
                                    " FROM application WHERE municipality = '' AND revoked = 0";
constexpr std::string_view list_erased = "SELECT person FROM erased_person";
constexpr std::string_view end_application =
    "UPDATE application SET revoked = 1, revision = revision + 1 WHERE id = :id AND revoked = 0";
constexpr std::string_view narrow_application =
    "UPDATE application SET municipalities = :municipalities, accepted = :accepted, "
    "revision = revision + 1 WHERE id = :id";
constexpr std::string_view end_sessions =
    "UPDATE login_session SET ended_at = :now WHERE ended_at IS NULL";

/// Takes the municipalities of which this is true off an application that still speaks.
template <class TookItselfOff>
std::int64_t narrow(storage::Transaction& transaction, const Uuid& id, TookItselfOff&& off) {
  auto here = access::find_application(transaction, Id<Application>(id));
  if (!here || here->revoked || std::erase_if(here->municipalities, off) == 0) return 0;
  std::erase_if(here->accepted, off);
  transaction.query(narrow_application)
      .bind("id", here->id)
      .bind("municipalities", here->municipalities)
      .bind("accepted", here->accepted)
      .run();
  return 1;
}

std::int64_t end_or_narrow(storage::Transaction& transaction, const TakenAway& taken) {
  std::int64_t changed = std::ranges::count_if(taken.revoked_applications, [&](const Uuid& id) {
    return transaction.query(end_application).bind("id", id).changed() > 0;
  });
  for (const Application& then : taken.service_applications) {
    changed += narrow(transaction, then.id, [&](const std::string& code) {
      return !access::is_registered_in(then, code);
    });
  }
  for (const TakenAway::Leaving& leaving : taken.leavings) {
    changed += narrow(transaction, leaving.application,
                      [&](const std::string& code) { return code == leaving.municipality; });
  }
  return changed;
}

}  // namespace

TakenAway taken_away(storage::Transaction& transaction) {
  return {transaction.query(list_suspended).all<Uuid>(),
          transaction.query(list_revoked).all<Uuid>(),
          transaction.query(list_ended_applications).all<Uuid>(),
          transaction.query(list_of_service).all<Application>(),
          {},
          list_erasures(transaction)};
}

TakenAway taken_away(const access::Told& told) {
  TakenAway out;
  for (const auto& [what, last] : told) {
    if (!last.taken) continue;
    switch (what.kind) {
      case RemovalKind::member_suspended:
        out.suspended_members.push_back(what.id);
        break;
      case RemovalKind::certificate_revoked:
        out.revoked_certificates.push_back(what.id);
        break;
      case RemovalKind::application_revoked:
        out.revoked_applications.push_back(what.id);
        break;
      case RemovalKind::application_left:
        out.leavings.push_back({what.id, what.municipality});
        break;
      case RemovalKind::person_erased:
        out.erasures.push_back(
            {Id<Person>(what.id), last.time, {}, ErasureReason::other, {}, {}, {}});
        break;
      // Ways in are the key header's.
      case RemovalKind::key_slot_removed:
      case RemovalKind::store_key_replaced:
        break;
    }
  }
  return out;
}

access::RemovalState removal_state(storage::Transaction& transaction) {
  access::RemovalState state;
  const auto taken = [&](RemovalKind kind, std::string_view list) {
    for (const Uuid& id : transaction.query(list).all<Uuid>()) state[{kind, id, {}}] = true;
  };
  taken(RemovalKind::member_suspended, list_suspended);
  taken(RemovalKind::certificate_revoked, list_revoked);
  taken(RemovalKind::application_revoked, list_ended_applications);
  taken(RemovalKind::person_erased, list_erased);
  for (const Application& application : transaction.query(list_of_service).all<Application>()) {
    for (const std::string& code : application.municipalities) {
      state[{RemovalKind::application_left, application.id, code}] = false;
    }
  }
  return state;
}

TakenAgain take_away_again(access::Permit& permit, const TakenAway& taken) {
  storage::Transaction& transaction = permit.transaction();
  const auto suspend = [&](const Uuid& id) {
    return access::suspend_member(transaction, Id<Member>(id));
  };
  const auto revoke = [&](const Uuid& id) {
    return access::revoke_certificate(transaction, Id<Certificate>(id));
  };
  return {std::ranges::count_if(taken.suspended_members, suspend),
          std::ranges::count_if(taken.revoked_certificates, revoke),
          end_or_narrow(transaction, taken)};
}

void end_all_sessions(access::Permit& permit) {
  permit.transaction().query(end_sessions).bind("now", permit.now()).run();
}

}  // namespace renraku::domain
