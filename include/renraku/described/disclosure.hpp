#pragma once

#include <renraku/describe.hpp>
#include <renraku/described/municipality.hpp>
#include <renraku/described/organisation.hpp>
#include <renraku/described/person.hpp>
#include <renraku/described/roster.hpp>
#include <renraku/records/disclosure.hpp>

namespace renraku {

RENRAKU_DESCRIBE_ENUM(DisclosurePurpose, list, plan, medical)
RENRAKU_DESCRIBE_ENUM(RosterConsentState, granted, refused, withdrawn)
RENRAKU_DESCRIBE_ENUM(RosterConsentCapacity, self, agent, family, guardian, other)
RENRAKU_DESCRIBE_ENUM(RosterConsentForm, paper, oral, telephone, electronic, other)
RENRAKU_DESCRIBE(RosterConsent, id, revision, municipality, person, purpose, receiver, state, date,
                 given_by, capacity, form, evidence, recorded_by, recorded_at, withheld)
RENRAKU_DESCRIBE_ENUM(DisclosureRuleState, proposed, adopted, declined)
RENRAKU_DESCRIBE(DisclosureRule, id, revision, municipality, kind, ordinance, valid_from,
                 notice_sent, objection_deadline, state, proposed_by, proposed_at, decided_by,
                 decided_at)
RENRAKU_DESCRIBE(DisclosurePreview, receiver, organisations, visible_now, visible_then)
RENRAKU_DESCRIBE(Disclosure, id, revision, municipality, receiver, purpose, rule, made_by, made_at,
                 people, received_by, received_on, return_by, returned_on)
RENRAKU_DESCRIBE(DisclosureOptions, encoding, return_by)
RENRAKU_DESCRIBE(DisclosureReport, disclosure, people, unencodable)
RENRAKU_DESCRIBE(DisclosureFilter, receiver, overdue)
RENRAKU_DESCRIBE(DisclosedLine, person, name, kana, birth_date, sex, phone, district)
RENRAKU_DESCRIBE(DisclosedFilter, district, text)
RENRAKU_DESCRIBE(DisclosedEvacuee, person, purposes, name, kana, birth_date, sex, addresses, phones,
                 district, reason, note, plan, shelter, supporter, supporter_contact,
                 medical_devices, intractable_disease, physician)

}  // namespace renraku
