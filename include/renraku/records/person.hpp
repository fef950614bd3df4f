// A resident. Identity, addresses, phones and protection of a person exist once; evacuee, patient
// and every other record about that person refer to it.
#pragma once

#include <cstdint>
#include <optional>
#include <renraku/id.hpp>
#include <renraku/records/member.hpp>
#include <renraku/time.hpp>
#include <string>
#include <vector>

namespace renraku {

enum class Sex { male, female };

enum class AddressKind {
  residence,   ///< 住所又は居所
  registered,  ///< 住民票の住所, where it differs
};

struct Address {
  AddressKind kind = AddressKind::residence;
  /// Seven digits, or empty.
  std::string postal_code;
  /// As written.
  std::string text;

  bool operator==(const Address&) const = default;
};

enum class PhoneKind { home, mobile, other };

struct Phone {
  PhoneKind kind = PhoneKind::home;
  /// Digits alone with the leading 0, or empty when what was written is no phone number. The
  /// library makes them of `written`.
  std::string digits;
  /// As written.
  std::string written;

  bool operator==(const Phone&) const = default;
};

/// Protection of a person whose whereabouts must stay hidden (DV・ストーカー等支援措置).
///
/// While it is in force, addresses, phones and whatever else leads to the person's place are shown
/// to the named officers only, and are absent for everyone else: in lists, searches, filters,
/// exports and history. Of the protection itself the others see that there is one, and while it is
/// provisional its ground, on which they have to decide; the rest is empty in their copies.
struct Protection {
  /// Why: 支援措置 and its kind, or the text of the roster that raised the suspicion.
  std::string ground;
  /// First and last day in force; absent means from the beginning, or until ended.
  std::optional<Date> from;
  std::optional<Date> until;
  /// The officers who may see everything.
  std::vector<Id<Member>> officers;
  /// Other persons of the household whom it covers too.
  std::vector<Uuid> household;
  /// Set by an import that met a telling word; an officer has to confirm or lift it.
  bool provisional = false;

  bool operator==(const Protection&) const = default;
};

struct Person {
  Id<Person> id;
  std::int64_t revision = 0;
  /// The municipality's six-digit code.
  std::string municipality;
  /// As written: variation selectors, 髙, 﨑 and private-use characters included.
  std::string name;
  /// Full-width katakana, parts divided by one full-width space.
  std::string kana;
  /// Kana as written.
  std::string kana_written;
  /// Absent when unknown (不詳).
  std::optional<Date> birth_date;
  /// The birth date as written.
  std::string birth_written;
  std::optional<Sex> sex;
  std::vector<Address> addresses;
  std::vector<Phone> phones;
  /// 宛名番号. Another system's number: not unique, and the same number can be two persons.
  std::string municipal_number;
  std::optional<Protection> protection;
  /// True when protected fields were left out of this copy because the reader may not see them.
  bool withheld = false;
};

/// What is known of somebody who is looked for; every field given must fit, in any spelling: 髙﨑
/// finds 高崎, ﾜﾀﾅﾍﾞ finds わたなべ, full-width digits find plain ones.
///
/// `phone`, `address` and the address part of `text` find no protected person unless the reader is
/// one of the named officers.
struct PersonFilter {
  /// Anywhere in the name as written.
  std::optional<std::string> name;
  /// Anywhere in the reading.
  std::optional<std::string> kana;
  /// A whole date in any notation that the roster import understands.
  std::optional<std::string> birth_date;
  /// The whole number; dropped leading zeros are restored.
  std::optional<std::string> phone;
  /// 宛名番号, whole.
  std::optional<std::string> municipal_number;
  /// Anywhere in an address.
  std::optional<std::string> address;
  /// Anywhere in name, reading, number, phone or address.
  std::optional<std::string> text;
};

}  // namespace renraku
