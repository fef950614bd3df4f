// The members of the session's municipality.
#pragma once

#include <filesystem>
#include <memory>
#include <renraku/export.hpp>
#include <renraku/page.hpp>
#include <renraku/records/account.hpp>
#include <renraku/records/member.hpp>
#include <string>

namespace renraku {

/// An administrator keeps the accounts of the whole municipality. An office's administrator
/// (事業所管理者) keeps those of the own organisation, and of professionals alone:
/// Error{not_permitted} for anything else.
class RENRAKU_API Members {
 public:
  /// The password needs 13 characters (医療情報システムの安全管理に関するガイドライン 6.0, Q-54;
  /// 8 once a second factor exists). Error{exists} (field "login") for a sign-in name in use,
  /// Error{missing} (field "organisation") for an office's administrator or a receiver without one.
  Member add(const NewMember& input) const;
  /// By sign-in name, in pages.
  [[nodiscard]] Page<Member> list(const PageRequest& page = {}) const;
  [[nodiscard]] Member view(const Id<Member>& id) const;
  /// Changes name, profession, organisation and roles. Error{conflict} for a stale revision,
  /// Error{not_permitted} when it would leave no administrator, Error{reauthenticate} for other
  /// roles when the caller did not prove of late who it is.
  Member change(const Member& changed) const;
  /// Ends all of the member's sessions at once; what the member wrote stays.
  Member suspend(const Id<Member>& id) const;
  /// The return of a suspended member.
  Member restore(const Id<Member>& id) const;
  /// Gives a member who forgot it a new password, by the rule of `add`, and ends all of the
  /// member's sessions.
  void reset_password(const Id<Member>& id, const std::string& replacement) const;

  /// Accounts from a CSV file with the columns ID, 氏名, 職種, and where wanted 役割, 事業所,
  /// パスワード or パスワードハッシュ (see crypto/legacy_hash.hpp for the forms). An office's
  /// administrator makes professionals of the own office, whatever the file says. A row that can't
  /// be taken is in the report; the others are added in one transaction. At most 5,000 rows.
  AccountImportReport import_accounts(const std::filesystem::path& file,
                                      const AccountImportOptions& options = {}) const;

  /// Whom one can choose for a team or write to: all active members, by name, in pages.
  [[nodiscard]] Page<Colleague> colleagues(const ColleagueFilter& filter = {},
                                           const PageRequest& page = {}) const;

 private:
  friend class Session;
  explicit Members(std::shared_ptr<class SessionState> state) : state_(std::move(state)) {}
  std::shared_ptr<class SessionState> state_;
};

}  // namespace renraku
