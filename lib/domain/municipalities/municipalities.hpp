// Municipalities: the bodies whose records the store keeps apart.
#pragma once

#include <renraku/records/municipality.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "access/permit.hpp"

namespace renraku::domain {

/// True for six digits whose last one is the check digit of 全国地方公共団体コード: the others
/// weighted 6, 5, 4, 3, 2; (11 - sum mod 11) mod 10.
[[nodiscard]] bool is_municipality_code(std::string_view code);

/// Adds one and makes it the act's scope. Error{invalid} for a wrong code or an empty name,
/// Error{exists} when it is there.
Municipality add_municipality(access::Permit& permit, const std::string& code,
                              const std::string& name);

/// The one in scope. Error{not_found} where the scope has none.
[[nodiscard]] Municipality view_municipality(access::Permit& permit);

/// Changes name and label names; the code stays, and the disclosure policy is what the rule in
/// force says. Error{conflict} when `changed.revision` is not the current one, Error{invalid} for
/// another policy.
Municipality change_municipality(access::Permit& permit, Municipality changed);

/// Switches what is asked for at sign-in. Error{second_factor} for an administrator who would shut
/// out itself by requiring what it has not proved; the session's authentication tells.
Municipality require_two_factor(access::Permit& permit, TwoFactor wanted);

// Within an act of another noun's.

/// Writes and journals whether people are found by pairs of characters, in the municipality as it
/// was viewed.
Municipality set_text_index(access::Permit& permit, const Municipality& stored, TextIndex state);
/// The municipality of that code, which becomes the act's scope. Error{not_found}.
Municipality enter_municipality(access::Permit& permit, const std::string& code);

// Acts.

/// Of the whole store, without the scope: for whoever opened it, before anybody signs in.
[[nodiscard]] std::vector<Municipality> list_municipalities(access::Permit& permit);

inline constexpr std::string_view municipality_schema_1 = R"sql(
CREATE TABLE municipality (
  pk @key,
  id @bytes NOT NULL UNIQUE,
  revision BIGINT NOT NULL,
  code TEXT NOT NULL UNIQUE,
  name @sealed NOT NULL,
  disclosure TEXT NOT NULL,
  label_red @sealed NOT NULL,
  label_blue @sealed NOT NULL,
  label_yellow @sealed NOT NULL
) @vouched;
)sql";

inline constexpr std::string_view municipality_schema_2 = R"sql(
ALTER TABLE municipality ADD COLUMN two_factor TEXT NOT NULL DEFAULT 'off';
)sql";

}  // namespace renraku::domain
