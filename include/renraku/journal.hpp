// The journal as a member may read it.
#pragma once

#include <memory>
#include <renraku/export.hpp>
#include <renraku/page.hpp>
#include <renraku/records/journal.hpp>

namespace renraku {

class RENRAKU_API Journal {
 public:
  /// Newest first, of the session's municipality, without the changed fields.
  [[nodiscard]] Page<JournalEntry> list(const JournalFilter& filter = {},
                                        const PageRequest& page = {}) const;
  /// Every change of one person (and of the evacuee and other records about the person), oldest
  /// first. What the reader may not see of a protected person is left out.
  [[nodiscard]] Page<JournalEntry> history(const Uuid& subject, const PageRequest& page = {}) const;
  /// Proves all chains of the store; see JournalReport.
  [[nodiscard]] JournalReport verify() const;

 private:
  friend class Session;
  explicit Journal(std::shared_ptr<class SessionState> state) : state_(std::move(state)) {}
  std::shared_ptr<class SessionState> state_;
};

}  // namespace renraku
