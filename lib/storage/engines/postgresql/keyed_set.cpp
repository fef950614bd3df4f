#include "storage/engines/postgresql/keyed_set.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "storage/engines/postgresql/types.hpp"

namespace renraku::storage::postgresql {
namespace {

/// Enough that two lines of a store are hardly ever taken for one; more would cost room.
constexpr std::size_t sum_size = 8;

/// Before each line; no text that is keyed alone begins with it.
constexpr std::array<std::uint8_t, 1> lead{0};

using Sum = std::array<std::uint8_t, sum_size>;

Sum sum_of(const crypto::HmacKey& key, crypto::ByteView line) {
  const crypto::Digest digest = key.mac({lead, line});
  Sum sum;
  std::copy_n(digest.begin(), sum_size, sum.begin());
  return sum;
}

void put(crypto::Bytes& out, std::uint32_t number) {
  for (int shift = 24; shift >= 0; shift -= 8) {
    out.push_back(static_cast<std::uint8_t>(number >> shift));
  }
}

}  // namespace

crypto::Bytes keyed_set(const crypto::HmacKey& key, crypto::ByteView lines) {
  std::vector<Sum> sums;
  while (!lines.empty()) {
    const auto end = std::ranges::find(lines, std::uint8_t{'\n'});
    const auto size = static_cast<std::size_t>(end - lines.begin());
    if (size > 0) sums.push_back(sum_of(key, lines.first(size)));
    lines = lines.subspan(std::min(size + 1, lines.size()));
  }
  std::ranges::sort(sums);
  const auto same = std::ranges::unique(sums);
  sums.erase(same.begin(), same.end());
  // Dimensions, whether any is NULL, the elements' type; of the only dimension its size and where
  // it begins.
  crypto::Bytes array;
  put(array, sums.empty() ? 0 : 1);
  put(array, 0);
  put(array, type_int8);
  if (sums.empty()) return array;
  put(array, static_cast<std::uint32_t>(sums.size()));
  put(array, 1);
  for (const Sum& sum : sums) {
    put(array, sum_size);
    array.insert(array.end(), sum.begin(), sum.end());
  }
  return array;
}

}  // namespace renraku::storage::postgresql
