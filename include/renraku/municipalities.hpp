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
  /// Changes name and label names. Error{conflict} when `changed.revision` is not the current one,
  /// Error{invalid} for another disclosure policy: see Disclosures::propose.
  Municipality change(const Municipality& changed) const;
  /// Switches what members have to prove at sign-in, at once for open sessions too.
  /// Error{reauthenticate}; Error{second_factor} for `required` by a session that has proved no
  /// second factor itself.
  Municipality require_two_factor(TwoFactor wanted) const;

 private:
  friend class Session;
  explicit Municipalities(std::shared_ptr<class SessionState> state) : state_(std::move(state)) {}
  std::shared_ptr<class SessionState> state_;
};

}  // namespace renraku
