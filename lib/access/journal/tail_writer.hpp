// The file that takes this process's records, and the thread that brings it to the disk.
#pragma once

#include <chrono>
#include <condition_variable>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <renraku/time.hpp>
#include <thread>
#include <vector>

#include "access/journal/tail_file.hpp"

namespace renraku::access {

/// What a tail needs to know about the store that it belongs to.
struct TailSettings {
  /// Empty where there is none.
  std::filesystem::path folder;
  /// Which of the store's homes the folder belongs to: whoever works from another one has files of
  /// its own, which can't be missed here. None for a store that is a folder.
  std::optional<Uuid> home;
  /// Wraps the tails' keys.
  crypto::Sealer wrapping;
  /// How the store was opened, for the entry that tells of the tail.
  std::string authentication;
  std::function<Instant()> clock;
  /// A read's answer leaves only when its entry is on the disk.
  bool strict = false;
  /// What wrapped the keys of tails before the store was encrypted anew.
  std::vector<crypto::Sealer> earlier = {};
  /// Called once a minute or more often, on the tail's thread, after what waited came into the
  /// journal; throws nothing.
  std::function<void()> drained = [] {};
};

/// A file of this process and how far it was written.
struct OwnTail {
  std::shared_ptr<TailFile> file;
  TailPlace last;
  /// False for one that takes no more: it was full, could not be flushed, or the store is closed.
  bool in_use = true;
};

/// Takes records from any thread and flushes them within 5 ms. A file that has grown large makes
/// room for a new one when it is next drained (`files`).
class TailWriter {
 public:
  /// `drain_soon` is called, from any thread, when the file in use should be drained. Error{io},
  /// Error{disk_full} when the file can't be made.
  TailWriter(const TailSettings& settings, std::function<void()> drain_soon);
  TailWriter(const TailWriter&) = delete;
  TailWriter& operator=(const TailWriter&) = delete;
  ~TailWriter();

  /// Throws Error{io} or Error{disk_full} when the record can't be written.
  void append(TailRecordKind kind, crypto::ByteView content);

  /// The files that are to be drained, the one in use last. After `closing` none is in use.
  [[nodiscard]] std::vector<OwnTail> files(bool closing);
  /// Nothing more is drained from this file; where it is in use, a new one takes its place.
  void forget(const Uuid& tail);

 private:
  static constexpr std::chrono::milliseconds flushed_within{5};
  static constexpr std::uint64_t file_full = std::uint64_t{4} << 20;
  /// Past it the journal can't keep up, and refusing is better than filling the disk.
  static constexpr std::uint64_t file_limit = std::uint64_t{1} << 30;

  void begin_file();
  void run();

  const TailSettings& settings_;
  const std::function<void()> drain_soon_;

  std::mutex mutex_;
  std::condition_variable wanted_;
  std::condition_variable flushed_;
  std::shared_ptr<TailFile> file_;
  TailPlace last_;
  std::vector<OwnTail> retired_;
  std::uint64_t appended_count_ = 0;
  std::uint64_t flushed_count_ = 0;
  std::exception_ptr broken_;
  Uuid named_;  ///< the file whose name is on the disk too
  bool stop_ = false;
  std::thread flusher_;
};

}  // namespace renraku::access
