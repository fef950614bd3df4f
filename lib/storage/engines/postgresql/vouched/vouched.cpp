#include "storage/engines/postgresql/vouched/vouched.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <climits>
#include <limits>

#include "storage/engines/postgresql/vouched/statement.hpp"

namespace renraku::storage::postgresql {
namespace {

/// Marks of deleted rows are swept away when there are this many, and more of them than rows.
constexpr std::uint64_t marks_to_sweep = 1000;

}  // namespace

Vouched::Vouched(Wire& wire, std::shared_ptr<Vault> vault,
                 std::shared_ptr<const VouchedTables> tables, std::shared_ptr<SeenVersion> seen)
    : rows_(wire), seal_(std::move(vault)), tables_(std::move(tables)), seen_(std::move(seen)) {}

std::unique_ptr<Statement> Vouched::prepare(std::string_view sql) {
  std::vector<std::string> tables = tables_->named_in(sql);
  if (tables.empty()) return nullptr;
  // Whatever may write: what is rolled back must not stay in the copy.
  const bool writes = !sql.starts_with("SELECT");
  return std::make_unique<VouchedStatement>(
      copy().prepare(sql), [this, writes, tables = std::move(tables)] { need(tables, writes); });
}

bool Vouched::has_head() {
  try {
    if (!is_current_ && vouches()) take_head();
    return true;
  } catch (const Error& error) {
    if (!is_altered_access(error)) throw;
    return false;
  }
}

std::uint32_t Vouched::key_number(KeyOwner owner) {
  if (!vouches()) return Vault::first_number;
  const auto find = prepare("SELECT number FROM renraku_key_in_use WHERE owner = :owner");
  find->bind("owner", owner);
  return find->step() ? static_cast<std::uint32_t>(find->integer(0)) : Vault::first_number;
}

void Vouched::set_key_number(KeyOwner owner, std::uint32_t number) {
  const auto put = prepare(
      "INSERT INTO renraku_key_in_use (owner, number) VALUES (:owner, :number) "
      "ON CONFLICT (owner) DO UPDATE SET number = excluded.number");
  put->bind("owner", owner);
  put->bind("number", std::int64_t{number});
  put->run();
}

std::vector<std::int64_t> Vouched::seal_again(const std::string& table, std::int64_t from,
                                              int limit) {
  const std::vector<std::int64_t> found =
      rows_.under_others(table, key_number(the_store), from, limit);
  if (found.empty()) return found;
  need({table}, true);
  for (const std::int64_t rowid : found) copy().touch(table, rowid);
  return found;
}

std::int64_t Vouched::count_under_others() {
  std::int64_t count = 0;
  const std::uint32_t number = key_number(the_store);
  for (const std::string& table : tables_->names()) {
    count += static_cast<std::int64_t>(
        rows_.under_others(table, number, std::numeric_limits<std::int64_t>::min(), INT_MAX)
            .size());
  }
  return count;
}

void Vouched::begin(std::optional<crypto::Bytes> sealed_head) {
  is_current_ = false;
  // Nobody else commits while this transaction has the writer's place.
  said_ = Said{std::move(sealed_head), seen_->newest()};
}

void Vouched::need(const std::vector<std::string>& tables, bool writes) {
  if (is_broken_) throw not_vouched("the copy of what decides access could not be cleared");
  if (!is_current_) take_head();
  for (const std::string& table : tables) bring_up_to_date(table);
  if (writes && !copy().in_transaction()) copy().begin();
}

VouchedCopy& Vouched::copy() {
  if (!copy_) copy_.emplace(*tables_);
  return *copy_;
}

void Vouched::take_head() {
  if (!said_) {
    // Whatever was known before the question is part of the answer.
    const std::uint64_t least = seen_->newest();
    said_ = Said{rows_.read_head(), least};
  }
  const Said said = *std::exchange(said_, std::nullopt);
  VouchedHead head = said.sealed_head ? seal_.open_head(*said.sealed_head) : VouchedHead{};
  if (head.version < said.least) throw not_vouched("what decides access is older than it was");
  seen_->note(head.version);
  head_ = std::move(head);
  is_current_ = true;
}

void Vouched::bring_up_to_date(const std::string& table) {
  const TableHead wanted = head_.of(table);
  Known& known = known_[table];
  if (known.is_loaded && known.head == wanted) return;
  if (known.is_loaded &&
      (known.head.version > wanted.version || known.head.swept != wanted.swept)) {
    forget(table);
  }
  const bool alone = !copy().in_transaction();
  if (alone) {
    copy().begin();
  } else {
    taken_within_.push_back(table);
  }
  try {
    take_rows(table, known, wanted);
    if (alone) copy().commit();
  } catch (...) {
    if (alone) copy().rollback();
    forget(table);
    throw;
  }
}

void Vouched::take_rows(const std::string& table, Known& known, const TableHead& wanted) {
  TableHead found = known.head;
  rows_.read(table, known.head.version, [&](const VouchedRows::Row& row) {
    const VouchedPlace place{table, row.rowid, row.version};
    const crypto::Bytes image = seal_.open(place, row.sealed);
    const Item item{seal_.digest(place, row.sealed), image.empty()};
    replace(found, known.find(row.rowid), &item);
    known.put(row.rowid, item);
    found.version = std::max(found.version, row.version);
    if (item.is_removed) {
      copy().remove(table, row.rowid);
    } else {
      copy().put(table, row.rowid, image);
    }
  });
  found.swept = wanted.swept;
  if (found != wanted) {
    throw not_vouched(fmt::format("the rows of {} are not those that were written", table));
  }
  known.head = found;
  known.is_loaded = true;
}

void Vouched::forget(const std::string& table) {
  copy().clear(table);
  known_[table] = {};
}

void Vouched::send_changes() {
  sent_.clear();
  sent_head_.reset();
  if (!copy_) return;
  VouchedHead next = head_;
  ++next.version;
  const VouchedCopy::Changed changed = copy_->take_changed();
  if (changed.empty()) return;
  seal_.seal_under(key_number(the_store));
  for (const auto& [table, rowids] : changed) send(table, rowids, next);
  if (sent_.empty()) return;
  rows_.write_head(seal_.seal(next));
  sent_head_ = std::move(next);
}

void Vouched::send(const std::string& table, const std::set<std::int64_t>& rowids,
                   VouchedHead& next) {
  const Known& known = known_[table];
  TableHead& head = next.tables[table];
  for (const std::int64_t rowid : rowids) {
    const auto image = copy_->image(table, rowid);
    const Item* const before = known.find(rowid);
    if (!image && !before) continue;
    const VouchedPlace place{table, rowid, next.version};
    const crypto::Bytes sealed = seal_.seal(place, image.value_or(crypto::Bytes{}));
    const Item item{seal_.digest(place, sealed), !image};
    replace(head, before, &item);
    head.version = next.version;
    rows_.write(table, {rowid, next.version, sealed});
    sent_.push_back({table, rowid, item});
  }
  if (known.marks >= marks_to_sweep && known.marks > known.items.size() / 2) {
    sweep(table, rowids, next);
  }
}

void Vouched::sweep(const std::string& table, const std::set<std::int64_t>& but,
                    VouchedHead& next) {
  TableHead& head = next.tables[table];
  for (const auto& [rowid, item] : known_[table].items) {
    if (!item.is_removed || but.contains(rowid)) continue;
    replace(head, &item, nullptr);
    rows_.remove(table, rowid);
    sent_.push_back({table, rowid, std::nullopt});
  }
  head.swept = next.version;
}

void Vouched::committed() {
  is_current_ = false;
  said_.reset();
  taken_within_.clear();
  if (!copy_) return;
  if (copy_->in_transaction()) copy_->commit();
  for (const Change& change : std::exchange(sent_, {})) {
    known_[change.table].put(change.rowid, change.item);
  }
  if (!sent_head_) return;
  for (auto& [table, known] : known_) {
    if (known.is_loaded) known.head = sent_head_->of(table);
  }
  seen_->note(sent_head_->version);
  sent_head_.reset();
}

void Vouched::rolled_back() noexcept {
  is_current_ = false;
  said_.reset();
  sent_.clear();
  sent_head_.reset();
  if (!copy_) return;
  copy_->rollback();
  try {
    for (const std::string& table : std::exchange(taken_within_, {})) forget(table);
  } catch (const Error&) {
    // Rows that nobody vouches for may stand there still.
    is_broken_ = true;
  }
}

const Vouched::Item* Vouched::Known::find(std::int64_t rowid) const {
  const auto found = items.find(rowid);
  return found == items.end() ? nullptr : &found->second;
}

void Vouched::Known::put(std::int64_t rowid, const std::optional<Item>& item) {
  const Item* const before = find(rowid);
  if (before && before->is_removed) --marks;
  if (item && item->is_removed) ++marks;
  if (item) {
    items[rowid] = *item;
  } else {
    items.erase(rowid);
  }
}

/// One item of the table's sum takes the place of another; either may be none.
void Vouched::replace(TableHead& head, const Item* before, const Item* now) {
  if (before) {
    head.sum.subtract(before->digest);
    --head.rows;
  }
  if (now) {
    head.sum.add(now->digest);
    ++head.rows;
  }
}

}  // namespace renraku::storage::postgresql
