// A municipality (市区町村) that keeps its records in a store.
#pragma once

#include <cstdint>
#include <renraku/id.hpp>
#include <string>

namespace renraku {

/// On what ground the roster may be shown to helpers before a disaster
/// (災害対策基本法 49条の11 第2項 and the ordinances it allows).
enum class DisclosurePolicy {
  opt_in,          ///< only with the person's consent: the law's default
  presumed,        ///< silence after notice counts as consent (e.g. 福岡市条例)
  unless_refused,  ///< no consent needed, a refusal is honoured (e.g. 徳島市条例)
};

/// Whether members prove more than a password at sign-in.
enum class TwoFactor {
  off,       ///< not asked for; signing in says that it is advised
  warned,    ///< signing in says that it will be required
  required,  ///< who has none can do nothing but set one up
};

/// Whether a server keeps by which pairs of characters people are found (docs/security.md).
enum class TextIndex {
  off,      ///< it keeps none: who is looked for by part of a text is looked for in memory
  filling,  ///< it is being given them; nobody is looked for by them yet
  on,       ///< people are looked for by them
};

struct Municipality {
  Id<Municipality> id;
  std::int64_t revision = 0;
  /// 全国地方公共団体コード: six digits, the last one a check digit.
  std::string code;
  std::string name;
  /// As the rule in force today says; see DisclosureRule.
  DisclosurePolicy disclosure = DisclosurePolicy::opt_in;
  /// What the three labels are called here.
  std::string label_red = "赤";
  std::string label_blue = "青";
  std::string label_yellow = "黄";
  TwoFactor two_factor = TwoFactor::off;
  TextIndex text_index = TextIndex::off;
};

}  // namespace renraku
