// Text that is too much for memory, set aside where nobody can read it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

#include "crypto/bytes.hpp"
#include "crypto/seal.hpp"

namespace renraku::exchange::roster {

/// Blocks of text in a file of their own, each sealed under a random key that is in memory alone:
/// what is on the disk can be read by no one else, and by no one at all once the spool is gone. The
/// file has no name, so it goes with the process, however that ends. Used by one thread at a time.
class Spool {
 public:
  /// The file is made in `folder` when the first block comes.
  explicit Spool(std::filesystem::path folder)
      : folder_(std::move(folder)), sealer_(crypto::Key::random()) {}
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;
  ~Spool();

  /// Error{disk_full}, Error{io}.
  void append(std::string_view block);
  [[nodiscard]] std::size_t blocks() const { return ends_.size(); }
  /// The bytes of a block, counted from 0. Error{io}, Error{damaged} where the disk gives back
  /// other bytes than it took.
  [[nodiscard]] crypto::Bytes read(std::size_t block) const;

 private:
  void make_file();

  std::filesystem::path folder_;
  crypto::Sealer sealer_;
  int descriptor_ = -1;
  /// Where each sealed block ends in the file.
  std::vector<std::uint64_t> ends_;
};

}  // namespace renraku::exchange::roster
