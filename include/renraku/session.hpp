// A session: a store seen by one member. Everything a member does starts here.
#pragma once

#include <memory>
#include <renraku/evacuees.hpp>
#include <renraku/export.hpp>
#include <renraku/journal.hpp>
#include <renraku/members.hpp>
#include <renraku/municipalities.hpp>
#include <renraku/organisations.hpp>
#include <renraku/people.hpp>
#include <renraku/records/member.hpp>
#include <renraku/roster.hpp>
#include <string>

namespace renraku {

// One header each: patients.hpp, notices.hpp, factors.hpp, applications.hpp, disclosures.hpp.
class Patients;
class Notices;
class Factors;
class Applications;
class Disclosures;

/// Copies are the same session. Used by one thread at a time. Each call is one act: it asks the
/// policy, does its work, leaves an entry in the journal and commits, or throws and has done
/// nothing. Any call can throw Error{session_ended} and Error{not_permitted}.
class RENRAKU_API Session {
 public:
  [[nodiscard]] Municipalities municipalities() const;
  [[nodiscard]] Members members() const;
  [[nodiscard]] People people() const;
  [[nodiscard]] Evacuees evacuees() const;
  [[nodiscard]] Roster roster() const;
  [[nodiscard]] Organisations organisations() const;
  [[nodiscard]] Patients patients() const;
  [[nodiscard]] Notices notices() const;
  [[nodiscard]] Factors factors() const;
  [[nodiscard]] Applications applications() const;
  [[nodiscard]] Disclosures disclosures() const;
  [[nodiscard]] Journal journal() const;

  /// Who is signed in, as of the sign-in.
  [[nodiscard]] const Member& member() const;
  /// 64 characters; whoever has them is the member. Keep them like a password.
  [[nodiscard]] const std::string& token() const;

  /// Changes the member's own password and ends all other sessions of the member.
  /// Error{sign_in_failed} for a wrong current one, Error{invalid} for a new one that is too short.
  void change_password(const std::string& current, const std::string& replacement);
  /// The member proves once more who it is, by the password or a code of the second factor:
  /// exports, keys, roles and factors are open to it for a while. Error{sign_in_failed},
  /// Error{back_off}.
  void reauthenticate(const std::string& proof);
  /// The same session entering for a colleague (代行入力): every entry of the journal names both.
  /// What is permitted stays what is permitted to the member who signed in. Error{not_permitted}
  /// unless both belong to one organisation.
  [[nodiscard]] Session on_behalf_of(const Id<Member>& colleague) const;
  void sign_out();

 private:
  friend class SessionAccess;
  explicit Session(std::shared_ptr<class SessionState> state);
  std::shared_ptr<class SessionState> state_;
};

}  // namespace renraku
