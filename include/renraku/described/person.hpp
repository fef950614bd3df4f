#pragma once

#include <renraku/describe.hpp>
#include <renraku/records/person.hpp>

namespace renraku {

RENRAKU_DESCRIBE_ENUM(Sex, male, female)
RENRAKU_DESCRIBE_ENUM(AddressKind, residence, registered)
RENRAKU_DESCRIBE_ENUM(PhoneKind, home, mobile, other)
RENRAKU_DESCRIBE(Address, kind, postal_code, text)
RENRAKU_DESCRIBE(Phone, kind, digits, written)
RENRAKU_DESCRIBE(Protection, ground, from, until, officers, household, provisional)
RENRAKU_DESCRIBE(Person, id, revision, municipality, name, kana, kana_written, birth_date,
                 birth_written, sex, addresses, phones, municipal_number, protection, withheld)
RENRAKU_DESCRIBE(PersonFilter, name, kana, birth_date, phone, municipal_number, address, text)

}  // namespace renraku
