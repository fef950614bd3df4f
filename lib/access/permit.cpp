#include "access/permit.hpp"

#include <algorithm>

namespace renraku::access {

Actor slot_holder() {
  Actor actor;
  actor.capacities = {Capacity::slot_holder};
  actor.authentication = "key_slot";
  return actor;
}

Permit::Permit(Passkey, storage::Transaction& transaction, const JournalKeys& keys, Actor actor,
               Scope scope, Action action, Capacity capacity, Instant now)
    : transaction_(transaction),
      keys_(keys),
      actor_(std::move(actor)),
      scope_(std::move(scope)),
      action_(action),
      capacity_(capacity),
      now_(now) {}

namespace {

bool permits_in(Action action, const Actor& actor, Standing standing, Circumstances circumstances) {
  return actor.allows(action) &&
         std::any_of(actor.capacities.begin(), actor.capacities.end(), [&](Capacity capacity) {
           return permits(action, capacity, standing, circumstances);
         });
}

}  // namespace

bool permits(Action action, const Actor& actor, Standing standing) {
  return permits_in(action, actor, standing, actor.circumstances);
}

Error refusal(Action action, const Actor& actor, Standing standing) {
  const std::string name(enum_name(action));
  Circumstances proved = actor.circumstances;
  proved.insert(Circumstance::fresh);
  // Who is spoken for by an application has nothing here to prove it by.
  if (!actor.granted && permits_in(action, actor, standing, proved)) {
    return {ErrorCode::reauthenticate,
            name + " needs the member to prove once more who it is; authenticate again", name};
  }
  return {ErrorCode::not_permitted, "the policy does not permit " + name + " to this member", name};
}

bool Permit::may(Action action, Standing standing) const {
  return permits(action, actor_, standing);
}

void Permit::require(Action action, Standing standing) const {
  if (!may(action, standing)) throw refusal(action, actor_, standing);
}

void Permit::saw(const Uuid& subject) {
  if (seen_.empty() || seen_.back() != subject) seen_.push_back(subject);
}

Entry Permit::entry() const {
  Entry entry;
  entry.member = actor_.member;
  entry.on_behalf = actor_.on_behalf;
  entry.capacity = enum_name(capacity_);
  entry.authentication = actor_.authentication;
  entry.action = action_;
  entry.detail = detail_;
  return entry;
}

JournalWriter& Permit::writer() {
  if (!writer_) writer_.emplace(transaction_, keys_, scope_.municipality);
  return *writer_;
}

void Permit::journal(const Uuid& subject, const Changes& changes, bool subject_is_person) {
  journal(subject, writer().seal(changes, subject_is_person ? subject : scope_.municipality_id,
                                 scope_.municipality_id));
}

void Permit::journal(const Uuid& subject, const SealedChanges& changes) {
  Entry change = entry();
  change.subjects = {subject};
  writer().append(std::move(change), changes, now_);
  journalled_ = true;
}

NewPersonSealer Permit::new_person_sealer() {
  return writer().new_person_sealer(scope_.municipality_id);
}

void Permit::enter(Scope scope) {
  scope_ = std::move(scope);
}

}  // namespace renraku::access
