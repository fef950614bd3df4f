// The words of the policy: what can be done, in what capacity, standing how to whom, and when.
// Their names are written into the journal and are never changed or used again.
#pragma once

#include <renraku/describe.hpp>

namespace renraku::access {

enum class Action {
  // The store and its keys.
  store_check,
  key_slot_change,
  // Municipality and members.
  municipality_add,
  municipality_view,
  municipality_change,
  member_add,
  member_list,
  member_change,
  member_suspend,
  member_restore,
  password_change,
  sign_in,
  sign_out,
  session_revoke,
  // People.
  person_find,
  person_view,
  person_change,
  protected_view,
  protection_set,
  protection_change,
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
  // The journal.
  history_view,
  journal_list,
  journal_verify,
  // Organisations.
  organisation_add,
  organisation_list,
  organisation_change,
};
RENRAKU_DESCRIBE_ENUM(Action, store_check, key_slot_change, municipality_add, municipality_view,
                      municipality_change, member_add, member_list, member_change, member_suspend,
                      member_restore, password_change, sign_in, sign_out, session_revoke,
                      person_find, person_view, person_change, protected_view, protection_set,
                      protection_change, evacuee_list, evacuee_view, evacuee_add, evacuee_change,
                      roster_preview, roster_import, roster_export, open_row_list, open_row_mend,
                      open_row_dismiss, suspect_list, suspect_decide, missing_list, missing_decide,
                      conflict_list, conflict_decide, history_view, journal_list, journal_verify,
                      organisation_add, organisation_list, organisation_change)

/// In what capacity somebody acts: one of a member's roles, or as the holder of a key slot, who can
/// open the store whatever the policy says.
enum class Capacity { slot_holder, administrator, roster_officer, professional };
RENRAKU_DESCRIBE_ENUM(Capacity, slot_holder, administrator, roster_officer, professional)

/// What the actor is to the subject of the act.
enum class Relation {
  none,
  self,                ///< the subject is the actor
  protection_officer,  ///< named in the subject's protection
};
RENRAKU_DESCRIBE_ENUM(Relation, none, self, protection_officer)

enum class Circumstance { normal };
RENRAKU_DESCRIBE_ENUM(Circumstance, normal)

}  // namespace renraku::access
