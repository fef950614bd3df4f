#include "domain/members/members.hpp"

#include <renraku/described/member.hpp>

#include "access/identity.hpp"
#include "domain/absent.hpp"
#include "domain/members/account_rules.hpp"
#include "domain/paging.hpp"
#include "domain/table.hpp"
#include "domain/text_rule.hpp"

namespace renraku::domain {
namespace {

const Table<Member> members("member", {"login_key", "sort", "name_sort"});
const std::string list_page =
    "SELECT " + storage::columns<Member>() +
    ", sort FROM member WHERE municipality = :municipality AND (sort, id) > (:after, :after_id) "
    "AND " +
    unless_all("office", "organisation = :office") + " ORDER BY sort, id LIMIT :size";
constexpr std::string_view count_by_login =
    "SELECT count(*) FROM member WHERE municipality = :municipality AND login_key = :login_key";

void bind_own(storage::MadeRow& row, const Member& member) {
  const std::string key = access::login_key(member.login);
  row.bind("login_key", storage::Keyed(member.municipality, key))
      .bind("sort", crypto::view_of(key))
      .bind("name_sort", crypto::view_of(member.name));
}

Member store_change(access::Permit& permit, const Member& stored, Member changed) {
  keep_an_administrator(permit, stored, changed);
  changed = members.update(permit, stored, std::move(changed), bind_own);
  access::Changes changes;
  changes.changed("member", stored, changed);
  permit.journal(stored.id, changes, false);
  return changed;
}

Member set_status(access::Permit& permit, const Id<Member>& id, MemberStatus status) {
  Member stored = find_member(permit, id);
  need_right_to(permit, stored);
  if (stored.status == status) return stored;
  Member changed = stored;
  changed.status = status;
  return store_change(permit, stored, std::move(changed));
}

}  // namespace

bool is_login_taken(access::Permit& permit, std::string_view login) {
  const std::string& municipality = permit.scope().municipality;
  return permit.transaction()
             .query(count_by_login)
             .bind("municipality", municipality)
             .bind("login_key", storage::Keyed(municipality, access::login_key(login)))
             .optional<std::int64_t>()
             .value_or(0) > 0;
}

Member add_member(access::Permit& permit, const NewMember& input,
                  const std::string& password_hash) {
  need_short_text(input.login, "login");
  need_short_text(input.name, "name");
  if (is_login_taken(permit, input.login)) {
    throw Error(ErrorCode::exists, "another member signs in by this name; choose another", "login");
  }
  Member added;
  added.login = input.login;
  added.name = input.name;
  added.profession = input.profession;
  added.roles = input.roles;
  added.organisation = input.organisation;
  need_sound_account(permit, added);
  need_right_to_add(permit, added);
  added = members.insert(permit, members.keys(permit).next(), std::move(added), bind_own);
  access::set_password_hash(permit.transaction(), added.id, password_hash, permit.now());
  access::Changes changes;
  changes.added("member", added);
  permit.journal(added.id, changes, false);
  return added;
}

Page<Member> list_members(access::Permit& permit, const PageRequest& request) {
  storage::Query query = permit.transaction().query(list_page);
  bind_id_filter(query, "office", permit.scope().office);
  query.bind("municipality", permit.scope().municipality).bind("size", page_size(request) + 1);
  auto page =
      page_by_sort<Member>(query, request, [&] { return std::optional(query.read<Member>()); });
  for (const Member& member : page.items) permit.saw(member.id);
  return page;
}

Member find_member(access::Permit& permit, const Id<Member>& id) {
  permit.saw(id);
  Member member = members.load(permit, id);
  if (permit.scope().office && member.organisation != *permit.scope().office) {
    throw Error(ErrorCode::not_permitted,
                "an office's administrator sees the accounts of the own office only", "id");
  }
  return member;
}

Member change_member(access::Permit& permit, Member changed) {
  const Member stored = find_member(permit, changed.id);
  need_short_text(changed.name, "name");
  changed.login = stored.login;
  changed.status = stored.status;
  need_sound_account(permit, changed);
  need_right_to_change(permit, stored, changed);
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

void reset_password(access::Permit& permit, const Id<Member>& id, const std::string& hash) {
  need_right_to(permit, find_member(permit, id));
  access::set_password_hash(permit.transaction(), id, hash, permit.now());
  access::end_sessions_of(permit.transaction(), id, permit.now());
}

}  // namespace renraku::domain
