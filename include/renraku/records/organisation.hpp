// Organisations: where the people who help work.
#pragma once

#include <cstdint>
#include <renraku/id.hpp>
#include <string>

namespace renraku {

enum class OrganisationKind {
  clinic,                  ///< 診療所・病院
  visiting_nurse_station,  ///< 訪問看護ステーション
  pharmacy,                ///< 薬局
  city_office,             ///< 市役所・町村役場
  fire_station,            ///< 消防署
};

struct Organisation {
  Id<Organisation> id;
  std::int64_t revision = 0;
  /// The municipality's six-digit code.
  std::string municipality;
  OrganisationKind kind = OrganisationKind::clinic;
  std::string name;
  /// Full-width katakana; the list is in its order.
  std::string kana;
  /// As written.
  std::string phone;
  std::string address;
};

}  // namespace renraku
