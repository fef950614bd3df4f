#include "domain/restoring/taken_away.hpp"

#include "domain/erasure/erasure.hpp"

namespace renraku::domain {
namespace {

constexpr std::string_view list_suspended = "SELECT id FROM member WHERE status = 'suspended'";
constexpr std::string_view list_revoked = "SELECT id FROM certificate WHERE revoked = 1";
constexpr std::string_view list_ended_applications = "SELECT id FROM application WHERE revoked = 1";
constexpr std::string_view suspend =
    "UPDATE member SET status = 'suspended', revision = revision + 1 "
    "WHERE id = :id AND status = 'active'";
constexpr std::string_view revoke =
    "UPDATE certificate SET revoked = 1, revision = revision + 1 WHERE id = :id AND revoked = 0";
constexpr std::string_view end_application =
    "UPDATE application SET revoked = 1, revision = revision + 1 WHERE id = :id AND revoked = 0";
constexpr std::string_view end_sessions =
    "UPDATE login_session SET ended_at = :now WHERE ended_at IS NULL";

std::int64_t each(storage::Transaction& transaction, std::string_view sql,
                  const std::vector<Uuid>& ids) {
  std::int64_t changed = 0;
  for (const Uuid& id : ids) changed += transaction.query(sql).bind("id", id).run();
  return changed;
}

}  // namespace

TakenAway taken_away(storage::Transaction& transaction) {
  return {transaction.query(list_suspended).all<Uuid>(),
          transaction.query(list_revoked).all<Uuid>(),
          transaction.query(list_ended_applications).all<Uuid>(), list_erasures(transaction)};
}

TakenAgain take_away_again(access::Permit& permit, const TakenAway& taken) {
  storage::Transaction& transaction = permit.transaction();
  return {each(transaction, suspend, taken.suspended_members),
          each(transaction, revoke, taken.revoked_certificates),
          each(transaction, end_application, taken.revoked_applications)};
}

void end_all_sessions(access::Permit& permit) {
  permit.transaction().query(end_sessions).bind("now", permit.now()).run();
}

}  // namespace renraku::domain
