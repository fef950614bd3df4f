#pragma once

#include <renraku/describe.hpp>
#include <renraku/described/person.hpp>
#include <renraku/records/evacuee.hpp>

namespace renraku {

RENRAKU_DESCRIBE_ENUM(Consent, unknown, granted, refused)
RENRAKU_DESCRIBE_ENUM(Label, none, red, blue, yellow)
RENRAKU_DESCRIBE(ExtraColumn, name, value)
RENRAKU_DESCRIBE_ENUM(WithdrawalReason, moved_out, died, mistake)
RENRAKU_DESCRIBE(Withdrawal, reason, date)
RENRAKU_DESCRIBE(Evacuee, id, revision, municipality, person, reference, district, reason,
                 care_level, physical_disability, intellectual_disability, mental_disability,
                 intractable_disease, medical_devices, consent, consent_written, consent_date, plan,
                 shelter, supporter, supporter_contact, physician, note, label, extra, withdrawal,
                 withheld)
RENRAKU_DESCRIBE(EvacueeLine, id, person, reference, municipal_number, name, kana, birth_date, sex,
                 phone, consent, label, district, reason, care_level, is_protected, withheld)
RENRAKU_DESCRIBE(EvacueeFilter, label, district, reason, care_level, consent, text)

}  // namespace renraku
