#include "access/policy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace renraku::access {
namespace {

using enum Action;
using enum Capacity;
constexpr std::optional<Relation> whoever{};
constexpr std::optional<Circumstance> always{};

constexpr std::array rules{
    // Whoever holds a key slot can read the file anyway; what he does here is at least journalled.
    Rule{store_check, slot_holder, whoever, always},
    Rule{key_slot_change, slot_holder, whoever, always},
    Rule{municipality_add, slot_holder, whoever, always},
    Rule{municipality_view, slot_holder, whoever, always},
    Rule{journal_verify, slot_holder, whoever, always},

    // An administrator keeps accounts and settings, and sees no resident.
    Rule{municipality_view, administrator, whoever, always},
    Rule{municipality_change, administrator, whoever, always},
    Rule{member_add, administrator, whoever, always},
    Rule{member_list, administrator, whoever, always},
    Rule{member_change, administrator, whoever, always},
    Rule{member_suspend, administrator, whoever, always},
    Rule{member_restore, administrator, whoever, always},
    Rule{session_revoke, administrator, whoever, always},
    Rule{store_check, administrator, whoever, always},
    Rule{journal_list, administrator, whoever, always},
    Rule{journal_verify, administrator, whoever, always},
    Rule{organisation_add, administrator, whoever, always},
    Rule{organisation_change, administrator, whoever, always},

    // A roster officer keeps the roster of the municipality.
    Rule{municipality_view, roster_officer, whoever, always},
    Rule{member_list, roster_officer, whoever, always},
    Rule{person_find, roster_officer, whoever, always},
    Rule{person_view, roster_officer, whoever, always},
    Rule{person_change, roster_officer, whoever, always},
    Rule{protection_set, roster_officer, whoever, always},
    Rule{evacuee_list, roster_officer, whoever, always},
    Rule{evacuee_view, roster_officer, whoever, always},
    Rule{evacuee_add, roster_officer, whoever, always},
    Rule{evacuee_change, roster_officer, whoever, always},
    Rule{roster_preview, roster_officer, whoever, always},
    Rule{roster_import, roster_officer, whoever, always},
    Rule{roster_export, roster_officer, whoever, always},
    Rule{open_row_list, roster_officer, whoever, always},
    Rule{open_row_mend, roster_officer, whoever, always},
    Rule{open_row_dismiss, roster_officer, whoever, always},
    Rule{suspect_list, roster_officer, whoever, always},
    Rule{suspect_decide, roster_officer, whoever, always},
    Rule{missing_list, roster_officer, whoever, always},
    Rule{missing_decide, roster_officer, whoever, always},
    Rule{conflict_list, roster_officer, whoever, always},
    Rule{conflict_decide, roster_officer, whoever, always},
    Rule{history_view, roster_officer, whoever, always},
    Rule{journal_list, roster_officer, whoever, always},
    Rule{journal_verify, roster_officer, whoever, always},

    // Only who is named in a protection sees where the person is, or changes it.
    Rule{protected_view, roster_officer, Relation::protection_officer, always},
    Rule{protection_change, roster_officer, Relation::protection_officer, always},

    // Everybody works on his own account.
    Rule{municipality_view, professional, whoever, always},
    Rule{organisation_list, administrator, whoever, always},
    Rule{organisation_list, roster_officer, whoever, always},
    Rule{organisation_list, professional, whoever, always},
    Rule{password_change, administrator, Relation::self, always},
    Rule{password_change, roster_officer, Relation::self, always},
    Rule{password_change, professional, Relation::self, always},
    Rule{sign_out, administrator, Relation::self, always},
    Rule{sign_out, roster_officer, Relation::self, always},
    Rule{sign_out, professional, Relation::self, always},
};

constexpr std::array reads{store_check,    municipality_view, member_list,   person_find,
                           person_view,    protected_view,    evacuee_list,  evacuee_view,
                           roster_export,  roster_preview,    open_row_list, suspect_list,
                           missing_list,   conflict_list,     history_view,  journal_list,
                           journal_verify, organisation_list};

}  // namespace

std::span<const Rule> policy() noexcept {
  return rules;
}

bool permits(Action action, Capacity capacity, Relation relation,
             Circumstance circumstance) noexcept {
  return std::any_of(rules.begin(), rules.end(), [&](const Rule& rule) {
    return rule.action == action && rule.capacity == capacity &&
           rule.relation.value_or(relation) == relation &&
           rule.circumstance.value_or(circumstance) == circumstance;
  });
}

bool is_read(Action action) noexcept {
  return std::find(reads.begin(), reads.end(), action) != reads.end();
}

std::string policy_page() {
  std::string page =
      "| action | capacity | relation to the subject | circumstance |\n|---|---|---|---|\n";
  for (const Rule& rule : rules) {
    page += fmt::format("| {} | {} | {} | {} |\n", enum_name(rule.action), enum_name(rule.capacity),
                        rule.relation ? enum_name(*rule.relation) : "any",
                        rule.circumstance ? enum_name(*rule.circumstance) : "any");
  }
  return page;
}

}  // namespace renraku::access
