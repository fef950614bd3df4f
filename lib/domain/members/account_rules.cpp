#include "domain/members/account_rules.hpp"

#include <algorithm>
#include <renraku/described/member.hpp>

namespace renraku::domain {
namespace {

using access::Action;

const std::string list_active = "SELECT " + storage::columns<Member>() +
                                " FROM member WHERE municipality = :municipality "
                                "AND status = 'active'";
constexpr std::string_view count_organisation =
    "SELECT count(*) FROM organisation WHERE id = :id AND municipality = :municipality";

bool has(const Member& member, Role role) {
  return std::ranges::find(member.roles, role) != member.roles.end();
}

bool is_plain_professional(const Member& member) {
  return member.roles == std::vector{Role::professional};
}

bool is_administrator(const Member& member) {
  return member.status == MemberStatus::active && has(member, Role::administrator);
}

void need_organisation(access::Permit& permit, const Member& member) {
  if (!member.organisation) {
    if (!has(member, Role::office_administrator) && !has(member, Role::receiver)) return;
    throw Error(ErrorCode::missing, "an office's administrator and a receiver belong to one",
                "organisation");
  }
  const auto known = permit.transaction()
                         .query(count_organisation)
                         .bind("id", member.organisation)
                         .bind("municipality", permit.scope().municipality)
                         .optional<std::int64_t>();
  if (known.value_or(0) > 0) return;
  throw Error(ErrorCode::not_found, "there is no such organisation in this municipality",
              "organisation");
}

void refuse() {
  throw Error(ErrorCode::not_permitted,
              "an office's administrator keeps the accounts of its own professionals only",
              "roles");
}

}  // namespace

void need_sound_account(access::Permit& permit, const Member& member) {
  if (member.roles.empty()) {
    throw Error(ErrorCode::missing, "a member has at least one role", "roles");
  }
  const bool of_the_service = permit.scope().municipality.empty();
  if (has(member, Role::service_administrator) != of_the_service ||
      (of_the_service && member.roles.size() > 1)) {
    throw Error(ErrorCode::invalid,
                "the service's administrators belong to no municipality and have no other role",
                "roles");
  }
  need_organisation(permit, member);
}

void need_right_to(access::Permit& permit, const Member& member) {
  if (!permit.scope().office) return;
  if (member.organisation != *permit.scope().office || !is_plain_professional(member)) refuse();
}

void need_right_to_add(access::Permit& permit, const Member& added) {
  need_right_to(permit, added);
  const bool of_a_new_municipality = !permit.actor().member;
  if (!is_plain_professional(added) && !of_a_new_municipality) {
    permit.require(Action::role_change);
  }
}

void need_right_to_change(access::Permit& permit, const Member& stored, const Member& changed) {
  need_right_to(permit, stored);
  need_right_to(permit, changed);
  if (stored.roles != changed.roles) permit.require(Action::role_change);
}

void keep_an_administrator(access::Permit& permit, const Member& before, const Member& after) {
  if (!is_administrator(before) || is_administrator(after)) return;
  const auto active = permit.transaction()
                          .query(list_active)
                          .bind("municipality", permit.scope().municipality)
                          .all<Member>();
  const bool another = std::ranges::any_of(active, [&](const Member& member) {
    return member.id != before.id && is_administrator(member);
  });
  if (!another) {
    throw Error(ErrorCode::not_permitted,
                "this is the last administrator; make another member administrator first", "roles");
  }
}

}  // namespace renraku::domain
