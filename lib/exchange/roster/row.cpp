#include "exchange/roster/row.hpp"

#include <algorithm>
#include <renraku/described/evacuee.hpp>

#include "exchange/csv_writer.hpp"
#include "exchange/roster/protection_words.hpp"
#include "text/date.hpp"
#include "text/kana.hpp"
#include "text/phone.hpp"
#include "text/postal.hpp"
#include "text/utf8.hpp"
#include "text/width.hpp"

namespace renraku::exchange::roster {
namespace {

// Where characters were lost on the way here; a decoder leaves it too.
constexpr std::string_view lost_character = "\xEF\xBF\xBD";

bool has_three_byte_characters_from_e(std::string_view cell) {
  // Private use begins EE or EF (or F3, F4 beyond); nothing else needs the closer look.
  return cell.find_first_of("\xEE\xEF\xF3\xF4") != std::string_view::npos;
}

Address& residence_in(Person& person) {
  if (person.addresses.empty()) person.addresses.emplace_back();
  return person.addresses.front();
}

void reject(CheckedRow& row, std::string column, const char* reason) {
  if (!row.rejection) row.rejection = Finding{std::move(column), reason};
}

void warn(CheckedRow& row, std::string column, const char* reason) {
  row.warnings.push_back({std::move(column), reason});
}

}  // namespace

CheckedRow RowChecker::check(const RawRow& raw) {
  CheckedRow row;
  row.line = raw.line;
  const std::vector<HeaderTarget>& targets = headers_.targets();
  if (raw.torn) reject(row, "", "columns");
  for (std::size_t i = targets.size(); i < raw.cells.size(); ++i) {
    if (!text::trim(raw.cells[i]).empty()) reject(row, "", "columns");
  }
  for (std::size_t i = 0; i < std::min(targets.size(), raw.cells.size()); ++i) {
    read_cell(row, targets[i], text::trim(unharmed(raw.cells[i])));
  }
  finish(row, raw);
  return row;
}

void RowChecker::read_cell(CheckedRow& row, const HeaderTarget& target, std::string_view cell) {
  if (target.kind == HeaderTarget::Kind::unread || cell.empty()) return;
  if (cell.find(lost_character) != std::string_view::npos || !text::is_utf8(cell)) {
    reject(row, target.name, "encoding");
    return;
  }
  if (has_three_byte_characters_from_e(cell) && text::has_private_use(cell)) {
    warn(row, target.name, "private_use");
  }
  look_for_protection(row, target, cell);
  switch (target.kind) {
    case HeaderTarget::Kind::column:
      return read_column(row, target.column, cell);
    case HeaderTarget::Kind::address_part: {
      std::string& address = residence_in(row.person).text;
      if (!address.empty()) address += "　";
      address += cell;
      return;
    }
    default:
      row.evacuee.extra.push_back({target.name, std::string(cell)});
  }
}

void RowChecker::read_column(CheckedRow& row, Column column, std::string_view cell) {
  Person& person = row.person;
  switch (column) {
    case Column::reference:
      row.evacuee.reference = text::without_fraction(cell);
      break;
    case Column::municipal_number:
      person.municipal_number = text::without_fraction(cell);
      break;
    case Column::name:
      person.name = cell;
      break;
    case Column::kana:
      person.kana_written = cell;
      person.kana = text::to_katakana(cell);
      break;
    case Column::birth_date:
      return read_birth(row, cell);
    case Column::sex:
      return read_sex(row, cell);
    case Column::postal_code:
      if (const auto code = text::read_postal(cell)) {
        residence_in(person).postal_code = *code;
      } else {
        row.evacuee.extra.push_back({name_of(column), std::string(cell)});
      }
      break;
    case Column::address: {
      std::string& address = residence_in(person).text;
      address = address.empty() ? std::string(cell) : std::string(cell) + "　" + address;
      break;
    }
    case Column::phone:
    case Column::mobile:
      return read_phone(row, column, cell);
    case Column::consent:
      return read_consent(row, cell);
    case Column::consent_date:
      return read_consent_date(row, cell);
    default:
      row.evacuee.*info(column).text = cell;
  }
}

void RowChecker::read_birth(CheckedRow& row, std::string_view cell) {
  row.person.birth_written = cell;
  const text::ReadDate read = text::read_date(cell, today_);
  switch (read.kind) {
    case text::DateKind::known:
      row.person.birth_date = read.date;
      if (read.overshoot) warn(row, name_of(Column::birth_date), "era_overshoot");
      break;
    case text::DateKind::unknown:
      break;
    case text::DateKind::invalid:
      reject(row, name_of(Column::birth_date), "invalid");
      break;
    case text::DateKind::future:
      reject(row, name_of(Column::birth_date), "future");
      break;
  }
}

void RowChecker::read_sex(CheckedRow& row, std::string_view cell) {
  row.person.sex = codes_.sex(cell);
  counts_.count(Column::sex, cell, row.person.sex ? enum_name(*row.person.sex) : "unknown");
}

void RowChecker::read_phone(CheckedRow& row, Column column, std::string_view cell) {
  const std::string_view whole = text::without_fraction(cell);
  Phone phone;
  phone.kind = column == Column::mobile ? PhoneKind::mobile : PhoneKind::home;
  phone.written = whole;
  if (const auto read = text::read_phone(whole)) {
    phone.digits = read->digits;
    if (read->zero_restored) warn(row, name_of(column), "zero_restored");
  }
  row.person.phones.push_back(std::move(phone));
}

void RowChecker::read_consent(CheckedRow& row, std::string_view cell) {
  const std::optional<Consent> consent = codes_.consent(cell);
  row.evacuee.consent = consent.value_or(Consent::unknown);
  row.evacuee.consent_written = cell;
  counts_.count(Column::consent, cell, enum_name(row.evacuee.consent));
  if (!consent) warn(row, name_of(Column::consent), "consent_unknown");
}

void RowChecker::read_consent_date(CheckedRow& row, std::string_view cell) {
  const text::ReadDate read = text::read_date(cell, today_);
  if (read.kind == text::DateKind::known) {
    row.evacuee.consent_date = read.date;
    if (read.overshoot) warn(row, name_of(Column::consent_date), "era_overshoot");
  } else if (read.kind != text::DateKind::unknown) {
    // The person is taken all the same: a consent that can't be dated only weighs less.
    warn(row, name_of(Column::consent_date), "consent_unknown");
    row.evacuee.extra.push_back({name_of(Column::consent_date), std::string(cell)});
  }
}

void RowChecker::look_for_protection(CheckedRow& row, const HeaderTarget& target,
                                     std::string_view cell) {
  std::string_view word = protection_word(cell);
  if (word.empty() && target.kind == HeaderTarget::Kind::own && !says_no(cell)) {
    word = protection_word(target.name);
  }
  if (word.empty()) return;
  if (row.protection.empty()) row.protection = word;
  warn(row, target.name, "protection_suspected");
}

void RowChecker::finish(CheckedRow& row, const RawRow&) {
  // 氏名 comes before 生年月日 in the layout, and so among the reasons.
  if (row.person.name.empty() &&
      (!row.rejection || row.rejection->column == info(Column::birth_date).name)) {
    row.rejection = Finding{name_of(Column::name), "missing"};
  }
  if (!row.person.birth_date && !row.rejection) {
    warn(row, name_of(Column::birth_date), "birth_unknown");
  }
  if (!row.person.sex) warn(row, name_of(Column::sex), "sex_unknown");
  // Home before mobile, whatever the file's order: lists show the first phone.
  std::ranges::stable_sort(row.person.phones, {}, &Phone::kind);
  if (!row.protection.empty()) {
    // The word alone: the cell may say where the person is.
    row.person.protection = Protection{};
    row.person.protection->ground = "名簿の記載: " + row.protection;
    row.person.protection->provisional = true;
  }
}

std::vector<ExtraColumn> RowChecker::cells_of(const RawRow& row) const {
  const std::vector<HeaderTarget>& targets = headers_.targets();
  std::vector<ExtraColumn> cells;
  for (std::size_t i = 0; i < std::max(targets.size(), row.cells.size()); ++i) {
    const bool known = i < targets.size();
    if (known && targets[i].kind == HeaderTarget::Kind::unread) continue;
    const std::string_view cell = i < row.cells.size() ? row.cells[i] : std::string_view();
    if (!known && text::trim(cell).empty()) continue;
    cells.push_back({known ? targets[i].name : "列" + std::to_string(i + 1), std::string(cell)});
  }
  return cells;
}

}  // namespace renraku::exchange::roster
