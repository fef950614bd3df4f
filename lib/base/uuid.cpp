#include "base/uuid.hpp"

#include <sys/random.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <renraku/error.hpp>
#include <span>

#include "base/fork.hpp"

namespace renraku {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

constexpr bool hyphen_before(std::size_t byte) {
  return byte == 4 || byte == 6 || byte == 8 || byte == 10;
}

}  // namespace

std::string Uuid::text() const {
  std::string out;
  out.reserve(36);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (hyphen_before(i)) out += '-';
    out += hex_digits[bytes[i] >> 4];
    out += hex_digits[bytes[i] & 15];
  }
  return out;
}

Uuid Uuid::parse(std::string_view text, std::string_view field) {
  const auto refuse = [field] {
    return Error(ErrorCode::invalid, "an id is 36 characters: hex digits in groups 8-4-4-4-12",
                 std::string(field));
  };
  if (text.size() != 36) throw refuse();
  Uuid uuid;
  std::size_t at = 0;
  for (std::size_t i = 0; i < uuid.bytes.size(); ++i) {
    if (hyphen_before(i) && text[at++] != '-') throw refuse();
    const int high = hex_value(text[at]);
    const int low = hex_value(text[at + 1]);
    if (high < 0 || low < 0) throw refuse();
    uuid.bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
    at += 2;
  }
  return uuid;
}

namespace base {
namespace {

// Randomness is fetched in blocks: an import makes two ids a row, and a system call for each would
// cost more than the rest of the row's identity. A forked child must not repeat its parent's ids,
// so the block belongs to one process.
struct Pool {
  std::array<std::uint8_t, 2048> bytes{};
  std::size_t used = sizeof(bytes);
  std::uint64_t owner = 0;
};

void draw(std::span<std::uint8_t> out) {
  thread_local Pool pool;
  const std::uint64_t process = fork_generation();
  if (pool.owner != process || pool.used + out.size() > pool.bytes.size()) {
    std::size_t filled = 0;
    while (filled < pool.bytes.size()) {
      const ssize_t got = getrandom(pool.bytes.data() + filled, pool.bytes.size() - filled, 0);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) throw Error(ErrorCode::internal, "the system gives no random bytes (getrandom)");
      filled += static_cast<std::size_t>(got);
    }
    pool.used = 0;
    pool.owner = process;
  }
  std::memcpy(out.data(), pool.bytes.data() + pool.used, out.size());
  pool.used += out.size();
}

// Ids of one millisecond count up (RFC 9562, 6.2, method 2): the 42 bits behind the time start at
// random and grow by a random step, so that thousands of rows of one act lie in order in every
// index over ids, and still nobody can guess one id from another.
struct Counter {
  std::uint64_t millis = 0;
  std::uint64_t value = 0;
  std::uint64_t process = 0;
};

constexpr std::uint64_t counter_max = (std::uint64_t{1} << 42) - 1;

std::uint64_t next_count(std::uint64_t millis) {
  thread_local Counter counter;
  std::array<std::uint8_t, 8> random{};
  draw(random);
  std::uint64_t drawn = 0;
  for (const std::uint8_t byte : random) drawn = drawn << 8 | byte;
  // A start in the lower half leaves room to count.
  const std::uint64_t start = drawn & (counter_max >> 1);
  const std::uint64_t step = 1 + (drawn & 0xffff);
  const std::uint64_t process = fork_generation();
  const bool goes_on =
      counter.millis == millis && counter.process == process && counter.value <= counter_max - step;
  counter = {millis, goes_on ? counter.value + step : start, process};
  return counter.value;
}

}  // namespace

Uuid make_uuid(Instant now) {
  Uuid uuid;
  draw(std::span(uuid.bytes).subspan(12));
  const auto millis = static_cast<std::uint64_t>(now.micros / 1000);
  const std::uint64_t count = next_count(millis);
  for (std::size_t i = 0; i < 6; ++i) {
    uuid.bytes[i] = static_cast<std::uint8_t>(millis >> (40 - 8 * i));
  }
  // 4 bits of version and 12 of the counter, 2 bits of variant and the other 30.
  uuid.bytes[6] = static_cast<std::uint8_t>(0x70 | (count >> 38));
  uuid.bytes[7] = static_cast<std::uint8_t>(count >> 30);
  uuid.bytes[8] = static_cast<std::uint8_t>(0x80 | ((count >> 24) & 0x3f));
  uuid.bytes[9] = static_cast<std::uint8_t>(count >> 16);
  uuid.bytes[10] = static_cast<std::uint8_t>(count >> 8);
  uuid.bytes[11] = static_cast<std::uint8_t>(count);
  return uuid;
}

}  // namespace base
}  // namespace renraku
