// Members of a municipality and the rules of their accounts.
#pragma once

#include <renraku/page.hpp>
#include <renraku/records/account.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "access/permit.hpp"

namespace renraku::domain {

/// Adds a member with the hash of a password that followed the rule. Error{exists} (field "login")
/// when another member of the municipality signs in by that name.
Member add_member(access::Permit& permit, const NewMember& input, const std::string& password_hash);

/// Whether a member of the municipality signs in by this name.
[[nodiscard]] bool is_login_taken(access::Permit& permit, std::string_view login);

/// All that the permit's scope reaches, by sign-in name.
[[nodiscard]] Page<Member> list_members(access::Permit& permit, const PageRequest& page);

[[nodiscard]] Member find_member(access::Permit& permit, const Id<Member>& id);

/// Changes name, profession, organisation and roles; login and status stay. The last active
/// administrator keeps that role: Error{not_permitted}.
Member change_member(access::Permit& permit, Member changed);

/// Suspends a member and ends all of the member's sessions at once. What the member wrote stays.
/// Error{not_permitted} for the last active administrator.
Member suspend_member(access::Permit& permit, const Id<Member>& id);
Member restore_member(access::Permit& permit, const Id<Member>& id);

/// Stores the hash of a new password and ends all of the member's sessions.
void reset_password(access::Permit& permit, const Id<Member>& id, const std::string& hash);

/// All active members, by name.
[[nodiscard]] Page<Colleague> list_colleagues(access::Permit& permit, const ColleagueFilter& filter,
                                              const PageRequest& page);

}  // namespace renraku::domain
