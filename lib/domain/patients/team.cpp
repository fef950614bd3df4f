// The team (担当メンバー): who is in it, who joins, who leaves.
#include "domain/patients/team.hpp"

#include <algorithm>
#include <map>
#include <renraku/described/member.hpp>

#include "domain/many_ids.hpp"
#include "domain/members/members.hpp"
#include "domain/notices/notices.hpp"
#include "domain/paging.hpp"
#include "domain/people/people.hpp"
#include "domain/table.hpp"
#include "domain/text_rule.hpp"

namespace renraku::domain {
namespace {

const Table<TeamMember> places("team_member");
const std::string find_active =
    "SELECT t.member AS member, t.lead AS lead, CASE WHEN t.lead = 1 OR " + agreed("c") +
    " THEN 1 ELSE 0 END AS sees FROM patient c JOIN team_member t ON t.patient = c.id "
    "JOIN member m ON m.id = t.member "
    "WHERE c.id = :patient AND m.status = 'active' AND " +
    not_ended("t") + " ORDER BY t.pk";
const std::string find_place = "SELECT " + storage::columns<TeamMember>("t") +
                               " FROM team_member t WHERE t.patient = :patient AND t.member = "
                               ":member AND " +
                               not_ended("t");
const std::string list_lines =
    "SELECT t.pk AS pk, t.id AS id, t.revision AS t_revision, t.municipality AS t_municipality, " +
    storage::identity("m") +
    ", t.member AS member, m.name AS name, m.profession AS profession, "
    "m.organisation AS organisation, t.role AS role, t.lead AS lead, t.since AS since, t.until AS "
    "until, CASE WHEN m.status = 'active' AND " +
    not_ended("t") +
    " THEN 1 ELSE 0 END AS active FROM team_member t JOIN member m ON m.id = t.member "
    "WHERE t.patient = :patient AND t.pk > :after ORDER BY t.pk LIMIT :size";
const std::string count_active =
    "(SELECT count(*) FROM team_member t JOIN member m ON m.id = t.member "
    "WHERE t.patient = c.id AND m.status = 'active' AND " +
    not_ended("t");
const std::string find_teams =
    "SELECT c.person AS person, c.id AS patient, " + count_active + ") AS members, " +
    count_active +
    " AND t.lead = 1) AS leads FROM patient c WHERE c.municipality = :municipality "
    "AND CASE WHEN c.closed IS NULL THEN 0 ELSE 1 END = :closed AND " +
    among_ids("c.person");
const ReadingList overviews({
    .columns = "p.name AS name, p.kana AS kana, " + storage::identity("p"),
    .tables = "person_search s",
    .where = "s.patient = :mark",
    .joins = " JOIN person p ON p.pk = s.person",
});

/// Whose team it is, and what is shown of it.
struct TeamOf {
  Id<Person> person;
  Id<Patient> patient;
  std::int64_t members = 0;
  std::int64_t leads = 0;
};
RENRAKU_DESCRIBE(TeamOf, person, patient, members, leads)

std::map<Uuid, TeamOf> teams_of(access::Permit& permit, bool closed, std::span<const Uuid> people) {
  std::map<Uuid, TeamOf> teams;
  const auto bind = [&](storage::Query& query) {
    query.bind("municipality", permit.scope().municipality)
        .bind("closed", closed)
        .bind("today", permit.today());
  };
  ask_of_many(permit.transaction(), find_teams, people, bind, [&](storage::Query& row) {
    const auto team = row.read<TeamOf>();
    teams.emplace(team.person, team);
  });
  return teams;
}

std::optional<TeamMember> find_current(access::Permit& permit, const Id<Patient>& patient,
                                       const Id<Member>& member) {
  return permit.transaction()
      .query(find_place)
      .bind("patient", patient)
      .bind("member", member)
      .bind("today", permit.today())
      .optional<TeamMember>();
}

void need_another_lead(const std::vector<Active>& team, const Id<Member>& than) {
  const bool another =
      std::ranges::any_of(team, [&](const Active& one) { return one.lead && one.member != than; });
  if (another) return;
  throw Error(ErrorCode::not_permitted,
              "this is the team's last lead; make another member lead first", "lead");
}

// Ends a place and tells the team that was, the one who goes included.
void end_place(access::Permit& permit, const Id<Patient>& patient_id, const Id<Member>& member,
               NoticeKind kind) {
  const Patient patient = load_patient(permit, patient_id);
  const auto stored = find_current(permit, patient.id, member);
  if (!stored) {
    throw Error(ErrorCode::not_found, "the member has no place in this team", "member");
  }
  const std::vector<Active> team = active_team(permit, patient.id);
  if (stored->lead) need_another_lead(team, member);
  TeamMember ended = *stored;
  ended.until = permit.today();
  ended = places.update(permit, *stored, std::move(ended));
  access::Changes changes;
  changes.changed("team_member", *stored, ended);
  permit.journal(patient.person, changes, true);
  notify(permit, members_of(team), kind, patient.id, member);
}

}  // namespace

std::vector<Active> active_team(access::Permit& permit, const Id<Patient>& patient) {
  return permit.transaction()
      .query(find_active)
      .bind("patient", patient)
      .bind("today", permit.today())
      .all<Active>();
}

std::vector<Id<Member>> members_of(const std::vector<Active>& team) {
  std::vector<Id<Member>> members;
  for (const Active& one : team) members.push_back(one.member);
  return members;
}

void need_care_worker(access::Permit& permit, const Id<Member>& id) {
  const Member member = find_member(permit, id);
  const bool cares = std::ranges::find(member.roles, Role::professional) != member.roles.end();
  if (cares && member.status == MemberStatus::active) return;
  throw Error(ErrorCode::invalid, "only an active member who does care work joins a team",
              "member");
}

TeamMember put_in_team(access::Permit& permit, TeamMember place, access::Changes& changes) {
  if (!place.role.empty()) need_short_text(place.role, "role");
  if (place.until && *place.until <= permit.today()) {
    throw Error(ErrorCode::invalid, "the end of a place is yet to come", "until");
  }
  const std::vector<Active> team = active_team(permit, place.patient);
  if (const auto stored = find_current(permit, place.patient, place.member)) {
    if (stored->lead && !place.lead) need_another_lead(team, place.member);
    place.revision = stored->revision;
    place.since = stored->since;
    place = places.update(permit, *stored, std::move(place));
    changes.changed("team_member", *stored, place);
    return place;
  }
  if (team.size() >= team_size_max) {
    throw Error(ErrorCode::too_large, fmt::format("a team has at most {} members", team_size_max),
                "member");
  }
  place.since = permit.today();
  place = places.insert(permit, places.keys(permit).next(), std::move(place));
  changes.added("team_member", place);
  return place;
}

Page<TeamLine> list_team(access::Permit& permit, const Id<Patient>& patient,
                         const PageRequest& request) {
  permit.saw(load_patient(permit, patient).person);
  storage::Query query = permit.transaction().query(list_lines);
  query.bind("patient", patient).bind("today", permit.today());
  return page_by_key<TeamLine>(query, request, [&] { return query.read<TeamLine>(); });
}

Page<TeamOverview> list_teams(access::Permit& permit, const PatientFilter& filter,
                              const PageRequest& request) {
  SearchNeedles needles;
  needles.name = filter.text;
  const auto bind = [&](storage::Query& query) {
    query.bind("mark", filter.closed ? closed_mark : open_mark);
  };
  const auto take = [](storage::Query& row) {
    TeamOverview team;
    team.name = row.read<std::string>("name");
    team.kana = row.read<std::string>("kana");
    return ReadRow<TeamOverview>{std::move(team), row.read<Uuid>("p_id")};
  };
  const auto settle = [&](std::span<ReadRow<TeamOverview>> rows, const Protections&) {
    std::vector<Uuid> people;
    for (const auto& row : rows) people.push_back(row.person);
    const auto teams = teams_of(permit, filter.closed, people);
    for (auto& [shown, person, left_out] : rows) {
      const auto found = teams.find(person);
      left_out = left_out || found == teams.end();
      if (left_out) continue;
      shown.patient = found->second.patient;
      shown.members = found->second.members;
      shown.leads = found->second.leads;
    }
  };
  return overviews.page<TeamOverview>(permit, needles, request, {.where = bind, .shown_where = {}},
                                      take, settle);
}

TeamMember add_to_team(access::Permit& permit, TeamMember place) {
  const Patient patient = load_patient(permit, place.patient);
  need_care_worker(permit, place.member);
  access::Changes changes;
  place = put_in_team(permit, std::move(place), changes);
  permit.journal(patient.person, changes, true);
  notify(permit, members_of(active_team(permit, patient.id)), NoticeKind::team_joined, patient.id,
         place.member);
  return place;
}

void end_in_team(access::Permit& permit, const Id<Patient>& patient, const Id<Member>& member) {
  end_place(permit, patient, member, NoticeKind::team_ended);
}

void leave_team(access::Permit& permit, const Id<Patient>& patient) {
  end_place(permit, patient, permit.actor().member, NoticeKind::team_left);
}

}  // namespace renraku::domain
