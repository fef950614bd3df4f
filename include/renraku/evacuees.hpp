// The roster of residents who need help to evacuate (避難行動要支援者名簿).
#pragma once

#include <memory>
#include <renraku/export.hpp>
#include <renraku/page.hpp>
#include <renraku/records/evacuee.hpp>
#include <renraku/records/person.hpp>

namespace renraku {

class RENRAKU_API Evacuees {
 public:
  /// The roster by reading, in pages, without those withdrawn.
  [[nodiscard]] Page<EvacueeLine> list(const EvacueeFilter& filter = {},
                                       const PageRequest& page = {}) const;
  /// Adds a person and the person's entry; ids, revisions and municipality are the library's to
  /// set.
  Evacuee add(const Person& person, const Evacuee& evacuee) const;
  [[nodiscard]] Evacuee view(const Id<Evacuee>& id) const;
  /// Where fields were withheld from the caller, the stored ones stay. Error{conflict} for a stale
  /// revision.
  Evacuee change(const Evacuee& changed) const;

 private:
  friend class Session;
  explicit Evacuees(std::shared_ptr<class SessionState> state) : state_(std::move(state)) {}
  std::shared_ptr<class SessionState> state_;
};

}  // namespace renraku
