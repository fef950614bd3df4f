// 避難行動要支援者: a resident who needs help to evacuate, as 災害対策基本法 49条の10 第2項 lists
// it, with the plan's items of 49条の14 第3項 that rosters carry.
#pragma once

#include <cstdint>
#include <optional>
#include <renraku/id.hpp>
#include <renraku/records/person.hpp>
#include <renraku/time.hpp>
#include <string>
#include <vector>

namespace renraku {

/// Consent to show the entry to helpers before a disaster (49条の11 第2項).
enum class Consent { unknown, granted, refused };

/// The three colours a city marks people with; their names are the municipality's.
enum class Label { none, red, blue, yellow };

/// A column of the city's own that the 26-column layout does not have.
struct ExtraColumn {
  std::string name;
  std::string value;

  bool operator==(const ExtraColumn&) const = default;
};

/// Why somebody is no longer on the roster. Decided by an officer, never by an import.
enum class WithdrawalReason { moved_out, died, mistake };

struct Withdrawal {
  WithdrawalReason reason = WithdrawalReason::mistake;
  Date date;

  bool operator==(const Withdrawal&) const = default;
};

struct Evacuee {
  Id<Evacuee> id;
  std::int64_t revision = 0;
  std::string municipality;
  /// Who it is: name, birth date, sex, addresses and phones stand there.
  Id<Person> person;
  /// 管理番号, as text, zeros kept.
  std::string reference;
  /// 行政区.
  std::string district;
  /// 避難支援等を必要とする事由.
  std::string reason;
  /// 要介護状態区分.
  std::string care_level;
  /// 身体障害者手帳, 療育手帳, 精神障害者保健福祉手帳: grade as written.
  std::string physical_disability;
  std::string intellectual_disability;
  std::string mental_disability;
  /// 難病.
  std::string intractable_disease;
  /// 医療機器・電源.
  std::string medical_devices;
  Consent consent = Consent::unknown;
  /// The consent as written.
  std::string consent_written;
  std::optional<Date> consent_date;
  /// 個別避難計画, as written.
  std::string plan;
  /// 避難先.
  std::string shelter;
  /// 避難支援等実施者 and its 連絡先.
  std::string supporter;
  std::string supporter_contact;
  /// かかりつけ医.
  std::string physician;
  /// 備考.
  std::string note;
  Label label = Label::none;
  std::vector<ExtraColumn> extra;
  /// Absent while the person is on the roster.
  std::optional<Withdrawal> withdrawal;
  /// True when protected fields were left out of this copy because the reader may not see them.
  bool withheld = false;
};

/// One line of the list: what a list shows of the evacuee and the person.
struct EvacueeLine {
  Id<Evacuee> id;
  Id<Person> person;
  std::string reference;
  std::string municipal_number;
  std::string name;
  std::string kana;
  std::optional<Date> birth_date;
  std::optional<Sex> sex;
  /// The first phone's digits.
  std::string phone;
  Consent consent = Consent::unknown;
  Label label = Label::none;
  std::string district;
  std::string reason;
  std::string care_level;
  /// The person is under protection; where `withheld`, district and phone are left out for it.
  bool is_protected = false;
  bool withheld = false;
};

/// Filters of the list; an absent one lets everyone pass.
///
/// `district` matches no protected person unless the reader is one of the named officers, or a
/// filter would tell where somebody lives.
struct EvacueeFilter {
  std::optional<Label> label;
  std::optional<std::string> district;
  /// Found anywhere in the reason, in any spelling.
  std::optional<std::string> reason;
  std::optional<std::string> care_level;
  std::optional<Consent> consent;
  /// Found anywhere in name, kana, 管理番号, 宛名番号, phone or address, in any spelling.
  std::optional<std::string> text;
};

}  // namespace renraku
