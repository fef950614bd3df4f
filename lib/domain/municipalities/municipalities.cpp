#include "domain/municipalities/municipalities.hpp"

#include <algorithm>
#include <array>
#include <renraku/described/municipality.hpp>

#include "base/uuid.hpp"
#include "domain/disclosures/disclosures.hpp"
#include "domain/revision.hpp"
#include "domain/sound.hpp"
#include "domain/text_rule.hpp"
#include "storage/row_key.hpp"

namespace renraku::domain {
namespace {

const std::string find_by_code =
    "SELECT " + storage::columns<Municipality>() + " FROM municipality WHERE code = :code";
const std::string list_all =
    "SELECT " + storage::columns<Municipality>() +
    " FROM municipality WHERE code NOT IN "
    "(SELECT code FROM municipality_move WHERE state <> 'leaving') ORDER BY code";
constexpr std::array<std::string_view, 1> own_columns{"pk"};
const std::string add_row = storage::insert_sql<Municipality>("municipality", own_columns);
const std::string change_row = storage::update_sql<Municipality>("municipality", {});

// The policy is what the rule in force says; the column holds what it said at the last change.
void take_policy(access::Permit& permit, Municipality& municipality) {
  municipality.disclosure =
      rule_in_force(permit.transaction(), municipality.code, permit.today()).kind;
}

Municipality store_change(access::Permit& permit, const Municipality& stored,
                          Municipality changed) {
  changed.id = stored.id;
  changed.code = stored.code;
  next_revision(stored, changed);
  need_sound(changed);
  permit.transaction().query(change_row).bind_record(changed).run();
  access::Changes changes;
  changes.changed("municipality", stored, changed);
  permit.journal(stored.id, changes, false);
  return changed;
}

}  // namespace

bool is_municipality_code(std::string_view code) {
  const bool digits = code.size() == 6 && std::all_of(code.begin(), code.end(),
                                                      [](char c) { return c >= '0' && c <= '9'; });
  if (!digits) return false;
  constexpr std::array weights{6, 5, 4, 3, 2};
  int sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) sum += (code[i] - '0') * weights[i];
  return (11 - sum % 11) % 10 == code[5] - '0';
}

Municipality add_municipality(access::Permit& permit, const std::string& code,
                              const std::string& name) {
  if (!is_municipality_code(code)) {
    throw Error(ErrorCode::invalid,
                "a municipality code has six digits, the last one a check digit; check the number",
                "code");
  }
  need_short_text(name, "name");
  if (permit.transaction().query(find_by_code).bind("code", code).next()) {
    throw Error(ErrorCode::exists, "the store holds this municipality already", "code");
  }
  Municipality added;
  added.id = base::make_id<Municipality>(permit.now());
  added.revision = 1;
  added.code = code;
  added.name = name;
  need_sound(added);
  permit.enter({code, added.id});
  permit.transaction()
      .query(add_row)
      .bind("pk", storage::key_range(code).first)
      .bind_record(added)
      .run();
  access::Changes changes;
  changes.added("municipality", added);
  permit.journal(added.id, changes, false);
  return added;
}

Municipality view_municipality(access::Permit& permit) {
  auto found = permit.transaction()
                   .query(find_by_code)
                   .bind("code", permit.scope().municipality)
                   .optional<Municipality>();
  if (!found) throw Error(ErrorCode::not_found, "this store holds no such municipality", "code");
  permit.saw(found->id);
  take_policy(permit, *found);
  return *found;
}

Municipality change_municipality(access::Permit& permit, Municipality changed) {
  const Municipality stored = view_municipality(permit);
  for (const auto& [name, field] :
       {std::pair{changed.name, "name"}, std::pair{changed.label_red, "label_red"},
        std::pair{changed.label_blue, "label_blue"},
        std::pair{changed.label_yellow, "label_yellow"}}) {
    need_short_text(name, field);
  }
  if (changed.disclosure != stored.disclosure) {
    throw Error(
        ErrorCode::invalid,
        "the disclosure policy is changed by proposing a rule that a second officer decides",
        "disclosure");
  }
  changed.two_factor = stored.two_factor;
  changed.text_index = stored.text_index;
  return store_change(permit, stored, std::move(changed));
}

Municipality require_two_factor(access::Permit& permit, TwoFactor wanted) {
  if (wanted == TwoFactor::required && permit.actor().authentication == "password") {
    throw Error(ErrorCode::second_factor,
                "this would shut out who requires it; sign in with a second factor first",
                "two_factor");
  }
  const Municipality stored = view_municipality(permit);
  Municipality changed = stored;
  changed.two_factor = wanted;
  return store_change(permit, stored, std::move(changed));
}

Municipality set_text_index(access::Permit& permit, const Municipality& stored, TextIndex state) {
  Municipality changed = stored;
  changed.text_index = state;
  return store_change(permit, stored, std::move(changed));
}

Municipality enter_municipality(access::Permit& permit, const std::string& code) {
  permit.enter({code, {}});
  const Municipality found = view_municipality(permit);
  permit.enter({code, found.id});
  return found;
}

std::vector<Municipality> list_municipalities(access::Permit& permit) {
  auto municipalities = permit.transaction().query(list_all).all<Municipality>();
  for (Municipality& municipality : municipalities) take_policy(permit, municipality);
  return municipalities;
}

}  // namespace renraku::domain
