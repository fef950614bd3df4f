#include "exchange/roster/matching.hpp"

#include <algorithm>
#include <cstring>

#include "domain/roster/roster.hpp"
#include "exchange/roster/said_again.hpp"
#include "exchange/roster/suspecting.hpp"

namespace renraku::exchange::roster {
namespace {

/// After so many entries the pages they were on are given back: nobody comes back to them.
constexpr std::size_t entries_a_release = 16 * 1024;
/// What duplicates are looked for by: 宛名番号 and two phones.
constexpr std::uint32_t hashes_a_row = 3;

// The end of an id is random.
std::uint64_t hash_of_id(const Uuid& id) {
  std::uint64_t hash = 0;
  std::memcpy(&hash, id.bytes.data() + id.bytes.size() - sizeof(hash), sizeof(hash));
  return hash;
}

/// Decides row by row, rule after rule: a stronger rule for a later row comes before a weaker one
/// for an earlier row, and no entry is matched twice.
class Matcher {
 public:
  Matcher(access::Permit& permit, const std::deque<RowKeys>& rows) : permit_(permit), rows_(rows) {}

  Matching run(const std::string& district);

 private:
  void find_duplicates();
  void read_store(const std::string& district);
  [[nodiscard]] KeyIndex rows_by_said() const;
  void match_said(KeyIndex& by_said, std::uint64_t said, const RowKeys& keys);
  void match_municipal_number();
  void match_reference();
  enum class Home { phone, address, hidden };
  void match_person(Home home);
  void name_rejected();
  void name_same_people();
  void count_missing();

  static constexpr auto every_entry = [](const StoredKeys&) { return true; };
  /// Rows that have no entry yet: rule(row) gives the hash to look under, fits(row, entry) decides.
  template <class StoredHash, class RowHash, class Fits, class Among = decltype(every_entry)>
  void match_by(StoredHash&& stored_hash, RowHash&& row_hash, Fits&& fits,
                const Among& among = every_entry);
  [[nodiscard]] const RowKeys& keys(std::uint32_t entry) const {
    return result_.keys(entry, rows_);
  }

  access::Permit& permit_;
  const std::deque<RowKeys>& rows_;
  Matching result_;
};

void Matcher::read_store(const std::string& district) {
  KeyIndex by_said = rows_by_said();
  domain::each_roster_entry(permit_, district, [&](domain::RosterEntry&& entry) {
    StoredKeys& stored = result_.stored.emplace_back();
    stored.id = entry.id;
    stored.listed = entry.listed;
    stored.is_protected = entry.is_protected;
    stored.hidden = entry.hidden;
    stored.kept = entry.kept;
    // That somebody protected is missing from a district's file would tell the district.
    stored.expected = district.empty() || (!entry.is_protected && entry.in_district);
    if (entry.listed) ++result_.listed;
    match_said(by_said, entry.imported ? hash_of(*entry.imported) : 0,
               keys_of(entry.name, entry.kana, entry.municipal_number, entry.reference,
                       entry.birth_date, entry.sex, entry.phones, entry.addresses));
    if (result_.stored.size() % entries_a_release == 0) permit_.transaction().release_pages();
  });
  permit_.transaction().release_pages();
  result_.newest_person = domain::newest_person(permit_);
}

KeyIndex Matcher::rows_by_said() const {
  KeyIndex index(rows_.size());
  // The last added is found first, and the first row is to be.
  for (auto i = static_cast<std::uint32_t>(rows_.size()); i-- > 0;) {
    if (result_.decisions[i].fate == Fate::added) index.add(rows_[i].said, i);
  }
  return index;
}

// What the last import said of the newest entry, word for word, is that entry's again; its keys are
// kept only where they are not its row's.
void Matcher::match_said(KeyIndex& by_said, std::uint64_t said, const RowKeys& keys) {
  const auto entry = static_cast<std::uint32_t>(result_.stored.size() - 1);
  StoredKeys& stored = result_.stored[entry];
  const auto row =
      by_said.take(said, [&](std::uint32_t number) { return same(said, rows_[number].said); });
  if (row) {
    result_.decisions[*row] = {.fate = Fate::stored, .again = true, .target = entry};
    stored.named = true;
  }
  stored.keys_of_row = row && same_keys(keys, rows_[*row]);
  if (stored.keys_of_row) {
    stored.keys = *row;
  } else {
    stored.keys = static_cast<std::uint32_t>(result_.own_keys.size());
    result_.own_keys.push_back(keys);
  }
}

void Matcher::find_duplicates() {
  // A row has a number in it for each of its hashes.
  KeyIndex accepted(rows_.size() * hashes_a_row);
  const auto hashes = [](const RowKeys& row) {
    const std::uint64_t who = mixed(row.name, row.birth);
    return std::array<std::uint64_t, hashes_a_row>{
        row.municipal_number ? mixed(who, row.municipal_number) : 0,
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
      accepted.each(hash, [&](std::uint32_t number) {
        const std::uint32_t other = number / hashes_a_row;
        if (certainly_same(rows_[other], row)) first = std::min(first, other);
        return false;
      });
    }
    if (first != i) {
      result_.decisions[i] = {.fate = Fate::duplicate, .target = first};
      continue;
    }
    std::uint32_t number = i * hashes_a_row;
    for (const std::uint64_t hash : hashes(row)) {
      if (hash != 0) accepted.add(hash, number);
      ++number;
    }
  }
}

template <class StoredHash, class RowHash, class Fits, class Among>
void Matcher::match_by(StoredHash&& stored_hash, RowHash&& row_hash, Fits&& fits,
                       const Among& among) {
  KeyIndex index(result_.stored.size());
  // The last added is visited first, and the oldest entry is to be.
  for (auto i = static_cast<std::uint32_t>(result_.stored.size()); i-- > 0;) {
    if (result_.stored[i].named || !among(result_.stored[i])) continue;
    if (const std::uint64_t hash = stored_hash(keys(i))) index.add(hash, i);
  }
  for (std::uint32_t i = 0; i < rows_.size(); ++i) {
    if (result_.decisions[i].fate != Fate::added) continue;
    const std::uint64_t hash = row_hash(rows_[i]);
    if (hash == 0) continue;
    const auto entry =
        index.take(hash, [&](std::uint32_t number) { return fits(rows_[i], keys(number)); });
    if (!entry) continue;
    result_.decisions[i] = {.fate = Fate::stored, .target = *entry};
    result_.stored[*entry].named = true;
  }
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

void Matcher::match_person(Home home) {
  const auto person = [](const RowKeys& keys) -> std::uint64_t {
    return keys.name == 0 || keys.birth == 0 || keys.sex == 0 ? 0 : mixed(keys.name, keys.birth);
  };
  match_by(
      person, person,
      [home](const RowKeys& row, const RowKeys& entry) {
        if (!same(row.name, entry.name) || !same(row.birth, entry.birth)) return false;
        if (!same(row.sex, entry.sex)) return false;
        return home == Home::hidden ||
               (home == Home::phone ? same_phone(row, entry) : same(row.address, entry.address));
      },
      [home](const StoredKeys& entry) { return entry.hidden == (home == Home::hidden); });
}

// A rejected row still names somebody: whoever it may be is not missing.
void Matcher::name_rejected() {
  if (std::ranges::none_of(rows_, &RowKeys::rejected)) return;
  KeyIndex by_number(result_.stored.size());
  KeyIndex by_reference(result_.stored.size());
  KeyIndex by_name(result_.stored.size());
  for (std::uint32_t i = 0; i < result_.stored.size(); ++i) {
    const RowKeys& entry = keys(i);
    if (entry.municipal_number) by_number.add(entry.municipal_number, i);
    if (entry.reference) by_reference.add(entry.reference, i);
    if (entry.name) by_name.add(entry.name, i);
  }
  for (std::uint32_t i = 0; i < rows_.size(); ++i) {
    const RowKeys& row = rows_[i];
    if (!row.rejected) continue;
    const std::size_t before = result_.named.size();
    const auto may_be = [&](std::uint32_t entry, bool named) {
      StoredKeys& stored = result_.stored[entry];
      stored.named = stored.named || named;
      if (result_.named.size() - before <= named_a_row_max) result_.named.push_back({i, entry});
    };
    by_number.each(row.municipal_number, [&](std::uint32_t entry) {
      if (same(row.municipal_number, keys(entry).municipal_number)) may_be(entry, true);
      return false;
    });
    by_reference.each(row.reference, [&](std::uint32_t entry) {
      if (same(row.reference, keys(entry).reference) &&
          (row.name == 0 || row.name == keys(entry).name)) {
        may_be(entry, true);
      }
      return false;
    });
    by_name.each(row.name, [&](std::uint32_t entry) {
      const RowKeys& other = keys(entry);
      if (!same(row.name, other.name)) return false;
      may_be(entry, result_.stored[entry].hidden || same(row.birth, other.birth) ||
                        same_phone(row, other) || same(row.address, other.address));
      return false;
    });
    if (row.telling || result_.named.size() - before > named_a_row_max) {
      result_.guarded.push_back(i);
    }
  }
}

// Two entries that an officer called one person are both named by a row for either.
void Matcher::name_same_people() {
  const auto pairs = domain::same_people(permit_);
  if (pairs.empty()) return;
  const EntryIndex index(result_.stored);
  for (const auto& [one, other] : pairs) {
    const auto first = index.find(one);
    const auto second = index.find(other);
    if (!first || !second) continue;
    StoredKeys& entry = result_.stored[*first];
    StoredKeys& twin = result_.stored[*second];
    entry.named = twin.named = entry.named || twin.named;
  }
}

void Matcher::count_missing() {
  for (const StoredKeys& entry : result_.stored) {
    if (result_.is_missing(entry)) ++result_.missing;
  }
}

Matching Matcher::run(const std::string& district) {
  result_.decisions.resize(rows_.size());
  find_duplicates();
  read_store(district);
  if (!result_.stored.empty()) {
    match_municipal_number();
    match_reference();
    match_person(Home::phone);
    match_person(Home::address);
    match_person(Home::hidden);
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

EntryIndex::EntryIndex(const std::deque<StoredKeys>& entries)
    : entries_(entries), index_(entries.size()) {
  for (std::uint32_t i = 0; i < entries.size(); ++i) index_.add(hash_of_id(entries[i].id), i);
}

std::optional<std::uint32_t> EntryIndex::find(const Id<Evacuee>& id) const {
  std::optional<std::uint32_t> found;
  index_.each(hash_of_id(id), [&](std::uint32_t entry) {
    if (entries_[entry].id == id) found = entry;
    return found.has_value();
  });
  return found;
}

Matching match(access::Permit& permit, const std::deque<RowKeys>& rows,
               const std::string& district) {
  return Matcher(permit, rows).run(district);
}

}  // namespace renraku::exchange::roster
