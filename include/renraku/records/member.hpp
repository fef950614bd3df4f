// Members: the people who sign in.
#pragma once

#include <cstdint>
#include <renraku/id.hpp>
#include <string>
#include <vector>

namespace renraku {

struct Organisation;

/// Professions (職種) of those who use the network.
enum class Profession {
  physician,           ///< 医師
  nurse,               ///< 看護師
  pharmacist,          ///< 薬剤師
  home_helper,         ///< 介護ヘルパー
  care_manager,        ///< ケアマネージャー
  city_officer,        ///< 行政職員
  fire_dispatcher,     ///< 消防 指令台
  ambulance_crew,      ///< 消防 救急隊員
  care_need_assessor,  ///< 認定調査員
  therapist,           ///< リハビリ職
  dietitian,           ///< 栄養士
};

/// What a member may do here; one member can hold several roles.
enum class Role {
  service_administrator,  ///< the store itself: backups, applications; no residents, no accounts
  administrator,          ///< accounts and settings of the municipality; no residents
  office_administrator,   ///< 事業所管理者: the accounts of the own office's staff
  roster_officer,         ///< the roster of residents who need help to evacuate
  professional,           ///< care work; sees what a relation to a person grants
  receiver,  ///< 避難支援等関係者: sees the entries disclosed to the own organisation
};

enum class MemberStatus { active, suspended };

struct Member {
  Id<Member> id;
  std::int64_t revision = 0;
  /// The municipality's six-digit code.
  std::string municipality;
  /// Sign-in name, unique in the municipality, compared without regard to case.
  std::string login;
  std::string name;
  Profession profession = Profession::city_officer;
  std::vector<Role> roles;
  MemberStatus status = MemberStatus::active;
  /// Where the member works; absent for most officers of the municipality. Needed by office
  /// administrators and receivers.
  Id<Organisation> organisation;
};

/// What is needed to add a member. The password follows the rules of `Members::add`.
struct NewMember {
  std::string login;
  std::string name;
  Profession profession = Profession::city_officer;
  std::vector<Role> roles;
  std::string password;
  Id<Organisation> organisation;
};

}  // namespace renraku
