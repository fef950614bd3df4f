#include "crypto/set_sum.hpp"

#include <algorithm>
#include <cstring>

#include "crypto/random.hpp"

namespace renraku::crypto {
namespace {

constexpr std::size_t key_size = 16;
constexpr std::size_t item_max = 32;

using HashKey = std::array<std::uint8_t, key_size>;

const HashKey& key() {
  static const HashKey made = [] {
    HashKey bytes{};
    fill_random(bytes);
    return bytes;
  }();
  return made;
}

}  // namespace

void SetSum::add(ByteView item) noexcept {
  std::array<std::uint8_t, key_size + item_max> block{};
  const auto rest = std::copy(key().begin(), key().end(), block.begin());
  const std::size_t size = std::min(item.size(), item_max);
  std::copy_n(item.begin(), size, rest);
  const Digest hash = sha256(ByteView(block).first(key_size + size));
  for (std::size_t i = 0; i < sum_.size(); ++i) {
    std::uint64_t part = 0;
    std::memcpy(&part, hash.data() + i * sizeof(part), sizeof(part));
    sum_[i] += part;
  }
  ++count_;
}

}  // namespace renraku::crypto
