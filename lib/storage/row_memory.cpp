#include "storage/row_memory.hpp"

#include <algorithm>

#include "crypto/secret.hpp"

namespace renraku::storage {

PackedRows::~PackedRows() {
  for (std::string& chunk : chunks_) crypto::wipe(chunk);
}

void PackedRows::add(const PackedRow& row) {
  std::size_t size = 0;
  for (const std::string_view text : row.texts) size += text.size();
  if (chunks_.empty() || chunks_.back().capacity() - chunks_.back().size() < size) {
    chunks_.emplace_back().reserve(std::max(chunk_size, size));
  }
  std::string& chunk = chunks_.back();
  Place& place = places_.emplace_back(Place{row.key, chunk.data() + chunk.size(), {}});
  for (std::size_t i = 0; i < row.texts.size(); ++i) {
    chunk += row.texts[i];
    place.sizes[i] = static_cast<std::uint32_t>(row.texts[i].size());
  }
}

PackedRow PackedRows::operator[](std::size_t at) const {
  const Place& place = places_[at];
  PackedRow row{place.key, {}};
  const char* begin = place.begin;
  for (std::size_t i = 0; i < row.texts.size(); ++i) {
    row.texts[i] = {begin, place.sizes[i]};
    begin += place.sizes[i];
  }
  return row;
}

std::size_t PackedRows::bytes() const {
  std::size_t bytes = places_.capacity() * sizeof(Place);
  for (const std::string& chunk : chunks_) bytes += chunk.capacity();
  return bytes;
}

template <class Which>
std::list<RowMemory::Kept> RowMemory::take_out(Which&& which) {
  std::list<Kept> taken;
  for (auto each = kept_.begin(); each != kept_.end();) {
    const auto next = std::next(each);
    if (which(*each)) taken.splice(taken.end(), kept_, each);
    each = next;
  }
  return taken;
}

std::shared_ptr<const PackedRows> RowMemory::find(const RowsName& name, Clock::time_point now) {
  std::list<Kept> gone;
  const std::lock_guard lock(mutex_);
  gone = take_out([&](const Kept& each) {
    return each.name.whose == name.whose && each.name.stamp != name.stamp;
  });
  const auto found = std::ranges::find(kept_, name, &Kept::name);
  if (found == kept_.end()) return nullptr;
  found->used = now;
  kept_.splice(kept_.begin(), kept_, found);
  return found->rows;
}

void RowMemory::keep(RowsName name, std::shared_ptr<const PackedRows> rows,
                     std::uint64_t changes_before, Clock::time_point now) {
  std::list<Kept> gone;
  std::list<Kept> too_much;
  const std::lock_guard lock(mutex_);
  if (changes_before != changes_ || rows->bytes() > most_) return;
  gone = take_out([&](const Kept& each) {
    return each.name.whose == name.whose &&
           (each.name.sql == name.sql || each.name.stamp != name.stamp);
  });
  kept_.push_front({std::move(name), std::move(rows), now});
  std::size_t bytes = 0;
  too_much = take_out([&](const Kept& each) { return (bytes += each.rows->bytes()) > most_; });
}

void RowMemory::let_go(std::string_view whose) {
  std::list<Kept> gone;
  const std::lock_guard lock(mutex_);
  ++changes_;
  gone = take_out([&](const Kept& each) { return each.name.whose == whose; });
}

void RowMemory::let_go_of_old(Clock::time_point now) noexcept {
  std::list<Kept> gone;
  const std::lock_guard lock(mutex_);
  gone = take_out([&](const Kept& each) { return now - each.used > unused_max; });
}

std::uint64_t RowMemory::changes() const {
  const std::lock_guard lock(mutex_);
  return changes_;
}

}  // namespace renraku::storage
