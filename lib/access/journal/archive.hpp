// A sealed file that entries of the journal are moved to.
//
//   magic "renraku journal archive 1\n", the archive's id 16, then chunks: length u32, sealed
//   bytes. What is sealed: entries' canonical bytes, each with its length u32 before it. Each seal
//   is bound to the archive, the chunk's number (from 0) and whether it is the last, so that no
//   chunk can be changed, moved, left out or cut off unnoticed.
#pragma once

#include <filesystem>
#include <functional>
#include <renraku/id.hpp>

#include "base/file.hpp"
#include "crypto/hash.hpp"
#include "crypto/packing.hpp"
#include "crypto/seal.hpp"

namespace renraku::access {

class ArchiveWriter {
 public:
  /// Makes the file; Error{exists} where there is one. `sealer` must outlast this.
  ArchiveWriter(const std::filesystem::path& file, const Uuid& id, const crypto::Sealer& sealer);
  void add(crypto::ByteView body);
  /// The file is whole and on the disk when it returns.
  void finish();

 private:
  void put_chunk(bool last);
  void put(crypto::ByteView bytes);

  base::File file_;
  Uuid id_;
  const crypto::Sealer& sealer_;
  std::uint64_t chunk_ = 0;
  std::uint64_t end_ = 0;
  crypto::Packer waiting_;
};

/// Which archive a file is. Error{io} where there is none, Error{invalid} (field "file") where it
/// is something else.
[[nodiscard]] Uuid archive_id(const std::filesystem::path& file);

using VisitBody = std::function<void(crypto::ByteView body)>;
/// Goes through the entries and returns the file's SHA-256. Error{io}, Error{damaged}.
crypto::Digest read_archive(const std::filesystem::path& file, const Uuid& id,
                            const crypto::Sealer& sealer, const VisitBody& visit);

}  // namespace renraku::access
