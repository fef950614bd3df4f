#include "access/journal/tail_writer.hpp"

#include <algorithm>
#include <renraku/error.hpp>
#include <utility>

#include "base/log.hpp"
#include "base/uuid.hpp"

namespace renraku::access {

TailWriter::TailWriter(const TailSettings& settings, std::function<void()> drain_soon)
    : settings_(settings), drain_soon_(std::move(drain_soon)) {
  begin_file();
  flusher_ = std::thread([this] { run(); });
}

TailWriter::~TailWriter() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  wanted_.notify_one();
  flusher_.join();
}

void TailWriter::begin_file() {
  file_ = std::make_shared<TailFile>(
      TailFile::make(settings_.folder, settings_.wrapping, base::make_uuid(settings_.clock())));
  last_ = file_->begin();
  broken_ = nullptr;
}

void TailWriter::append(TailRecordKind kind, crypto::ByteView content) {
  std::unique_lock lock(mutex_);
  if (broken_) std::rethrow_exception(broken_);
  if (last_.end > file_limit) {
    throw Error(ErrorCode::io,
                "the journal can't be written, so nothing may be read; check the disk");
  }
  const bool was_full = last_.end > file_full;
  file_->append(last_, kind, content);
  const std::uint64_t count = ++appended_count_;
  // One wake-up a batch: each costs as much as half a look-up.
  if (count == flushed_count_ + 1 || settings_.strict) wanted_.notify_one();
  if (!was_full && last_.end > file_full) drain_soon_();
  if (!settings_.strict) return;
  flushed_.wait(lock, [&] { return flushed_count_ >= count || broken_; });
  if (broken_) std::rethrow_exception(broken_);
}

std::vector<OwnTail> TailWriter::files(bool closing) {
  const std::lock_guard lock(mutex_);
  if (closing || last_.end > file_full || broken_ || !file_->has_name()) {
    // Who waits for the flush of a record must not be told before it is true.
    if (!broken_) file_->flush();
    flushed_count_ = appended_count_;
    retired_.push_back({file_, last_, false});
    if (!closing) begin_file();
  }
  std::vector<OwnTail> all = retired_;
  if (!closing) all.push_back({file_, last_, true});
  return all;
}

void TailWriter::forget(const Uuid& tail) {
  const std::lock_guard lock(mutex_);
  if (std::erase_if(retired_, [&](const OwnTail& own) { return own.file->id() == tail; }) == 0) {
    begin_file();
  }
}

void TailWriter::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    wanted_.wait(lock, [this] { return stop_ || appended_count_ > flushed_count_; });
    if (stop_) return;  // what is left was drained, or lies in the file for who opens next
    if (!settings_.strict) wanted_.wait_for(lock, flushed_within, [this] { return stop_; });
    const std::shared_ptr<TailFile> file = file_;
    const std::uint64_t count = appended_count_;
    const bool is_new = file->id() != std::exchange(named_, file->id());
    lock.unlock();
    std::exception_ptr failed;
    try {
      file->flush();
      if (is_new) base::flush_folder(settings_.folder);
    } catch (...) {
      failed = std::current_exception();
    }
    lock.lock();
    // A file that could not be flushed takes no more; the next drain brings another.
    if (failed && file == file_) {
      broken_ = failed;
      drain_soon_();
    }
    flushed_count_ = std::max(flushed_count_, count);
    flushed_.notify_all();
  }
}

}  // namespace renraku::access
