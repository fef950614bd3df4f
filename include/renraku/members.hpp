// The members of the session's municipality.
#pragma once

#include <memory>
#include <renraku/export.hpp>
#include <renraku/page.hpp>
#include <renraku/records/member.hpp>

namespace renraku {

class RENRAKU_API Members {
 public:
  /// The password needs 13 characters (医療情報システムの安全管理に関するガイドライン 6.0, Q-54;
  /// 8 once a second factor exists). Error{exists} (field "login") for a sign-in name in use.
  Member add(const NewMember& input) const;
  /// By sign-in name, in pages.
  [[nodiscard]] Page<Member> list(const PageRequest& page = {}) const;
  [[nodiscard]] Member view(const Id<Member>& id) const;
  /// Changes name, profession and roles. Error{conflict} for a stale revision, Error{not_permitted}
  /// when it would leave no administrator.
  Member change(const Member& changed) const;
  /// Ends all of the member's sessions at once; what the member wrote stays.
  Member suspend(const Id<Member>& id) const;
  /// The return of a suspended member.
  Member restore(const Id<Member>& id) const;

 private:
  friend class Session;
  explicit Members(std::shared_ptr<class SessionState> state) : state_(std::move(state)) {}
  std::shared_ptr<class SessionState> state_;
};

}  // namespace renraku
