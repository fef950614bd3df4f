// People: find, view, change, protect.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <renraku/export.hpp>
#include <renraku/page.hpp>
#include <renraku/records/person.hpp>

namespace renraku {

class RENRAKU_API People {
 public:
  /// By reading, in pages; see PersonFilter for what matches what. Error{missing} for an empty
  /// filter, Error{invalid} for a birth date or phone that is none.
  [[nodiscard]] Page<Person> find(const PersonFilter& filter, const PageRequest& page = {}) const;
  [[nodiscard]] Person view(const Id<Person>& id) const;
  /// Changes everything but the protection. Where fields were withheld from the caller, the stored
  /// ones stay. Error{conflict} for a stale revision.
  Person change(const Person& changed) const;
  /// Sets, changes or lifts (absent) a protection. Whoever may set one decides on a provisional
  /// one; any other only the officers whom it names.
  Person protect(const Id<Person>& id, std::int64_t revision,
                 const std::optional<Protection>& protection) const;

 private:
  friend class Session;
  explicit People(std::shared_ptr<class SessionState> state) : state_(std::move(state)) {}
  std::shared_ptr<class SessionState> state_;
};

}  // namespace renraku
