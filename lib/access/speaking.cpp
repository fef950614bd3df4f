#include "access/speaking.hpp"

#include <algorithm>
#include <renraku/described/application.hpp>

#include "access/identity.hpp"
#include "access/moving.hpp"

namespace renraku::access {
namespace {

const std::string find_one =
    "SELECT " + storage::columns<Application>() + " FROM application WHERE id = :id";
constexpr std::string_view count_protections =
    "SELECT count(*) FROM protection_officer WHERE member = :member";
constexpr std::string_view forget_used = "DELETE FROM assertion_used WHERE expires < :old";
constexpr std::string_view use_nonce =
    "INSERT INTO assertion_used (application, nonce, expires) VALUES (:application, :nonce, "
    ":expires) ON CONFLICT (application, nonce) DO NOTHING";
constexpr std::string_view find_municipality = "SELECT id FROM municipality WHERE code = :code";

constexpr std::int64_t nonce_kept_micros = 3'600'000'000;

template <class T>
bool contains(const std::vector<T>& list, const T& value) {
  return std::ranges::find(list, value) != list.end();
}

bool administers(const Member& member) {
  return std::ranges::any_of(member.roles, [](Role role) {
    return role == Role::administrator || role == Role::service_administrator ||
           role == Role::office_administrator;
  });
}

bool guards_somebody(storage::Transaction& transaction, const Member& member) {
  return transaction.query(count_protections)
             .bind("member", member.id)
             .optional<std::int64_t>()
             .value_or(0) > 0;
}

std::vector<Action> actions_of(const Application& application) {
  std::vector<Action> actions;
  for (const std::string& name : application.actions) {
    Action action{};
    if (enum_parse(name, action)) actions.push_back(action);
  }
  return actions;
}

}  // namespace

std::optional<Application> find_application(storage::Transaction& transaction,
                                            const Id<Application>& id) {
  return transaction.query(find_one).bind("id", id).optional<Application>();
}

bool stands(const Application& application, Instant now) {
  return !application.revoked && now < application.expires;
}

bool is_registered_in(const Application& application, std::string_view municipality) {
  if (municipality.empty()) return false;
  return application.municipality == municipality ||
         contains(application.municipalities, std::string(municipality));
}

bool speaks_in(const Application& application, std::string_view municipality) {
  return is_registered_in(application, municipality) &&
         (application.municipality == municipality ||
          contains(application.accepted, std::string(municipality)));
}

bool speaks_for(storage::Transaction& transaction, const Application& application,
                const Member& member) {
  if (member.status != MemberStatus::active || !speaks_in(application, member.municipality) ||
      !contains(application.professions, member.profession)) {
    return false;
  }
  return contains(application.members, member.id) ||
         !(administers(member) || guards_somebody(transaction, member));
}

bool use_up_nonce(storage::Transaction& transaction, const Id<Application>& application,
                  std::string_view nonce, Instant expires, Instant now) {
  transaction.query(forget_used).bind("old", Instant{now.micros - nonce_kept_micros}).run();
  return transaction.query(use_nonce)
             .bind("application", application)
             .bind("nonce", nonce)
             .bind("expires", expires)
             .changed() == 1;
}

Actor load_speaker(storage::Transaction& transaction, const Asserted& asserted, Instant now) {
  const auto application = find_application(transaction, asserted.application);
  const Member member = load_member(transaction, asserted.member);
  if (now > asserted.until || !application || !stands(*application, now) ||
      !speaks_for(transaction, *application, member)) {
    throw Error(ErrorCode::session_ended, "the assertion counts no longer; make another");
  }
  need_here(transaction, member.municipality, now);
  Actor actor;
  actor.member = member.id;
  actor.municipality = member.municipality;
  actor.municipality_id = transaction.query(find_municipality)
                              .bind("code", member.municipality)
                              .optional<Uuid>()
                              .value_or(Uuid{});
  actor.organisation = member.organisation;
  actor.capacities = capacities_of(member.roles);
  actor.authentication = asserted.authentication;
  actor.granted = actions_of(*application);
  return actor;
}

}  // namespace renraku::access
