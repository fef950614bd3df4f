#include "exchange/roster/merge.hpp"

#include <algorithm>

#include "exchange/roster/fingerprint.hpp"
#include "text/address.hpp"
#include "text/fold.hpp"

namespace renraku::exchange::roster {
namespace {

/// What the file has for a stored text, perhaps as an export in CP932 left it.
bool says_the_same(const std::string& file, const std::string& stored) {
  return file == stored || file == as_cp932_leaves(stored);
}

std::string* find_own(std::vector<ExtraColumn>& own, const std::string& name) {
  const auto at = std::ranges::find(own, name, &ExtraColumn::name);
  return at == own.end() ? nullptr : &at->value;
}

std::string own_value(const std::vector<ExtraColumn>& own, const std::string& name) {
  const auto at = std::ranges::find(own, name, &ExtraColumn::name);
  return at == own.end() ? std::string() : at->value;
}

void set_own(std::vector<ExtraColumn>& own, const ExtraColumn& said) {
  if (std::string* value = find_own(own, said.name)) {
    *value = said.value;
  } else {
    own.push_back(said);
  }
}

/// The first is after the second, as far as both tell.
bool is_newer(const Date& date, const Date& other) {
  if (date.year != other.year) return date.year > other.year;
  if (date.month == 0 || other.month == 0) return false;
  if (date.month != other.month) return date.month > other.month;
  return date.day != 0 && other.day != 0 && date.day > other.day;
}

class Merger {
 public:
  Merger(const domain::StoredEvacuee& entry, const CheckedRow& row, const Reading& reading)
      : entry_(entry),
        row_(row),
        reading_(reading),
        file_(values_of(row.person, row.evacuee)),
        stored_(values_of(entry.person.person, entry.evacuee)) {
    if (entry.imported) before_ = from_text(*entry.imported);
    result_.said = before_;
    result_.person = entry.person.person;
    result_.evacuee = entry.evacuee;
  }

  Merged run() {
    if (entry_.evacuee.withdrawal) {
      name_withdrawn();
      return std::move(result_);
    }
    for (const ColumnInfo& column : columns()) {
      if (column.column == Column::consent || column.column == Column::consent_date) continue;
      merge_column(column.column);
    }
    for (const ExtraColumn& own : file_.own) merge_own(own);
    merge_consent();
    merge_protection();
    return std::move(result_);
  }

 private:
  void merge_column(Column column) {
    const std::string& file = file_.at(column);
    if (file.empty() || file == before_.at(column)) return;
    say(result_.said.at(column), file);
    const std::string& stored = stored_.at(column);
    if (says_the_same(file, stored)) return;
    if (!stored.empty() && stored != before_.at(column)) {
      result_.conflicts.push_back(
          {name_of(column), is_placed(column),
           written_of(column, result_.person, result_.evacuee, reading_.codes, reading_.today),
           written_of(column, row_.person, row_.evacuee, reading_.codes, reading_.today)});
      return;
    }
    take(column, row_.person, row_.evacuee, result_.person, result_.evacuee);
    change(is_placed(column));
  }

  void change(bool placed) {
    result_.changed = true;
    result_.changed_unplaced = result_.changed_unplaced || !placed;
  }

  void merge_own(const ExtraColumn& file) {
    const std::string before = own_value(before_.own, file.name);
    if (file.value == before) return;
    set_own(result_.said.own, file);
    result_.said_more = true;
    const std::string stored = own_value(stored_.own, file.name);
    if (says_the_same(file.value, stored)) return;
    if (!stored.empty() && stored != before) {
      result_.conflicts.push_back({file.name, true, stored, file.value});
      return;
    }
    set_own(result_.evacuee.extra, file);
    change(true);
  }

  void merge_consent() {
    const Evacuee& file = row_.evacuee;
    const Evacuee& stored = entry_.evacuee;
    if (file.consent == Consent::unknown) return;
    const bool repeated =
        file_.at(Column::consent) == before_.at(Column::consent) &&
        (!file.consent_date || file_.at(Column::consent_date) == before_.at(Column::consent_date));
    if (repeated) return;
    say(result_.said.at(Column::consent), file_.at(Column::consent));
    say(result_.said.at(Column::consent_date), file_.at(Column::consent_date));
    if (file.consent == stored.consent) {
      const bool newer = file.consent_date && (!stored.consent_date ||
                                               is_newer(*file.consent_date, *stored.consent_date));
      if (newer) take_consent();
      return;
    }
    if (stored.consent == Consent::unknown || holds(file, stored)) return take_consent();
    result_.consent_held = true;
  }

  static bool holds(const Evacuee& file, const Evacuee& stored) {
    if (file.consent_date && stored.consent_date) {
      if (is_newer(*file.consent_date, *stored.consent_date)) return true;
      if (is_newer(*stored.consent_date, *file.consent_date)) return false;
    }
    return file.consent == Consent::refused;
  }

  void take_consent() {
    take(Column::consent, row_.person, row_.evacuee, result_.person, result_.evacuee);
    take(Column::consent_date, row_.person, row_.evacuee, result_.person, result_.evacuee);
    change(false);
  }

  // Once an officer lifted what a file had asked for, the same words do not bring it back.
  void merge_protection() {
    if (row_.protection.empty() || !before_.protection.empty()) return;
    say(result_.said.protection, row_.protection);
    if (result_.person.protection) return;
    result_.person.protection = row_.person.protection;
    change(false);
  }

  void name_withdrawn() {
    const std::string since = entry_.evacuee.withdrawal->date.text();
    result_.conflicts.push_back(
        {"", false, "除外 " + since, "名簿に記載（" + since + " の除外後）"});
  }

  void say(std::string& said, const std::string& value) {
    if (said == value) return;
    said = value;
    result_.said_more = true;
  }

  const domain::StoredEvacuee& entry_;
  const CheckedRow& row_;
  const Reading& reading_;
  Values file_;
  Values stored_;
  Values before_;
  Merged result_;
};

}  // namespace

Merged merge(const domain::StoredEvacuee& entry, const CheckedRow& row, const Reading& reading) {
  return Merger(entry, row, reading).run();
}

std::string comparable(Column column, const Values& values) {
  const std::string& value = values.at(column);
  if (value.empty()) return {};
  return column == Column::address ? text::address_key(value) : text::search_text(value);
}

std::vector<Disagreement> differences(const domain::StoredEvacuee& entry, const CheckedRow& row,
                                      const Reading& reading) {
  const Person& person = entry.person.person;
  const Evacuee& evacuee = entry.evacuee;
  const Values file = values_of(row.person, row.evacuee);
  const Values stored = values_of(person, evacuee);
  std::vector<Disagreement> list;
  for (const ColumnInfo& info : columns()) {
    const Column column = info.column;
    const std::string said = comparable(column, file);
    // Each row of a list has a number of its own.
    if (said.empty() || column == Column::reference) continue;
    if (said == comparable(column, stored)) continue;
    list.push_back({name_of(column), is_placed(column),
                    written_of(column, person, evacuee, reading.codes, reading.today),
                    written_of(column, row.person, row.evacuee, reading.codes, reading.today)});
  }
  return list;
}

}  // namespace renraku::exchange::roster
