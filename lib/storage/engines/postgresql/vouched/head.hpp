// What the vouched tables are at one moment, in a few bytes that the server can't make.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>

#include "crypto/bytes.hpp"
#include "crypto/hash.hpp"

namespace renraku::storage::postgresql {

/// The sum of a set of digests, whatever their order. The digests are HMACs, so that nobody without
/// the key can find others that add up to the same.
class DigestSum {
 public:
  void add(const crypto::Digest& digest) noexcept;
  void subtract(const crypto::Digest& digest) noexcept;
  bool operator==(const DigestSum&) const = default;

  [[nodiscard]] const std::array<std::uint64_t, 4>& words() const { return words_; }
  static DigestSum of_words(const std::array<std::uint64_t, 4>& words);

 private:
  std::array<std::uint64_t, 4> words_{};
};

/// One table as a whole.
struct TableHead {
  /// Of the last change to any of its rows.
  std::uint64_t version = 0;
  /// Marks of rows deleted at this version or before are gone.
  std::uint64_t swept = 0;
  /// Of all its rows on the server, marks of deleted ones among them.
  std::uint64_t rows = 0;
  DigestSum sum;

  bool operator==(const TableHead&) const = default;
};

/// All of them. Each transaction that changes a vouched row makes the next version.
struct VouchedHead {
  std::uint64_t version = 0;
  std::map<std::string, TableHead, std::less<>> tables;

  [[nodiscard]] crypto::Bytes pack() const;
  /// Error{damaged}.
  static VouchedHead unpack(crypto::ByteView bytes);
  /// Nothing for a table that never had a row.
  [[nodiscard]] TableHead of(std::string_view table) const;
};

}  // namespace renraku::storage::postgresql
