// The organisations of the session's municipality.
#pragma once

#include <memory>
#include <renraku/export.hpp>
#include <renraku/page.hpp>
#include <renraku/records/organisation.hpp>

namespace renraku {

class RENRAKU_API Organisations {
 public:
  /// Id, revision and municipality are the library's to set. Error{missing} without a name.
  Organisation add(const Organisation& organisation) const;
  /// By reading, in pages.
  [[nodiscard]] Page<Organisation> list(const PageRequest& page = {}) const;
  [[nodiscard]] Organisation view(const Id<Organisation>& id) const;
  /// Error{conflict} for a stale revision.
  Organisation change(const Organisation& changed) const;

 private:
  friend class Session;
  explicit Organisations(std::shared_ptr<class SessionState> state) : state_(std::move(state)) {}
  std::shared_ptr<class SessionState> state_;
};

}  // namespace renraku
