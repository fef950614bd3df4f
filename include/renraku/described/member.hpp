#pragma once

#include <renraku/describe.hpp>
#include <renraku/records/member.hpp>

namespace renraku {

RENRAKU_DESCRIBE_ENUM(Profession, physician, nurse, pharmacist, home_helper, care_manager,
                      city_officer, fire_dispatcher, ambulance_crew, care_need_assessor, therapist,
                      dietitian)
RENRAKU_DESCRIBE_ENUM(Role, service_administrator, administrator, office_administrator,
                      roster_officer, professional, receiver)
RENRAKU_DESCRIBE_ENUM(MemberStatus, active, suspended)
RENRAKU_DESCRIBE(Member, id, revision, municipality, login, name, profession, roles, status,
                 organisation)
RENRAKU_DESCRIBE(NewMember, login, name, profession, roles, password, organisation)

}  // namespace renraku
