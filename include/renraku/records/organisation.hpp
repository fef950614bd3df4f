// Organisations: where the people who help work.
#pragma once

#include <cstdint>
#include <renraku/id.hpp>
#include <string>
#include <vector>

namespace renraku {

enum class OrganisationKind {
  clinic,                  ///< 診療所・病院
  visiting_nurse_station,  ///< 訪問看護ステーション
  pharmacy,                ///< 薬局
  city_office,             ///< 市役所・町村役場
  fire_station,            ///< 消防署
  home_care_office,        ///< 訪問介護事業所
  care_manager_office,     ///< 居宅介護支援事業所
  police_station,          ///< 警察署
  commissioned_welfare,    ///< 民生委員・児童委員協議会
  social_welfare_council,  ///< 社会福祉協議会
  voluntary_disaster,      ///< 自主防災組織
  other,                   ///< その他
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
  /// 行政区 that it serves, as the roster writes them. As a receiver of the roster it sees people
  /// of these alone; none means the whole municipality for fire and police, nobody for others.
  std::vector<std::string> districts;
};

}  // namespace renraku
