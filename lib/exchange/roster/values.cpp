#include "exchange/roster/values.hpp"

#include <algorithm>
#include <renraku/described/evacuee.hpp>
#include <renraku/json.hpp>

#include "text/date.hpp"
#include "text/kana.hpp"
#include "text/phone.hpp"
#include "text/width.hpp"

namespace renraku::exchange::roster {
namespace {

/// The texts kept with an entry, in the order of the columns.
struct Said {
  std::vector<std::string> values;
  std::string protection;
  std::vector<ExtraColumn> own;
};
RENRAKU_DESCRIBE(Said, values, protection, own)

std::string trimmed(std::string_view text) {
  return std::string(text::trim(text));
}

std::string value_of(const Phone* phone) {
  if (!phone) return {};
  if (phone->digits.empty()) return trimmed(phone->written);
  // A cell with a second number says more than the first one's digits.
  const auto read = text::read_phone(phone->written);
  const bool more = read && text::read_phone(read->rest).has_value();
  return more ? trimmed(phone->written) : phone->digits;
}

std::string value_of(Consent consent) {
  return consent == Consent::unknown ? std::string() : std::string(enum_name(consent));
}

PhoneKind kind_of(Column column) {
  return column == Column::mobile ? PhoneKind::mobile : PhoneKind::home;
}

Address& residence_in(Person& person) {
  for (Address& address : person.addresses) {
    if (address.kind == AddressKind::residence) return address;
  }
  return *person.addresses.insert(person.addresses.begin(), Address{});
}

void take_phone(PhoneKind kind, const Person& from, Person& to) {
  const Phone* said = phone_of(from, kind);
  if (!said) return;
  const auto at = std::ranges::find(to.phones, kind, &Phone::kind);
  if (at != to.phones.end()) {
    *at = *said;
  } else {
    to.phones.insert(kind == PhoneKind::home ? to.phones.begin() : to.phones.end(), *said);
  }
}

}  // namespace

const Address* residence_of(const Person& person) {
  const auto at = std::ranges::find(person.addresses, AddressKind::residence, &Address::kind);
  return at == person.addresses.end() ? nullptr : &*at;
}

const Phone* phone_of(const Person& person, PhoneKind kind) {
  const auto at = std::ranges::find(person.phones, kind, &Phone::kind);
  return at == person.phones.end() ? nullptr : &*at;
}

std::string value_of(Column column, const Person& person, const Evacuee& evacuee) {
  if (info(column).text) return trimmed(evacuee.*info(column).text);
  const Address* residence = residence_of(person);
  switch (column) {
    case Column::municipal_number:
      return trimmed(person.municipal_number);
    case Column::name:
      return trimmed(person.name);
    case Column::kana:
      return person.kana;
    case Column::birth_date:
      return person.birth_date ? person.birth_date->text() : std::string();
    case Column::sex:
      return person.sex ? std::string(enum_name(*person.sex)) : std::string();
    case Column::postal_code:
      return residence ? residence->postal_code : std::string();
    case Column::address:
      return residence ? trimmed(residence->text) : std::string();
    case Column::phone:
    case Column::mobile:
      return value_of(phone_of(person, kind_of(column)));
    case Column::consent:
      return value_of(evacuee.consent);
    case Column::consent_date:
      return evacuee.consent_date ? evacuee.consent_date->text() : std::string();
    default:
      return {};
  }
}

Values values_of(const Person& person, const Evacuee& evacuee) {
  Values values;
  for (const ColumnInfo& column : columns()) {
    values.at(column.column) = value_of(column.column, person, evacuee);
  }
  values.own = evacuee.extra;
  return values;
}

Values without_places(Values values) {
  for (const ColumnInfo& column : columns()) {
    if (is_placed(column.column)) values.at(column.column).clear();
  }
  values.own.clear();
  values.protection.clear();
  return values;
}

std::string to_text(const Values& values) {
  std::string json = "{\"values\":[";
  for (const std::string& value : values.by_column) {
    if (json.back() != '[') json += ',';
    write_json(json, value);
  }
  json += "],\"protection\":";
  write_json(json, values.protection);
  json += ",\"own\":";
  write_json(json, values.own);
  return json += '}';
}

Values from_text(std::string_view json) {
  Said said = from_json<Said>(json);
  Values values;
  // What an older library kept may have fewer columns; the rest was not said.
  const std::size_t known = std::min(said.values.size(), column_count);
  std::move(said.values.begin(), said.values.begin() + static_cast<std::ptrdiff_t>(known),
            values.by_column.begin());
  values.protection = std::move(said.protection);
  values.own = std::move(said.own);
  return values;
}

void take(Column column, const Person& from, const Evacuee& from_entry, Person& to,
          Evacuee& to_entry) {
  if (info(column).text) {
    to_entry.*info(column).text = from_entry.*info(column).text;
    return;
  }
  switch (column) {
    case Column::municipal_number:
      to.municipal_number = from.municipal_number;
      break;
    case Column::name:
      to.name = from.name;
      break;
    case Column::kana:
      to.kana = from.kana;
      to.kana_written = from.kana_written;
      break;
    case Column::birth_date:
      to.birth_date = from.birth_date;
      to.birth_written = from.birth_written;
      break;
    case Column::sex:
      to.sex = from.sex;
      break;
    case Column::postal_code:
      if (const Address* said = residence_of(from))
        residence_in(to).postal_code = said->postal_code;
      break;
    case Column::address:
      if (const Address* said = residence_of(from)) residence_in(to).text = said->text;
      break;
    case Column::phone:
    case Column::mobile:
      take_phone(kind_of(column), from, to);
      break;
    case Column::consent:
      to_entry.consent = from_entry.consent;
      to_entry.consent_written = from_entry.consent_written;
      break;
    case Column::consent_date:
      to_entry.consent_date = from_entry.consent_date;
      break;
    default:
      break;
  }
}

namespace {

std::string written_birth(const Person& person, const Date& today) {
  const text::ReadDate read = text::read_date(person.birth_written, today);
  const std::optional<Date> means =
      read.kind == text::DateKind::known ? std::optional(read.date) : std::nullopt;
  const bool understood =
      read.kind == text::DateKind::known || read.kind == text::DateKind::unknown;
  if (understood && means == person.birth_date) return person.birth_written;
  return person.birth_date ? person.birth_date->text() : std::string();
}

std::string written_sex(const Person& person) {
  if (!person.sex) return {};
  return *person.sex == Sex::male ? "男" : "女";
}

std::string written_phone(const Phone* phone) {
  if (!phone) return {};
  const auto read = text::read_phone(phone->written);
  const bool same = phone->digits.empty() || (read && read->digits == phone->digits);
  return same ? phone->written : phone->digits;
}

std::string written_consent(const Evacuee& evacuee, const Codes& codes) {
  if (codes.consent(evacuee.consent_written) == evacuee.consent) return evacuee.consent_written;
  if (evacuee.consent == Consent::unknown) {
    // A text that was never understood stays; one that means something else by now does not.
    return codes.consent(evacuee.consent_written) ? std::string() : evacuee.consent_written;
  }
  return evacuee.consent == Consent::granted ? "同意" : "不同意";
}

}  // namespace

std::string written_of(Column column, const Person& person, const Evacuee& evacuee,
                       const Codes& codes, const Date& today) {
  switch (column) {
    case Column::birth_date:
      return written_birth(person, today);
    case Column::kana:
      return text::to_katakana(person.kana_written) == person.kana ? person.kana_written
                                                                   : person.kana;
    case Column::sex:
      return written_sex(person);
    case Column::phone:
    case Column::mobile:
      return written_phone(phone_of(person, kind_of(column)));
    case Column::consent:
      return written_consent(evacuee, codes);
    default:
      return value_of(column, person, evacuee);
  }
}

}  // namespace renraku::exchange::roster
