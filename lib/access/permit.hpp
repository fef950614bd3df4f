// The right to work: nothing of the domain reads or writes without one.
#pragma once

#include <optional>
#include <renraku/time.hpp>
#include <string>
#include <vector>

#include "access/actor.hpp"
#include "access/journal/change.hpp"
#include "access/journal/writer.hpp"
#include "access/policy.hpp"
#include "storage/database.hpp"

namespace renraku::access {

/// What an act may list: the rows of one municipality, and where the capacity reaches no further,
/// those of one office.
struct Scope {
  /// The six-digit code that every list query filters by; empty reaches no municipality's rows.
  std::string municipality;
  Uuid municipality_id;
  /// Absent: the whole municipality.
  std::optional<Id<Organisation>> office = {};
};

/// What the policy says to this actor, in any of the capacities and as things stand.
[[nodiscard]] bool permits(Action action, const Actor& actor, Standing standing);
/// Why an act is refused: Error{reauthenticate} where it would be permitted to a member who proves
/// once more who it is, else Error{not_permitted}.
[[nodiscard]] Error refusal(Action action, const Actor& actor, Standing standing);

/// Made by Act alone. Carries the transaction, the actor, the scope and the clock of one act, and
/// takes down for the journal what the work saw and changed. Lives no longer than the act.
class Permit {
 public:
  /// Only an act can make this, and so a permit.
  class Passkey {
    friend class Act;
    Passkey() = default;
  };
  Permit(Passkey, storage::Transaction& transaction, const JournalKeys& keys, Actor actor,
         Scope scope, Action action, Capacity capacity, Instant now);
  Permit(const Permit&) = delete;
  Permit& operator=(const Permit&) = delete;

  [[nodiscard]] storage::Transaction& transaction() { return transaction_; }
  [[nodiscard]] const Actor& actor() const { return actor_; }
  [[nodiscard]] const Scope& scope() const { return scope_; }
  /// One instant for the whole act.
  [[nodiscard]] Instant now() const { return now_; }
  [[nodiscard]] Date today() const { return Date::in_japan(now_); }

  [[nodiscard]] const JournalKeys& journal_keys() const { return keys_; }

  /// True when the policy grants the actor a further right within this act, e.g. to see a protected
  /// person's place.
  [[nodiscard]] bool may(Action action, Standing standing = {}) const;
  /// The same as a demand: throws Error{not_permitted} or Error{reauthenticate}.
  void require(Action action, Standing standing = {}) const;

  /// The answer shows this record: it goes into the act's entry. Every person of a page is named.
  void saw(const Uuid& subject);
  /// A fact for the act's entry, without personal data, e.g. "rows=3000".
  void note(std::string detail) { detail_ = std::move(detail); }

  /// Journals a change about one subject, at once, in an entry of its own. Its fields are sealed
  /// under the key of `subject` when that is a person, else under the municipality's.
  void journal(const Uuid& subject, const Changes& changes, bool subject_is_person);

  /// The same for changes sealed before.
  void journal(const Uuid& subject, const SealedChanges& changes);
  /// Seals changes of the act's new people; lives no longer than the permit.
  [[nodiscard]] NewPersonSealer new_person_sealer();

  /// The scope of an act that makes the very municipality it belongs to.
  void enter(Scope scope);

 private:
  friend class Act;

  [[nodiscard]] Entry entry() const;
  JournalWriter& writer();

  storage::Transaction& transaction_;
  const JournalKeys& keys_;
  Actor actor_;
  Scope scope_;
  Action action_;
  Capacity capacity_;
  Instant now_;
  std::optional<JournalWriter> writer_;
  std::vector<Uuid> seen_;
  std::string detail_;
  bool journalled_ = false;
};

}  // namespace renraku::access
