#include "domain/members/members.hpp"

#include <renraku/members.hpp>

#include "crypto/password.hpp"
#include "exchange/accounts/account_import.hpp"
#include "session/store_state.hpp"

namespace renraku {

using access::Action;
using access::Permit;

namespace {

// An office's administrator acts on the own office, which is where a new account belongs unless it
// says otherwise.
access::About about_office(const SessionState& state, const Id<Organisation>& organisation) {
  return {organisation ? organisation : state.member().organisation};
}

}  // namespace

Member Members::add(const NewMember& input) const {
  crypto::check_password_rule(input.password, false);
  const std::string hash = crypto::hash_password(input.password, state_->store().costs().password);
  return state_->act(Action::member_add, about_office(*state_, input.organisation),
                     [&](Permit& permit) { return domain::add_member(permit, input, hash); });
}

Page<Member> Members::list(const PageRequest& page) const {
  return state_->act(Action::member_list, {},
                     [&](Permit& permit) { return domain::list_members(permit, page); });
}

Member Members::view(const Id<Member>& id) const {
  return state_->act(Action::member_list, {id},
                     [&](Permit& permit) { return domain::find_member(permit, id); });
}

Member Members::change(const Member& changed) const {
  return state_->act(Action::member_change, {changed.id},
                     [&](Permit& permit) { return domain::change_member(permit, changed); });
}

Member Members::suspend(const Id<Member>& id) const {
  return state_->act(Action::member_suspend, {id},
                     [&](Permit& permit) { return domain::suspend_member(permit, id); });
}

Member Members::restore(const Id<Member>& id) const {
  return state_->act(Action::member_restore, {id},
                     [&](Permit& permit) { return domain::restore_member(permit, id); });
}

void Members::reset_password(const Id<Member>& id, const std::string& replacement) const {
  crypto::check_password_rule(replacement, false);
  const std::string hash = crypto::hash_password(replacement, state_->store().costs().password);
  state_->act(Action::password_reset, {id},
              [&](Permit& permit) { domain::reset_password(permit, id, hash); });
}

// Whether the caller may is asked before any password is hashed, and again when the accounts are
// written.
AccountImportReport Members::import_accounts(const std::filesystem::path& file,
                                             const AccountImportOptions& options) const {
  const access::About about = about_office(*state_, {});
  exchange::AccountImport import(file, options);
  state_->act(Action::account_import, about, [&](Permit& permit) { import.check(permit); });
  if (options.dry_run) return import.report();
  import.hash_passwords(state_->store().costs().password);
  state_->act(Action::account_import, about, [&](Permit& permit) { import.write(permit); });
  return import.report();
}

Page<Colleague> Members::colleagues(const ColleagueFilter& filter, const PageRequest& page) const {
  return state_->act(Action::colleague_list, {},
                     [&](Permit& permit) { return domain::list_colleagues(permit, filter, page); });
}

}  // namespace renraku
