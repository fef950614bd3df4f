#pragma once

#include <renraku/describe.hpp>
#include <renraku/described/member.hpp>
#include <renraku/described/person.hpp>
#include <renraku/records/patient.hpp>

namespace renraku {

RENRAKU_DESCRIBE_ENUM(SharingScope, team, wide_area, emergency, family)
RENRAKU_DESCRIBE_ENUM(RequestAnswer, open, accepted, declined)
RENRAKU_DESCRIBE(Patient, id, revision, municipality, person, registered, closed)
RENRAKU_DESCRIBE(PatientConsent, id, revision, municipality, patient, form, date, scopes, withdrawn)
RENRAKU_DESCRIBE(TeamMember, id, revision, municipality, patient, member, role, lead, since, until)
RENRAKU_DESCRIBE(TeamLine, id, member, name, profession, organisation, role, lead, since, until,
                 active)
RENRAKU_DESCRIBE(TeamRequest, id, revision, municipality, patient, member, asker, role, reason,
                 asked_at, answer, answerer, answered_at)
RENRAKU_DESCRIBE(PatientSheet, patient, person, scopes)
RENRAKU_DESCRIBE(PatientLine, id, person, name, kana, birth_date, sex, closed, role, lead,
                 is_protected)
RENRAKU_DESCRIBE(PatientFilter, text, closed)
RENRAKU_DESCRIBE(TeamOverview, patient, name, kana, members, leads)

}  // namespace renraku
