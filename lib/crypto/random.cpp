#include "crypto/random.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/fork.hpp"
#include "crypto/init.hpp"

namespace renraku::crypto {
namespace {

// A buffer filled before a fork belongs to the parent, who will hand out the same bytes.
struct SaltBuffer {
  std::array<std::uint8_t, 1024> bytes{};
  std::size_t used = 0;
  std::uint64_t generation = 0;
};

}  // namespace

void fill_random(std::span<std::uint8_t> out) {
  ready();
  randombytes_buf(out.data(), out.size());
}

void fill_salt(std::span<std::uint8_t> out) {
  thread_local SaltBuffer buffer;
  if (out.size() > buffer.bytes.size()) return fill_random(out);
  const std::uint64_t generation = base::fork_generation();
  if (buffer.generation != generation || buffer.bytes.size() - buffer.used < out.size()) {
    fill_random(buffer.bytes);
    buffer.used = 0;
    buffer.generation = generation;
  }
  std::copy_n(buffer.bytes.begin() + static_cast<std::ptrdiff_t>(buffer.used), out.size(),
              out.begin());
  buffer.used += out.size();
}

}  // namespace renraku::crypto
