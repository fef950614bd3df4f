#include "access/policy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <initializer_list>

namespace renraku::access {
namespace {

using enum Action;
using enum Capacity;

/// Who is what to the subject, in which circumstance, may do these.
struct Rule {
  std::initializer_list<Capacity> who;
  Relation relation;
  Circumstance circumstance;
  std::initializer_list<Action> may;
};

constexpr Relation anyone = Relation::any;
constexpr Circumstance always = Circumstance::any;
constexpr Circumstance fresh = Circumstance::fresh;

constexpr std::initializer_list<Capacity> everybody{service_administrator, administrator,
                                                    office_administrator,  roster_officer,
                                                    professional,          receiver};

constexpr std::array rules{
    // Everybody keeps the own account, and sees who looked at it. A newcomer has to set up the
    // second factor first; proving oneself again protects what is there, and there is nothing yet.
    Rule{everybody,
         Relation::self,
         always,
         {password_change, factor_view, certificate_list, reauthenticate, sign_out, session_list,
          session_revoke, lookers_view}},
    Rule{everybody, Relation::self, fresh, {factor_change}},
    Rule{{newcomer},
         Relation::self,
         always,
         {password_change, factor_view, factor_change, sign_out}},
    Rule{everybody, anyone, always, {municipality_view}},
    Rule{{administrator, office_administrator, roster_officer, professional, receiver},
         anyone,
         always,
         {notice_list, notice_read, organisation_list}},
    Rule{{administrator, office_administrator, roster_officer, professional},
         anyone,
         always,
         {colleague_list}},

    // Whoever holds a key slot can read the file anyway; what he does here is at least journalled.
    Rule{{slot_holder},
         anyone,
         always,
         {store_check, store_reencrypt, store_copy, key_slot_list, key_slot_change, key_rotation,
          backup_make, backup_restore, access_recover, municipality_add, municipality_view,
          journal_verify, journal_head, journal_archive, text_index_switch}},

    // The service runs the store and sees neither residents nor accounts.
    Rule{{service_administrator},
         anyone,
         always,
         {store_check, key_slot_list, application_list, journal_verify, journal_head}},
    Rule{
        {service_administrator},
        anyone,
        fresh,
        {backup_make, municipality_add, application_register, application_revoke, journal_archive}},

    // An administrator keeps a municipality's accounts and settings, sees who is in which team, and
    // sees no resident.
    Rule{{administrator}, anyone, always, {store_check,        municipality_change,
                                           member_add,         member_list,
                                           member_change,      member_suspend,
                                           member_restore,     factor_view,
                                           certificate_list,   session_list,
                                           session_revoke,     application_list,
                                           team_view,          team_ask,
                                           team_answer,        disclosure_policy_view,
                                           journal_list,       journal_verify,
                                           journal_head,       organisation_add,
                                           organisation_change}},
    Rule{{administrator},
         anyone,
         fresh,
         {two_factor_require, role_change, account_import, password_reset, factor_reset,
          certificate_bind, certificate_revoke, application_register, application_accept,
          application_revoke, text_index_switch}},

    // An office's administrator (事業所管理者) keeps its own staff's accounts.
    Rule{{office_administrator}, anyone, always, {member_list}},
    Rule{{office_administrator},
         Relation::own_office,
         always,
         {member_add, member_change, member_suspend, member_restore, deputise, factor_view,
          certificate_list, session_list, session_revoke, organisation_change}},
    Rule{{office_administrator},
         Relation::own_office,
         fresh,
         {account_import, password_reset, factor_reset, certificate_bind, certificate_revoke}},

    // A roster officer keeps the roster of the municipality, and decides to whom it is shown.
    Rule{{roster_officer},
         anyone,
         always,
         {member_list,
          person_find,
          person_view,
          person_change,
          protection_set,
          evacuee_list,
          evacuee_view,
          evacuee_add,
          evacuee_change,
          roster_preview,
          roster_import,
          open_row_list,
          open_row_mend,
          open_row_dismiss,
          suspect_list,
          suspect_decide,
          missing_list,
          missing_decide,
          conflict_list,
          conflict_decide,
          consent_record,
          consent_view,
          disclosure_policy_view,
          disclosure_list,
          disclosure_return,
          history_view,
          lookers_view,
          journal_list,
          journal_verify,
          journal_head}},
    Rule{{roster_officer},
         anyone,
         fresh,
         {person_erase, roster_export, disclosure_policy_propose, disclosure_policy_decide,
          disclosure_make}},

    // Only who is named in a protection sees where the person is, changes it, or lets a member of
    // the care team see the place.
    Rule{{roster_officer},
         Relation::protection_officer,
         always,
         {protected_view, protection_change, place_grant}},
    Rule{{professional}, Relation::place_granted, always, {protected_view}},

    // Care work: only the team sees a patient.
    Rule{{professional}, anyone, always, {patient_add, patient_list, team_ask}},
    Rule{{professional}, Relation::own_office, always, {deputise}},
    Rule{{professional},
         Relation::team_member,
         always,
         {person_view, person_change, patient_view, patient_change, patient_consent_record,
          team_view, team_leave, team_answer, history_view, lookers_view}},
    Rule{{professional}, Relation::team_lead, always, {team_add, team_end}},

    // 避難支援等関係者 see whom the roster's officers disclosed to them.
    Rule{{receiver}, anyone, always, {disclosed_list}},
    Rule{{receiver}, Relation::disclosed, always, {disclosed_view}},
};

constexpr std::array reads{
    store_check,    key_slot_list,          municipality_view, member_list,      colleague_list,
    factor_view,    session_list,           certificate_list,  application_list, person_find,
    person_view,    protected_view,         evacuee_list,      evacuee_view,     roster_export,
    roster_preview, open_row_list,          suspect_list,      missing_list,     conflict_list,
    consent_view,   disclosure_policy_view, disclosure_list,   disclosed_list,   disclosed_view,
    patient_list,   patient_view,           team_view,         notice_list,      history_view,
    lookers_view,   journal_list,           journal_verify,    journal_head,     organisation_list};

template <DescribedEnum Enum>
constexpr std::size_t enum_size =
    boost::mp11::mp_size<boost::describe::describe_enumerators<Enum>>::value;

template <class Enum>
constexpr std::size_t index(Enum value) {
  return static_cast<std::size_t>(value);
}

/// By circumstance: the relations that permit. Made of the rules once, so that a decision is a
/// look-up.
using Cell = std::array<Standing, enum_size<Circumstance>>;
using Table = std::array<std::array<Cell, enum_size<Capacity>>, enum_size<Action>>;

constexpr Table table = [] {
  Table filled{};
  for (const Rule& rule : rules) {
    for (const Capacity capacity : rule.who) {
      for (const Action action : rule.may) {
        filled[index(action)][index(capacity)][index(rule.circumstance)].insert(rule.relation);
      }
    }
  }
  return filled;
}();

constexpr auto reading = [] {
  std::array<bool, enum_size<Action>> filled{};
  for (const Action action : reads) filled[index(action)] = true;
  return filled;
}();

template <DescribedEnum Enum, class Visit>
void for_each_enumerator(Visit&& visit) {
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>(
      [&](auto descriptor) { visit(descriptor.value); });
}

}  // namespace

bool permits(Action action, Capacity capacity, Standing standing,
             Circumstances circumstances) noexcept {
  standing.insert(Relation::any);
  circumstances.insert(Circumstance::any);
  const Cell& cell = table[index(action)][index(capacity)];
  for (std::size_t i = 0; i < cell.size(); ++i) {
    if (circumstances.contains(static_cast<Circumstance>(i)) && cell[i].meets(standing))
      return true;
  }
  return false;
}

bool is_read(Action action) noexcept {
  return reading[index(action)];
}

std::string cell_of(Action action, Capacity capacity) {
  std::string text;
  for_each_enumerator<Circumstance>([&](Circumstance circumstance) {
    for_each_enumerator<Relation>([&](Relation relation) {
      if (!table[index(action)][index(capacity)][index(circumstance)].contains(relation)) return;
      if (!text.empty()) text += ' ';
      text += enum_name(relation);
      if (circumstance == Circumstance::fresh) text += '!';
    });
  });
  return text.empty() ? "-" : text;
}

std::string policy_page() {
  std::string page = "| action |";
  std::string rule = "\n|---|";
  for_each_enumerator<Capacity>([&](Capacity capacity) {
    page += fmt::format(" {} |", enum_name(capacity));
    rule += "---|";
  });
  page += rule + "\n";
  for_each_enumerator<Action>([&](Action action) {
    page += fmt::format("| {} |", enum_name(action));
    for_each_enumerator<Capacity>(
        [&](Capacity capacity) { page += fmt::format(" {} |", cell_of(action, capacity)); });
    page += "\n";
  });
  return page;
}

}  // namespace renraku::access
