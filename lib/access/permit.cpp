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

bool Permit::may(Action action, Relation relation) const {
  return std::any_of(actor_.capacities.begin(), actor_.capacities.end(), [&](Capacity capacity) {
    return permits(action, capacity, relation, Circumstance::normal);
  });
}

void Permit::require(Action action, Relation relation) const {
  if (may(action, relation)) return;
  throw Error(ErrorCode::not_permitted,
              "the policy does not permit " + std::string(enum_name(action)) + " here",
              std::string(enum_name(action)));
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
  Entry change = entry();
  change.subjects = {subject};
  writer().append(std::move(change), changes, subject_is_person ? subject : scope_.municipality_id,
                  scope_.municipality_id, now_);
  journalled_ = true;
}

void Permit::enter(Scope scope) {
  scope_ = std::move(scope);
}

}  // namespace renraku::access
