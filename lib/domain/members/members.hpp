// Members of a municipality and the rules of their accounts.
#pragma once

#include <renraku/page.hpp>
#include <renraku/records/member.hpp>
#include <string>
#include <vector>

#include "access/permit.hpp"

namespace renraku::domain {

/// Adds a member with the hash of a password that followed the rule. Error{exists} (field "login")
/// when another member of the municipality signs in by that name.
Member add_member(access::Permit& permit, const NewMember& input, const std::string& password_hash);

/// All of the municipality, by sign-in name.
[[nodiscard]] Page<Member> list_members(access::Permit& permit, const PageRequest& page);

[[nodiscard]] Member find_member(access::Permit& permit, const Id<Member>& id);

/// Changes name, profession and roles; login and status stay. The last active administrator keeps
/// that role: Error{not_permitted}.
Member change_member(access::Permit& permit, Member changed);

/// Suspends a member and ends all of the member's sessions at once. What the member wrote stays.
/// Error{not_permitted} for the last active administrator.
Member suspend_member(access::Permit& permit, const Id<Member>& id);
Member restore_member(access::Permit& permit, const Id<Member>& id);

}  // namespace renraku::domain
