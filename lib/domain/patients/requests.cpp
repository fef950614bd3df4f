// Asking to join a team: it takes a second person.
#include <algorithm>

#include "domain/notices/notices.hpp"
#include "domain/paging.hpp"
#include "domain/patients/team.hpp"
#include "domain/table.hpp"
#include "domain/text_rule.hpp"

namespace renraku::domain {
namespace {

const Table<TeamRequest> requests("team_request");
const std::string list_open =
    "SELECT pk, " + storage::columns<TeamRequest>() +
    " FROM team_request WHERE patient = :patient AND answer = 'open' AND pk > :after "
    "ORDER BY pk LIMIT :size";
constexpr std::string_view count_open =
    "SELECT count(*) FROM team_request WHERE patient = :patient AND member = :member "
    "AND answer = 'open'";
/// Roles are stored as a list of names in JSON.
constexpr std::string_view find_administrators =
    "SELECT id FROM member WHERE municipality = :municipality AND status = 'active' "
    "AND roles LIKE '%\"administrator\"%'";

bool has(const std::vector<Id<Member>>& members, const Id<Member>& member) {
  return std::ranges::find(members, member) != members.end();
}

// The team as it may answer, or the administrators where it has nobody else.
std::vector<Id<Member>> answerers(access::Permit& permit, const TeamRequest& request) {
  const auto concerned = [&](const Id<Member>& member) {
    return member == request.member || member == request.asker;
  };
  std::vector<Id<Member>> found;
  for (const Active& one : active_team(permit, request.patient)) {
    if (one.sees && !concerned(one.member)) found.push_back(one.member);
  }
  if (!found.empty()) return found;
  found = permit.transaction()
              .query(find_administrators)
              .bind("municipality", permit.scope().municipality)
              .all<Id<Member>>();
  std::erase_if(found, concerned);
  return found;
}

// Strangers ask for themselves, or for the colleague for whom they enter; who sees the team asks
// for anybody.
void need_right_to_ask(access::Permit& permit, const TeamRequest& request) {
  const access::Actor& actor = permit.actor();
  if (request.member == actor.member || request.member == actor.on_behalf) return;
  permit.require(access::Action::team_view, team_standing(permit.transaction(), actor.member,
                                                          request.patient, permit.today()));
}

bool is_settled(access::Permit& permit, const TeamRequest& request) {
  const auto open = permit.transaction()
                        .query(count_open)
                        .bind("patient", request.patient)
                        .bind("member", request.member)
                        .optional<std::int64_t>();
  return open.value_or(0) > 0 ||
         has(members_of(active_team(permit, request.patient)), request.member);
}

void join(access::Permit& permit, const TeamRequest& request, access::Changes& changes) {
  const std::vector<Active> team = active_team(permit, request.patient);
  if (has(members_of(team), request.member)) return;
  TeamMember place;
  place.patient = request.patient;
  place.member = request.member;
  place.role = request.role;
  place.lead = std::ranges::none_of(team, &Active::lead);
  put_in_team(permit, std::move(place), changes);
}

void tell_answer(access::Permit& permit, const TeamRequest& request) {
  std::vector<Id<Member>> told{request.asker, request.member};
  NoticeKind kind = NoticeKind::team_declined;
  if (request.answer == RequestAnswer::accepted) {
    kind = NoticeKind::team_joined;
    const auto team = members_of(active_team(permit, request.patient));
    told.insert(told.end(), team.begin(), team.end());
  }
  notify(permit, std::move(told), kind, request.patient, request.member);
}

}  // namespace

void ask_to_join(access::Permit& permit, TeamRequest request) {
  need_short_text(request.reason, "reason");
  if (!request.role.empty()) need_short_text(request.role, "role");
  need_right_to_ask(permit, request);
  need_care_worker(permit, request.member);
  const auto patient = find_patient(permit, request.patient);
  if (!patient || is_settled(permit, request)) return;
  request.asker = permit.actor().member;
  request.asked_at = permit.now();
  request.answer = RequestAnswer::open;
  request.answerer = {};
  request.answered_at = {};
  request = requests.insert(permit, requests.keys(permit).next(), std::move(request));
  access::Changes changes;
  changes.added("team_request", request);
  permit.journal(patient->person, changes, true);
  notify(permit, answerers(permit, request), NoticeKind::team_asked, patient->id, request.member);
}

Page<TeamRequest> list_requests(access::Permit& permit, const Id<Patient>& patient,
                                const PageRequest& request) {
  permit.saw(load_patient(permit, patient).person);
  storage::Query query = permit.transaction().query(list_open);
  query.bind("patient", patient);
  return page_by_key<TeamRequest>(query, request, [&] { return query.read<TeamRequest>(); });
}

TeamRequest answer_request(access::Permit& permit, const Id<Patient>& patient_id,
                           const Id<TeamRequest>& id, std::int64_t revision, RequestAnswer answer) {
  const Patient patient = load_patient(permit, patient_id);
  const TeamRequest stored = requests.load(permit, id);
  if (stored.patient != patient.id) {
    throw Error(ErrorCode::not_found, "the team has no such request", "team_request");
  }
  if (answer == RequestAnswer::open) {
    throw Error(ErrorCode::invalid, "a request is accepted or declined", "answer");
  }
  if (permit.actor().on_behalf || !has(answerers(permit, stored), permit.actor().member)) {
    throw Error(ErrorCode::not_permitted, "a second person of the team answers, in the own name",
                "answer");
  }
  TeamRequest changed = stored;
  changed.revision = stored.answer == RequestAnswer::open ? revision : 0;  // answered is answered
  changed.answer = answer;
  changed.answerer = permit.actor().member;
  changed.answered_at = permit.now();
  changed = requests.update(permit, stored, std::move(changed));
  access::Changes changes;
  changes.changed("team_request", stored, changed);
  if (answer == RequestAnswer::accepted) join(permit, changed, changes);
  permit.journal(patient.person, changes, true);
  tell_answer(permit, changed);
  return changed;
}

}  // namespace renraku::domain
