#include "crypto/recovery_key.hpp"

#include <array>
#include <cstddef>
#include <renraku/error.hpp>

#include "crypto/hash.hpp"

namespace renraku::crypto {
namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t group_size = 4;
constexpr std::size_t key_symbols = 52;  // 260 bits: the key and four zero bits
constexpr std::size_t symbols = key_symbols + group_size;
constexpr std::size_t printed_limit = 256;  // room for generous spacing

// The five-bit values of a whole printed key; as secret as the key.
class Symbols {
 public:
  Symbols() = default;
  ~Symbols() { wipe(values_); }
  Symbols(const Symbols&) = delete;
  Symbols& operator=(const Symbols&) = delete;

  std::uint8_t& operator[](std::size_t at) { return values_[at]; }

  // The last group's value: 20 bits of a digest of the other groups.
  [[nodiscard]] std::array<std::uint8_t, group_size> check() const {
    const Digest digest = Sha256()
                              .update(view_of("renraku recovery key"))
                              .update(ByteView(values_).first(key_symbols))
                              .digest();
    std::array<std::uint8_t, group_size> group{};
    for (std::size_t i = 0; i < group_size; ++i) {
      group[i] = static_cast<std::uint8_t>(digest[i] & 31);
    }
    return group;
  }

 private:
  std::array<std::uint8_t, symbols> values_{};
};

Error not_a_recovery_key() {
  return Error(ErrorCode::invalid,
               "this is not a recovery key: it has 14 groups of 4 characters and was mistyped or "
               "cut; compare it with the paper",
               "recovery_key");
}

std::uint8_t value_of(char c) {
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (c == 'O') c = '0';
  if (c == 'I' || c == 'L') c = '1';
  const std::size_t at = alphabet.find(c);
  if (at == std::string_view::npos) throw not_a_recovery_key();
  return static_cast<std::uint8_t>(at);
}

bool is_spacing(char c) {
  return c == ' ' || c == '-' || c == '\t' || c == '\r' || c == '\n';
}

}  // namespace

std::string print_recovery_key(const Key& key) {
  Symbols values;
  for (std::size_t bit = 0; bit < Key::size * 8; ++bit) {
    const int value = key.bytes()[bit / 8] >> (7 - bit % 8) & 1;
    values[bit / 5] = static_cast<std::uint8_t>(values[bit / 5] | value << (4 - bit % 5));
  }
  const auto check = values.check();
  for (std::size_t i = 0; i < group_size; ++i) values[key_symbols + i] = check[i];

  std::string out;
  out.reserve(symbols + symbols / group_size);
  for (std::size_t i = 0; i < symbols; ++i) {
    if (i > 0 && i % group_size == 0) out += '-';
    out += alphabet[values[i]];
  }
  return out;
}

Key read_recovery_key(std::string_view printed) {
  if (printed.size() > printed_limit) throw not_a_recovery_key();
  Symbols values;
  std::size_t count = 0;
  for (const char c : printed) {
    if (is_spacing(c)) continue;
    if (count == symbols) throw not_a_recovery_key();
    values[count++] = value_of(c);
  }
  if (count != symbols) throw not_a_recovery_key();
  const auto check = values.check();
  for (std::size_t i = 0; i < group_size; ++i) {
    if (values[key_symbols + i] != check[i]) throw not_a_recovery_key();
  }
  if ((values[key_symbols - 1] & 15) != 0) throw not_a_recovery_key();

  Key key = Key::blank();
  for (std::size_t bit = 0; bit < Key::size * 8; ++bit) {
    const int value = values[bit / 5] >> (4 - bit % 5) & 1;
    auto& byte = key.writable()[bit / 8];
    byte = static_cast<std::uint8_t>(byte | value << (7 - bit % 8));
  }
  return key;
}

}  // namespace renraku::crypto
