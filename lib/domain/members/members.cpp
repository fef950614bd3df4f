#include "domain/members/members.hpp"

#include <algorithm>
#include <renraku/described/member.hpp>

#include "access/identity.hpp"
#include "domain/paging.hpp"
#include "domain/table.hpp"
#include "domain/text_rule.hpp"

namespace renraku::domain {
namespace {

const Table<Member> members("member", {"login_key"});
const std::string list_page =
    "SELECT " + storage::columns<Member>() +
    " FROM member WHERE municipality = :municipality AND login_key > :after "
    "ORDER BY login_key LIMIT :size";
constexpr std::string_view count_by_login =
    "SELECT count(*) FROM member WHERE municipality = :municipality AND login_key = :login_key";
const std::string list_active = "SELECT " + storage::columns<Member>() +
                                " FROM member WHERE municipality = :municipality "
                                "AND status = 'active'";
void bind_login(storage::Query& query, const Member& member) {
  query.bind("login_key", access::login_key(member.login));
}

bool is_administrator(const Member& member) {
  return member.status == MemberStatus::active &&
         std::find(member.roles.begin(), member.roles.end(), Role::administrator) !=
             member.roles.end();
}

// Without an administrator nobody could ever let one in again.
void keep_an_administrator(access::Permit& permit, const Member& before, const Member& after) {
  if (!is_administrator(before) || is_administrator(after)) return;
  const auto active = permit.transaction()
                          .query(list_active)
                          .bind("municipality", permit.scope().municipality)
                          .all<Member>();
  const bool another = std::any_of(active.begin(), active.end(), [&](const Member& member) {
    return member.id != before.id && is_administrator(member);
  });
  if (!another) {
    throw Error(ErrorCode::not_permitted,
                "this is the last administrator; make another member administrator first", "roles");
  }
}

Member store_change(access::Permit& permit, const Member& stored, Member changed) {
  keep_an_administrator(permit, stored, changed);
  changed = members.update(permit, stored, std::move(changed), bind_login);
  access::Changes changes;
  changes.changed("member", stored, changed);
  permit.journal(stored.id, changes, false);
  return changed;
}

Member set_status(access::Permit& permit, const Id<Member>& id, MemberStatus status) {
  const Member stored = find_member(permit, id);
  if (stored.status == status) return stored;
  Member changed = stored;
  changed.status = status;
  return store_change(permit, stored, std::move(changed));
}

}  // namespace

Member add_member(access::Permit& permit, const NewMember& input,
                  const std::string& password_hash) {
  need_short_text(input.login, "login");
  need_short_text(input.name, "name");
  if (input.roles.empty()) {
    throw Error(ErrorCode::missing, "a member has at least one role", "roles");
  }
  const auto taken = permit.transaction()
                         .query(count_by_login)
                         .bind("municipality", permit.scope().municipality)
                         .bind("login_key", access::login_key(input.login))
                         .optional<std::int64_t>();
  if (taken.value_or(0) > 0) {
    throw Error(ErrorCode::exists, "another member signs in by this name; choose another", "login");
  }
  Member added;
  added.login = input.login;
  added.name = input.name;
  added.profession = input.profession;
  added.roles = input.roles;
  added = members.insert(permit, members.keys(permit).next(), std::move(added), bind_login);
  access::set_password_hash(permit.transaction(), added.id, password_hash, permit.now());
  access::Changes changes;
  changes.added("member", added);
  permit.journal(added.id, changes, false);
  return added;
}

Page<Member> list_members(access::Permit& permit, const PageRequest& request) {
  const int size = page_size(request);
  Page<Member> page;
  page.items = permit.transaction()
                   .query(list_page)
                   .bind("municipality", permit.scope().municipality)
                   .bind("after", request.after)
                   .bind("size", size + 1)
                   .all<Member>();
  if (cut_page(page, size)) page.next = access::login_key(page.items.back().login);
  for (const Member& member : page.items) permit.saw(member.id);
  return page;
}

Member find_member(access::Permit& permit, const Id<Member>& id) {
  permit.saw(id);
  return members.load(permit, id);
}

Member change_member(access::Permit& permit, Member changed) {
  const Member stored = find_member(permit, changed.id);
  need_short_text(changed.name, "name");
  if (changed.roles.empty()) {
    throw Error(ErrorCode::missing, "a member has at least one role", "roles");
  }
  changed.login = stored.login;
  changed.status = stored.status;
  return store_change(permit, stored, std::move(changed));
}

Member suspend_member(access::Permit& permit, const Id<Member>& id) {
  Member suspended = set_status(permit, id, MemberStatus::suspended);
  access::end_sessions_of(permit.transaction(), id, permit.now());
  return suspended;
}

Member restore_member(access::Permit& permit, const Id<Member>& id) {
  return set_status(permit, id, MemberStatus::active);
}

}  // namespace renraku::domain
