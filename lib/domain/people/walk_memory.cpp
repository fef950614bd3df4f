#include "domain/people/walk_memory.hpp"

#include <algorithm>

#include "crypto/random.hpp"

namespace renraku::domain {
namespace {

constexpr std::string_view put_stamp =
    "INSERT INTO walk_stamp (municipality, stamp) VALUES (:municipality, :stamp) "
    "ON CONFLICT (municipality) DO UPDATE SET stamp = excluded.stamp";
constexpr std::string_view find_stamp =
    "SELECT stamp FROM walk_stamp WHERE municipality = :municipality";

using Stamp = decltype(storage::RowsName::stamp);

std::optional<Stamp> stamp_of(storage::Transaction& transaction, std::string_view municipality) {
  const auto bytes =
      transaction.query(find_stamp).bind("municipality", municipality).optional<crypto::Bytes>();
  Stamp stamp;
  // Anything else is none of ours.
  if (!bytes || bytes->size() != stamp.size()) return std::nullopt;
  std::ranges::copy(*bytes, stamp.begin());
  return stamp;
}

std::string_view text_of(crypto::ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

void change_walked(storage::Transaction& transaction, std::string_view municipality) {
  if (!transaction.row_sealing() || !transaction.changes_rows_of(municipality)) return;
  Stamp stamp;
  crypto::fill_random(stamp);
  transaction.query(put_stamp)
      .bind("municipality", municipality)
      .bind("stamp", crypto::ByteView(stamp))
      .run();
}

void RowsKeeper::add(const WalkedRow& row) {
  if (!rows_) return;
  rows_->add({row.pk,
              {text_of(row.sort), row.named.text(), row.placed.text(), row.written.text(),
               row.own.text()}});
  if (rows_->bytes() > storage::RowMemory::bytes_max) rows_.reset();
}

void RowsKeeper::finish() {
  if (rows_) transaction_.keep_rows(std::move(name_), std::move(rows_));
  rows_.reset();
}

WalkMemory::WalkMemory(storage::Transaction& transaction, std::string_view municipality,
                       std::string_view sql)
    : transaction_(transaction) {
  if (!transaction.row_sealing()) return;
  const auto stamp = stamp_of(transaction, municipality);
  if (!stamp) return;
  name_ = storage::RowsName{std::string(municipality), std::string(sql), *stamp};
  rows_ = transaction.kept_rows(*name_);
}

std::shared_ptr<RowsKeeper> WalkMemory::keeper() const {
  return name_ ? std::make_shared<RowsKeeper>(transaction_, *name_) : nullptr;
}

KeptWalk::KeptWalk(const Walk& walk, std::shared_ptr<const storage::PackedRows> rows,
                   const SearchPlace& after)
    : walk_(walk), rows_(std::move(rows)) {
  std::size_t end = rows_->size();
  while (at_ < end) {
    const std::size_t middle = at_ + (end - at_) / 2;
    const storage::PackedRow row = (*rows_)[middle];
    const crypto::ByteView sort = crypto::view_of(row.texts.front());
    if (SearchPlace{{sort.begin(), sort.end()}, row.key} > after) {
      end = middle;
    } else {
      at_ = middle + 1;
    }
  }
}

std::vector<std::int64_t> KeptWalk::next(std::size_t most) {
  std::vector<std::int64_t> found;
  for (; at_ < rows_->size() && found.size() < most; ++at_) {
    const storage::PackedRow row = (*rows_)[at_];
    if (walk_.filter.fits(row)) found.push_back(row.key);
  }
  return found;
}

}  // namespace renraku::domain
