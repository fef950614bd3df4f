// The journal as a member may read it.
#pragma once

#include <memory>
#include <renraku/export.hpp>
#include <renraku/page.hpp>
#include <renraku/records/journal.hpp>
#include <renraku/records/witness.hpp>
#include <vector>

namespace renraku {

class RENRAKU_API Journal {
 public:
  /// Newest first, of the session's municipality, without the changed fields. Where older entries
  /// lie in archives, a last one of action "journal_archive", without node and hash, says how many.
  [[nodiscard]] Page<JournalEntry> list(const JournalFilter& filter = {},
                                        const PageRequest& page = {}) const;
  /// Every change of one person (and of the evacuee and other records about the person), oldest
  /// first. What the reader may not see of a protected person is left out. Where older entries lie
  /// in archives, whomever they are about, a first one says so, as in `list`.
  [[nodiscard]] Page<JournalEntry> history(const Uuid& subject, const PageRequest& page = {}) const;
  /// Who has looked at, or changed, one person or patient (for the care team too) or oneself: the
  /// entries that name the subject, newest first, without what else they name.
  [[nodiscard]] Page<JournalEntry> lookers(const Uuid& subject, const PageRequest& page = {}) const;
  /// Proves all chains of the store, with the witness of the store's options where there is one, or
  /// with another; see JournalReport. Throws what the witness throws.
  [[nodiscard]] JournalReport verify() const;
  [[nodiscard]] JournalReport verify(const Witness& witness) const;
  /// Where all chains of the store stand, signed: what a witness is given.
  [[nodiscard]] std::vector<SignedHead> heads() const;

 private:
  friend class Session;
  explicit Journal(std::shared_ptr<class SessionState> state) : state_(std::move(state)) {}
  std::shared_ptr<class SessionState> state_;
};

}  // namespace renraku
