// Who may make whom a member, with what roles, and where.
#pragma once

#include <renraku/records/member.hpp>

#include "access/permit.hpp"

namespace renraku::domain {

/// What any account must be: at least one role; an organisation for an office's administrator and
/// a receiver, and one that is there; the service's administrators belong to no municipality and
/// everybody else to one. Error{missing}, Error{invalid}, Error{not_found}.
void need_sound_account(access::Permit& permit, const Member& member);

/// Roles are given and taken by whoever may (Action::role_change). An office's administrator makes
/// professionals of the own office and touches no other account: Error{not_permitted}.
void need_right_to_add(access::Permit& permit, const Member& added);
void need_right_to_change(access::Permit& permit, const Member& stored, const Member& changed);
/// For everything else that is done to an account.
void need_right_to(access::Permit& permit, const Member& member);

/// Without an administrator nobody could ever let one in again: Error{not_permitted}.
void keep_an_administrator(access::Permit& permit, const Member& before, const Member& after);

}  // namespace renraku::domain
