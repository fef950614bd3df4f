// The session's municipality and its settings.
#pragma once

#include <memory>
#include <renraku/export.hpp>
#include <renraku/records/municipality.hpp>

namespace renraku {

class RENRAKU_API Municipalities {
 public:
  /// The municipality of the session.
  [[nodiscard]] Municipality view() const;
  /// Changes name, disclosure policy and label names. Error{conflict} when `changed.revision` is
  /// not the current one.
  Municipality change(const Municipality& changed) const;

 private:
  friend class Session;
  explicit Municipalities(std::shared_ptr<class SessionState> state) : state_(std::move(state)) {}
  std::shared_ptr<class SessionState> state_;
};

}  // namespace renraku
