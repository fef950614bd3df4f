#include "storage/engines/postgresql/vouched/head.hpp"

#include "crypto/packing.hpp"
#include "storage/connection.hpp"

namespace renraku::storage::postgresql {
namespace {

constexpr std::uint8_t format = 1;

std::uint64_t word_of(const crypto::Digest& digest, std::size_t place) {
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < sizeof(word); ++i) {
    word = word << 8U | digest[place * sizeof(word) + i];
  }
  return word;
}

}  // namespace

void DigestSum::add(const crypto::Digest& digest) noexcept {
  for (std::size_t i = 0; i < words_.size(); ++i) words_[i] += word_of(digest, i);
}

void DigestSum::subtract(const crypto::Digest& digest) noexcept {
  for (std::size_t i = 0; i < words_.size(); ++i) words_[i] -= word_of(digest, i);
}

DigestSum DigestSum::of_words(const std::array<std::uint64_t, 4>& words) {
  DigestSum sum;
  sum.words_ = words;
  return sum;
}

crypto::Bytes VouchedHead::pack() const {
  crypto::Packer out;
  out.number(format).number(version).number(static_cast<std::uint32_t>(tables.size()));
  for (const auto& [name, table] : tables) {
    out.short_text(name).number(table.version).number(table.swept).number(table.rows);
    for (const std::uint64_t word : table.sum.words()) out.number(word);
  }
  return std::move(out).bytes();
}

VouchedHead VouchedHead::unpack(crypto::ByteView bytes) {
  crypto::Unpacker in(bytes, "what vouches for who may see what");
  if (in.number<std::uint8_t>() != format) {
    throw Error(ErrorCode::newer_format, "the head of the vouched tables is of a newer form",
                std::string(access_field));
  }
  VouchedHead head;
  head.version = in.number<std::uint64_t>();
  const auto count = in.number<std::uint32_t>();
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::string name(in.short_text());
    TableHead& table = head.tables[name];
    table.version = in.number<std::uint64_t>();
    table.swept = in.number<std::uint64_t>();
    table.rows = in.number<std::uint64_t>();
    std::array<std::uint64_t, 4> words{};
    for (std::uint64_t& word : words) word = in.number<std::uint64_t>();
    table.sum = DigestSum::of_words(words);
  }
  return head;
}

TableHead VouchedHead::of(std::string_view table) const {
  const auto found = tables.find(table);
  return found == tables.end() ? TableHead{} : found->second;
}

}  // namespace renraku::storage::postgresql
