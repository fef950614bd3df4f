#include "crypto/hkdf.hpp"

#include <algorithm>
#include <renraku/error.hpp>
#include <string>

namespace renraku::crypto {

Key hkdf_extract(ByteView salt, ByteView input) {
  // HMAC fills its key with zeros to the block size, so an empty salt equals 32 zeros by itself.
  Digest digest = HmacKey(salt).mac(input);
  Key key = Key::from(digest);
  wipe(digest);
  return key;
}

void hkdf_expand(const HmacKey& key, ByteView info, std::span<std::uint8_t> out) {
  constexpr std::size_t most_blocks = 255;  // the block counter is one byte
  Digest block{};
  if (out.size() > most_blocks * block.size()) {
    throw Error(ErrorCode::invalid_argument, "HKDF gives at most 8160 bytes from one key");
  }
  std::uint8_t counter = 0;
  while (!out.empty()) {
    const ByteView before = counter == 0 ? ByteView() : ByteView(block);
    ++counter;
    block = key.mac({before, info, ByteView(&counter, 1)});
    const std::size_t count = std::min(out.size(), block.size());
    std::copy_n(block.begin(), count, out.begin());
    out = out.subspan(count);
  }
  wipe(block);
}

Key derive_key(const Key& key, std::string_view purpose) {
  const std::string info = "renraku key: " + std::string(purpose);
  Key derived = Key::blank();
  hkdf_expand(HmacKey(key), view_of(info), derived.writable());
  return derived;
}

}  // namespace renraku::crypto
