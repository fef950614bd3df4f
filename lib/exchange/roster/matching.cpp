#include "exchange/roster/matching.hpp"

#include <algorithm>

#include "domain/roster/roster.hpp"
#include "exchange/roster/said_again.hpp"
#include "exchange/roster/suspecting.hpp"
#include "text/fold.hpp"

namespace renraku::exchange::roster {
namespace {

/// Decides row by row, rule after rule: a stronger rule for a later row comes before a weaker one
/// for an earlier row, and no entry is matched twice.
class Matcher {
 public:
  Matcher(access::Permit& permit, const std::deque<RowKeys>& rows) : permit_(permit), rows_(rows) {}

  Matching run(const std::string& district);

 private:
  void read_store(const std::string& district);
  void find_duplicates();
  void match_said();
  void match_municipal_number();
  void match_reference();
  void match_person(bool by_phone);
  void name_rejected();
  void name_same_people();
  void count_missing();

  /// Rows that have no entry yet: rule(row) gives the hash to look under, fits(row, entry) decides.
  template <class StoredHash, class RowHash, class Fits>
  void match_by(StoredHash&& stored_hash, RowHash&& row_hash, Fits&& fits);
  void give(std::uint32_t row, std::uint32_t entry);

  access::Permit& permit_;
  const std::deque<RowKeys>& rows_;
  Matching result_;
};

void Matcher::read_store(const std::string& district) {
  const std::string district_key = text::search_text(district);
  domain::each_roster_entry(permit_, [&](domain::RosterEntry&& entry) {
    StoredKeys stored;
    stored.keys = keys_of(entry.name, entry.kana, entry.municipal_number, entry.reference,
                          entry.birth_date, entry.sex, entry.phones, entry.addresses);
    if (entry.imported) stored.keys.said = hash_of(*entry.imported);
    stored.pk = entry.pk;
    stored.listed = entry.listed;
    stored.is_protected = entry.is_protected;
    stored.hidden = entry.hidden;
    stored.kept = entry.kept;
    stored.expected = district.empty() || entry.district_key == district_key;
    if (entry.listed) ++result_.listed;
    result_.stored.push_back(stored);
  });
  result_.newest_person = domain::newest_person(permit_);
}

void Matcher::find_duplicates() {
  KeyIndex accepted(rows_.size() * 2);
  const auto hashes = [](const RowKeys& row) {
    const std::uint64_t who = mixed(row.name, row.birth);
    return std::array{row.municipal_number ? mixed(who, row.municipal_number) : 0,
                      row.home ? mixed(who, row.home) : 0, row.mobile ? mixed(who, row.mobile) : 0};
  };
  for (std::uint32_t i = 0; i < rows_.size(); ++i) {
    const RowKeys& row = rows_[i];
    if (row.rejected) {
      result_.decisions[i].fate = Fate::rejected;
      continue;
    }
    if (row.name == 0 || row.birth == 0) continue;
    std::uint32_t first = i;
    for (const std::uint64_t hash : hashes(row)) {
      if (hash == 0) continue;
      accepted.each(hash, [&](std::uint32_t other) {
        if (certainly_same(rows_[other], row)) first = std::min(first, other);
        return false;
      });
    }
    if (first != i) {
      result_.decisions[i] = {Fate::duplicate, first};
      continue;
    }
    for (const std::uint64_t hash : hashes(row)) {
      if (hash != 0) accepted.add(hash, i);
    }
  }
}

void Matcher::give(std::uint32_t row, std::uint32_t entry) {
  result_.decisions[row] = {Fate::stored, entry};
  result_.stored[entry].named = true;
}

template <class StoredHash, class RowHash, class Fits>
void Matcher::match_by(StoredHash&& stored_hash, RowHash&& row_hash, Fits&& fits) {
  KeyIndex index(result_.stored.size());
  // The last added is visited first, and the oldest entry is to be.
  for (auto i = static_cast<std::uint32_t>(result_.stored.size()); i-- > 0;) {
    if (result_.stored[i].named) continue;
    if (const std::uint64_t hash = stored_hash(result_.stored[i].keys)) index.add(hash, i);
  }
  for (std::uint32_t i = 0; i < rows_.size(); ++i) {
    if (result_.decisions[i].fate != Fate::added) continue;
    const std::uint64_t hash = row_hash(rows_[i]);
    if (hash == 0) continue;
    index.each(hash, [&](std::uint32_t entry) {
      if (result_.stored[entry].named || !fits(rows_[i], result_.stored[entry].keys)) return false;
      give(i, entry);
      return true;
    });
  }
}

// What was said word for word the last time is that entry's again.
void Matcher::match_said() {
  const auto said = [](const RowKeys& keys) { return keys.said; };
  match_by(said, said,
           [](const RowKeys& row, const RowKeys& entry) { return row.said == entry.said; });
}

void Matcher::match_municipal_number() {
  const auto number = [](const RowKeys& keys) { return keys.municipal_number; };
  const auto both = [](const RowKeys& row, const RowKeys& entry) {
    return same(row.municipal_number, entry.municipal_number) && same(row.name, entry.name) &&
           same(row.birth, entry.birth);
  };
  match_by(number, number, both);
  match_by(number, number, [](const RowKeys& row, const RowKeys& entry) {
    return same(row.municipal_number, entry.municipal_number) &&
           (same(row.name, entry.name) || same(row.birth, entry.birth));
  });
}

void Matcher::match_reference() {
  const auto reference = [](const RowKeys& keys) -> std::uint64_t { return keys.reference; };
  match_by(reference, reference, [](const RowKeys& row, const RowKeys& entry) {
    return same(row.reference, entry.reference) && same(row.name, entry.name) &&
           same(row.birth, entry.birth);
  });
}

void Matcher::match_person(bool by_phone) {
  const auto person = [](const RowKeys& keys) -> std::uint64_t {
    return keys.name == 0 || keys.birth == 0 || keys.sex == 0 ? 0 : mixed(keys.name, keys.birth);
  };
  match_by(person, person, [by_phone](const RowKeys& row, const RowKeys& entry) {
    return same(row.name, entry.name) && same(row.birth, entry.birth) && same(row.sex, entry.sex) &&
           (by_phone ? same_phone(row, entry) : same(row.address, entry.address));
  });
}

// A rejected row still names somebody: whoever it may be is not missing.
void Matcher::name_rejected() {
  KeyIndex by_number(result_.stored.size());
  KeyIndex by_reference(result_.stored.size());
  KeyIndex by_name(result_.stored.size());
  const bool any = std::ranges::any_of(rows_, &RowKeys::rejected);
  for (std::uint32_t i = 0; any && i < result_.stored.size(); ++i) {
    const RowKeys& keys = result_.stored[i].keys;
    if (keys.municipal_number) by_number.add(keys.municipal_number, i);
    if (keys.reference) by_reference.add(keys.reference, i);
    if (keys.name) by_name.add(keys.name, i);
  }
  for (std::uint32_t i = 0; any && i < rows_.size(); ++i) {
    const RowKeys& row = rows_[i];
    if (!row.rejected) continue;
    bool guarded = row.telling;
    const auto name_if = [&](bool fits, std::uint32_t entry) {
      if (!fits) return false;
      result_.stored[entry].named = true;
      guarded = guarded || result_.stored[entry].is_protected;
      return false;
    };
    const auto keys = [&](std::uint32_t entry) -> const RowKeys& {
      return result_.stored[entry].keys;
    };
    by_number.each(row.municipal_number, [&](std::uint32_t entry) {
      return name_if(same(row.municipal_number, keys(entry).municipal_number), entry);
    });
    by_reference.each(row.reference, [&](std::uint32_t entry) {
      return name_if(same(row.reference, keys(entry).reference) &&
                         (row.name == 0 || row.name == keys(entry).name),
                     entry);
    });
    by_name.each(row.name, [&](std::uint32_t entry) {
      const RowKeys& other = keys(entry);
      return name_if(
          same(row.name, other.name) && (same(row.birth, other.birth) || same_phone(row, other) ||
                                         same(row.address, other.address)),
          entry);
    });
    if (guarded) result_.guarded.push_back(i);
  }
}

// Two entries that an officer called one person are both named by a row for either.
void Matcher::name_same_people() {
  for (const auto& [one, other] : domain::same_people(permit_)) {
    const auto first = std::ranges::lower_bound(result_.stored, one, {}, &StoredKeys::pk);
    const auto second = std::ranges::lower_bound(result_.stored, other, {}, &StoredKeys::pk);
    if (first == result_.stored.end() || second == result_.stored.end()) continue;
    first->named = second->named = first->named || second->named;
  }
}

void Matcher::count_missing() {
  for (const StoredKeys& entry : result_.stored) {
    if (result_.is_missing(entry)) ++result_.missing;
  }
}

Matching Matcher::run(const std::string& district) {
  result_.decisions.resize(rows_.size());
  read_store(district);
  find_duplicates();
  if (!result_.stored.empty()) {
    match_said();
    match_municipal_number();
    match_reference();
    match_person(true);
    match_person(false);
    match_said_again(permit_, rows_, result_);
    name_rejected();
    name_same_people();
    find_moved_references(rows_, result_);
    count_missing();
  } else {
    for (std::uint32_t i = 0; i < rows_.size(); ++i) {
      if (rows_[i].rejected && rows_[i].telling) result_.guarded.push_back(i);
    }
  }
  find_suspects(rows_, result_);
  return std::move(result_);
}

}  // namespace

Matching match(access::Permit& permit, const std::deque<RowKeys>& rows,
               const std::string& district) {
  return Matcher(permit, rows).run(district);
}

}  // namespace renraku::exchange::roster
