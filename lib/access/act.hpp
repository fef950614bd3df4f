// One act: authorise, work, journal, commit. Every public call is one.
#pragma once

#include <functional>
#include <optional>

#include "access/beginning_anew.hpp"
#include "access/identity.hpp"
#include "access/journal/tail.hpp"
#include "access/permit.hpp"
#include "access/relations.hpp"
#include "access/speaking.hpp"

namespace renraku::access {

/// What all acts of one open store share. Used from any thread.
struct Gate {
  storage::Database& database;
  const JournalKeys& journal_keys;
  Tail& tail;
  const Relations& relations;
  std::function<Instant()> clock;
  SessionLimits session_limits;
};

/// Who calls: a session, an application, or nobody but the holder of a key slot.
struct Caller {
  std::optional<Uuid> session;
  /// The colleague for whom the session's member enters; none for oneself.
  Id<Member> on_behalf = {};
  /// In place of a session: for whom a vendor's application speaks.
  std::optional<Asserted> asserted = {};
};

/// What the act is about, as far as the decision needs it.
struct About {
  /// A person or member; none where the act has no single subject.
  Uuid subject;
};

/// The frame of one act; `act` below is how it is used.
class Act {
 public:
  /// Opens the transaction (a reader's for a read), finds out who acts, and decides. A refusal is
  /// journalled and thrown as Error{not_permitted}; nothing was read then.
  Act(const Gate& gate, const Caller& caller, Action action, const About& about);
  Act(const Act&) = delete;
  Act& operator=(const Act&) = delete;

  [[nodiscard]] Permit& permit() { return *permit_; }

  /// Journals a refusal that the work found only when it saw the record.
  void refused();

  /// Journals and commits. A read's entry goes to the tail before the answer leaves; a write's is
  /// a row of its own transaction.
  void finish();

 private:
  [[nodiscard]] Actor who(const Caller& caller);
  /// A deputy enters for a colleague only while the policy lets him.
  void require_deputy(const Actor& actor);
  [[nodiscard]] Capacity decide(const Actor& actor);
  void journal_refusal(const Actor& actor);
  void finish_write();

  const Gate& gate_;
  Action action_;
  About about_;
  Instant now_;
  storage::Transaction transaction_;
  std::optional<Permit> permit_;
};

template <class Work>
auto act_once(const Gate& gate, const Caller& caller, Action action, const About& about,
              Work& work) {
  Act frame(gate, caller, action, about);
  try {
    if constexpr (std::is_void_v<std::invoke_result_t<Work&, Permit&>>) {
      work(frame.permit());
      frame.finish();
    } else {
      auto result = work(frame.permit());
      frame.finish();
      return result;
    }
  } catch (const Error& error) {
    if (error.code() == ErrorCode::not_permitted) frame.refused();
    throw;
  }
}

/// That what decides access is not what this library wrote: somebody altered it on the server.
/// Into the store's own chain, by way of the tail, for nobody can say who asked.
void journal_altered_access(const Gate& gate, Action action, const Uuid& subject);

/// Does `work` and journals where it met altered access.
template <class Work>
auto watch_access(const Gate& gate, Action action, const Uuid& subject, Work&& work) {
  try {
    return work();
  } catch (const Error& error) {
    if (storage::is_altered_access(error)) journal_altered_access(gate, action, subject);
    throw;
  }
}

/// Does `work` as one act and returns what it returned. Whatever `work` throws rolls everything
/// back. On a server `work` may be called again, when the server went away before the commit.
template <class Work>
auto act(const Gate& gate, const Caller& caller, Action action, const About& about, Work&& work) {
  return watch_access(gate, action, about.subject, [&] {
    return begin_anew(action, [&] { return act_once(gate, caller, action, about, work); });
  });
}

}  // namespace renraku::access
