// The words of the policy: what can be done, in what capacity, standing how to whom, and when.
// Their names are written into the journal and are never changed or used again.
#pragma once

#include <renraku/describe.hpp>

#include "base/enum_set.hpp"

namespace renraku::access {

enum class Action {
  // The store and its keys.
  store_check,
  store_reencrypt,
  store_copy,
  key_slot_list,
  key_slot_change,
  key_rotation,
  backup_make,
  backup_restore,
  access_recover,
  // Municipality, members, and how they prove who they are.
  municipality_add,
  municipality_view,
  municipality_change,
  two_factor_require,
  member_add,
  member_list,
  member_change,
  member_suspend,
  member_restore,
  role_change,
  account_import,
  colleague_list,
  deputise,
  password_change,
  password_reset,
  factor_view,
  factor_change,
  factor_reset,
  certificate_list,
  certificate_bind,
  certificate_revoke,
  reauthenticate,
  sign_in,
  sign_out,
  session_list,
  session_revoke,
  // Vendors' applications.
  act_as,
  application_register,
  application_accept,
  application_revoke,
  application_list,
  // People.
  person_find,
  person_view,
  person_change,
  person_erase,
  protected_view,
  protection_set,
  protection_change,
  place_grant,
  // The roster.
  evacuee_list,
  evacuee_view,
  evacuee_add,
  evacuee_change,
  roster_preview,
  roster_import,
  roster_export,
  open_row_list,
  open_row_mend,
  open_row_dismiss,
  suspect_list,
  suspect_decide,
  missing_list,
  missing_decide,
  conflict_list,
  conflict_decide,
  // Who may see the roster.
  consent_record,
  consent_view,
  disclosure_policy_view,
  disclosure_policy_propose,
  disclosure_policy_decide,
  disclosure_make,
  disclosure_list,
  disclosure_return,
  disclosed_list,
  disclosed_view,
  // Patients and care teams.
  patient_add,
  patient_list,
  patient_view,
  patient_change,
  patient_consent_record,
  team_view,
  team_add,
  team_end,
  team_leave,
  team_ask,
  team_answer,
  notice_list,
  notice_read,
  // The journal.
  history_view,
  lookers_view,
  journal_list,
  journal_verify,
  journal_head,
  journal_archive,
  journal_tail,
  // Organisations.
  organisation_add,
  organisation_list,
  organisation_change,
  // Settings of a municipality.
  text_index_switch,
};
// One line each: the macro for a whole list takes some fifty.
BOOST_DESCRIBE_ENUM_BEGIN(Action)
BOOST_DESCRIBE_ENUM_ENTRY(Action, store_check)
BOOST_DESCRIBE_ENUM_ENTRY(Action, store_reencrypt)
BOOST_DESCRIBE_ENUM_ENTRY(Action, store_copy)
BOOST_DESCRIBE_ENUM_ENTRY(Action, key_slot_list)
BOOST_DESCRIBE_ENUM_ENTRY(Action, key_slot_change)
BOOST_DESCRIBE_ENUM_ENTRY(Action, key_rotation)
BOOST_DESCRIBE_ENUM_ENTRY(Action, backup_make)
BOOST_DESCRIBE_ENUM_ENTRY(Action, backup_restore)
BOOST_DESCRIBE_ENUM_ENTRY(Action, access_recover)
BOOST_DESCRIBE_ENUM_ENTRY(Action, municipality_add)
BOOST_DESCRIBE_ENUM_ENTRY(Action, municipality_view)
BOOST_DESCRIBE_ENUM_ENTRY(Action, municipality_change)
BOOST_DESCRIBE_ENUM_ENTRY(Action, two_factor_require)
BOOST_DESCRIBE_ENUM_ENTRY(Action, member_add)
BOOST_DESCRIBE_ENUM_ENTRY(Action, member_list)
BOOST_DESCRIBE_ENUM_ENTRY(Action, member_change)
BOOST_DESCRIBE_ENUM_ENTRY(Action, member_suspend)
BOOST_DESCRIBE_ENUM_ENTRY(Action, member_restore)
BOOST_DESCRIBE_ENUM_ENTRY(Action, role_change)
BOOST_DESCRIBE_ENUM_ENTRY(Action, account_import)
BOOST_DESCRIBE_ENUM_ENTRY(Action, colleague_list)
BOOST_DESCRIBE_ENUM_ENTRY(Action, deputise)
BOOST_DESCRIBE_ENUM_ENTRY(Action, password_change)
BOOST_DESCRIBE_ENUM_ENTRY(Action, password_reset)
BOOST_DESCRIBE_ENUM_ENTRY(Action, factor_view)
BOOST_DESCRIBE_ENUM_ENTRY(Action, factor_change)
BOOST_DESCRIBE_ENUM_ENTRY(Action, factor_reset)
BOOST_DESCRIBE_ENUM_ENTRY(Action, certificate_list)
BOOST_DESCRIBE_ENUM_ENTRY(Action, certificate_bind)
BOOST_DESCRIBE_ENUM_ENTRY(Action, certificate_revoke)
BOOST_DESCRIBE_ENUM_ENTRY(Action, reauthenticate)
BOOST_DESCRIBE_ENUM_ENTRY(Action, sign_in)
BOOST_DESCRIBE_ENUM_ENTRY(Action, sign_out)
BOOST_DESCRIBE_ENUM_ENTRY(Action, session_list)
BOOST_DESCRIBE_ENUM_ENTRY(Action, session_revoke)
BOOST_DESCRIBE_ENUM_ENTRY(Action, act_as)
BOOST_DESCRIBE_ENUM_ENTRY(Action, application_register)
BOOST_DESCRIBE_ENUM_ENTRY(Action, application_accept)
BOOST_DESCRIBE_ENUM_ENTRY(Action, application_revoke)
BOOST_DESCRIBE_ENUM_ENTRY(Action, application_list)
BOOST_DESCRIBE_ENUM_ENTRY(Action, person_find)
BOOST_DESCRIBE_ENUM_ENTRY(Action, person_view)
BOOST_DESCRIBE_ENUM_ENTRY(Action, person_change)
BOOST_DESCRIBE_ENUM_ENTRY(Action, person_erase)
BOOST_DESCRIBE_ENUM_ENTRY(Action, protected_view)
BOOST_DESCRIBE_ENUM_ENTRY(Action, protection_set)
BOOST_DESCRIBE_ENUM_ENTRY(Action, protection_change)
BOOST_DESCRIBE_ENUM_ENTRY(Action, place_grant)
BOOST_DESCRIBE_ENUM_ENTRY(Action, evacuee_list)
BOOST_DESCRIBE_ENUM_ENTRY(Action, evacuee_view)
BOOST_DESCRIBE_ENUM_ENTRY(Action, evacuee_add)
BOOST_DESCRIBE_ENUM_ENTRY(Action, evacuee_change)
BOOST_DESCRIBE_ENUM_ENTRY(Action, roster_preview)
BOOST_DESCRIBE_ENUM_ENTRY(Action, roster_import)
BOOST_DESCRIBE_ENUM_ENTRY(Action, roster_export)
BOOST_DESCRIBE_ENUM_ENTRY(Action, open_row_list)
BOOST_DESCRIBE_ENUM_ENTRY(Action, open_row_mend)
BOOST_DESCRIBE_ENUM_ENTRY(Action, open_row_dismiss)
BOOST_DESCRIBE_ENUM_ENTRY(Action, suspect_list)
BOOST_DESCRIBE_ENUM_ENTRY(Action, suspect_decide)
BOOST_DESCRIBE_ENUM_ENTRY(Action, missing_list)
BOOST_DESCRIBE_ENUM_ENTRY(Action, missing_decide)
BOOST_DESCRIBE_ENUM_ENTRY(Action, conflict_list)
BOOST_DESCRIBE_ENUM_ENTRY(Action, conflict_decide)
BOOST_DESCRIBE_ENUM_ENTRY(Action, consent_record)
BOOST_DESCRIBE_ENUM_ENTRY(Action, consent_view)
BOOST_DESCRIBE_ENUM_ENTRY(Action, disclosure_policy_view)
BOOST_DESCRIBE_ENUM_ENTRY(Action, disclosure_policy_propose)
BOOST_DESCRIBE_ENUM_ENTRY(Action, disclosure_policy_decide)
BOOST_DESCRIBE_ENUM_ENTRY(Action, disclosure_make)
BOOST_DESCRIBE_ENUM_ENTRY(Action, disclosure_list)
BOOST_DESCRIBE_ENUM_ENTRY(Action, disclosure_return)
BOOST_DESCRIBE_ENUM_ENTRY(Action, disclosed_list)
BOOST_DESCRIBE_ENUM_ENTRY(Action, disclosed_view)
BOOST_DESCRIBE_ENUM_ENTRY(Action, patient_add)
BOOST_DESCRIBE_ENUM_ENTRY(Action, patient_list)
BOOST_DESCRIBE_ENUM_ENTRY(Action, patient_view)
BOOST_DESCRIBE_ENUM_ENTRY(Action, patient_change)
BOOST_DESCRIBE_ENUM_ENTRY(Action, patient_consent_record)
BOOST_DESCRIBE_ENUM_ENTRY(Action, team_view)
BOOST_DESCRIBE_ENUM_ENTRY(Action, team_add)
BOOST_DESCRIBE_ENUM_ENTRY(Action, team_end)
BOOST_DESCRIBE_ENUM_ENTRY(Action, team_leave)
BOOST_DESCRIBE_ENUM_ENTRY(Action, team_ask)
BOOST_DESCRIBE_ENUM_ENTRY(Action, team_answer)
BOOST_DESCRIBE_ENUM_ENTRY(Action, notice_list)
BOOST_DESCRIBE_ENUM_ENTRY(Action, notice_read)
BOOST_DESCRIBE_ENUM_ENTRY(Action, history_view)
BOOST_DESCRIBE_ENUM_ENTRY(Action, lookers_view)
BOOST_DESCRIBE_ENUM_ENTRY(Action, journal_list)
BOOST_DESCRIBE_ENUM_ENTRY(Action, journal_verify)
BOOST_DESCRIBE_ENUM_ENTRY(Action, journal_head)
BOOST_DESCRIBE_ENUM_ENTRY(Action, journal_archive)
BOOST_DESCRIBE_ENUM_ENTRY(Action, journal_tail)
BOOST_DESCRIBE_ENUM_ENTRY(Action, organisation_add)
BOOST_DESCRIBE_ENUM_ENTRY(Action, organisation_list)
BOOST_DESCRIBE_ENUM_ENTRY(Action, organisation_change)
BOOST_DESCRIBE_ENUM_ENTRY(Action, text_index_switch)
BOOST_DESCRIBE_ENUM_END(Action)

/// In what capacity somebody acts: one of a member's roles, or as the holder of a key slot, who can
/// open the store whatever the policy says, or as a newcomer, who has yet to set up the second
/// factor that the municipality requires.
enum class Capacity {
  slot_holder,
  service_administrator,
  administrator,
  office_administrator,
  roster_officer,
  professional,
  receiver,
  newcomer,
};
RENRAKU_DESCRIBE_ENUM(Capacity, slot_holder, service_administrator, administrator,
                      office_administrator, roster_officer, professional, receiver, newcomer)

/// What the actor is to the subject of the act; several can hold at once, and `any` always does.
enum class Relation {
  any,
  self,                ///< the subject is the actor
  own_office,          ///< the subject is the actor's organisation, or a member who belongs to it
  protection_officer,  ///< named in the subject's protection
  place_granted,       ///< such an officer lets the actor see the subject's place
  team_member,         ///< in the care team of the subject, a patient or the person who is one
  team_lead,           ///< leads that team, or is a care manager in it
  disclosed,           ///< the subject's entry is disclosed to the actor's organisation
};
RENRAKU_DESCRIBE_ENUM(Relation, any, self, own_office, protection_officer, place_granted,
                      team_member, team_lead, disclosed)
/// All that the actor is to the subject.
using Standing = base::EnumSet<Relation>;

/// How things stand; several can hold at once, and `any` always does.
enum class Circumstance {
  any,
  fresh,  ///< the actor proved not long ago who it is
};
RENRAKU_DESCRIBE_ENUM(Circumstance, any, fresh)
using Circumstances = base::EnumSet<Circumstance>;

}  // namespace renraku::access
