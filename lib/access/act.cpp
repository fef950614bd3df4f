#include "access/act.hpp"

#include <algorithm>

namespace renraku::access {
namespace {

/// Using a session is told to the store this often at most.
constexpr std::int64_t touch_every_micros = 60'000'000;

}  // namespace

Act::Act(const Gate& gate, const Caller& caller, Action action, const About& about)
    : gate_(gate),
      action_(action),
      about_(about),
      now_(gate.clock()),
      transaction_(is_read(action) ? gate.database.read() : gate.database.write()) {
  Actor actor = who(caller);
  const Capacity capacity = decide(actor);
  Scope scope{actor.municipality, actor.municipality_id};
  permit_.emplace(Permit::Passkey{}, transaction_, gate_.journal_keys, std::move(actor),
                  std::move(scope), action_, capacity, now_);
}

Actor Act::who(const Caller& caller) {
  if (!caller.session) return slot_holder();
  OpenSession open = load_session(transaction_, *caller.session, gate_.session_limits, now_);
  if (now_.micros - open.seen_at.micros > touch_every_micros) {
    gate_.read_queue.touch(*caller.session, now_);
  }
  return std::move(open.actor);
}

Capacity Act::decide(const Actor& actor) {
  const Relation relation = gate_.relations.relation(transaction_, actor, about_.subject);
  for (const Capacity capacity : actor.capacities) {
    if (permits(action_, capacity, relation, Circumstance::normal)) return capacity;
  }
  journal_refusal(actor);
  throw Error(ErrorCode::not_permitted,
              "the policy does not permit " + std::string(enum_name(action_)) + " to this member",
              std::string(enum_name(action_)));
}

void Act::refused() {
  journal_refusal(permit_->actor());
}

void Act::journal_refusal(const Actor& actor) {
  Entry refusal;
  refusal.municipality = actor.municipality;
  refusal.member = actor.member;
  refusal.authentication = actor.authentication;
  refusal.action = action_;
  refusal.outcome = Outcome::refused;
  if (about_.subject) refusal.subjects = {about_.subject};
  gate_.read_queue.push(std::move(refusal), now_);
}

void Act::finish() {
  if (!is_read(action_)) return finish_write();
  Permit& permit = *permit_;
  Entry entry = permit.entry();
  entry.municipality = permit.scope_.municipality;
  std::sort(permit.seen_.begin(), permit.seen_.end());
  permit.seen_.erase(std::unique(permit.seen_.begin(), permit.seen_.end()), permit.seen_.end());
  entry.subjects = std::move(permit.seen_);
  gate_.read_queue.push(std::move(entry), now_);
  transaction_.commit();
}

void Act::finish_write() {
  Permit& permit = *permit_;
  // An act that changed no record, or that has more to tell than its records, has its own entry.
  if (!permit.journalled_ || !permit.detail_.empty()) {
    Entry entry = permit.entry();
    entry.subjects = std::move(permit.seen_);
    permit.writer().append(std::move(entry), {}, {}, {}, now_);
  }
  permit.writer().finish();
  transaction_.commit();
}

}  // namespace renraku::access
