#include "access/act.hpp"

#include <algorithm>

#include "base/log.hpp"

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
  transaction_.keep_to(actor.municipality);
  require_deputy(actor);
  const Capacity capacity = decide(actor);
  Scope scope{actor.municipality, actor.municipality_id};
  if (capacity == Capacity::office_administrator) scope.office = actor.organisation;
  permit_.emplace(Permit::Passkey{}, transaction_, gate_.journal_keys, std::move(actor),
                  std::move(scope), action_, capacity, now_);
}

Actor Act::who(const Caller& caller) {
  if (caller.asserted) return load_speaker(transaction_, *caller.asserted, now_);
  if (!caller.session) return slot_holder();
  OpenSession open = load_session(transaction_, *caller.session, gate_.session_limits, now_);
  if (now_.micros - open.seen_at.micros > touch_every_micros) {
    gate_.tail.touch(*caller.session, now_);
  }
  open.actor.on_behalf = caller.on_behalf;
  return std::move(open.actor);
}

void Act::require_deputy(const Actor& actor) {
  if (!actor.on_behalf) return;
  const Standing standing = gate_.relations.standing(transaction_, actor, actor.on_behalf, now_);
  if (permits(Action::deputise, actor, standing)) return;
  journal_refusal(actor);
  throw refusal(Action::deputise, actor, standing);
}

Capacity Act::decide(const Actor& actor) {
  const Standing standing = gate_.relations.standing(transaction_, actor, about_.subject, now_);
  for (const Capacity capacity : actor.capacities) {
    if (actor.allows(action_) && permits(action_, capacity, standing, actor.circumstances)) {
      return capacity;
    }
  }
  journal_refusal(actor);
  throw refusal(action_, actor, standing);
}

void Act::refused() {
  journal_refusal(permit_->actor());
}

void Act::journal_refusal(const Actor& actor) {
  Entry refusal;
  refusal.municipality = actor.municipality;
  refusal.member = actor.member;
  refusal.on_behalf = actor.on_behalf;
  refusal.authentication = actor.authentication;
  refusal.action = action_;
  refusal.outcome = Outcome::refused;
  if (about_.subject) refusal.subjects = {about_.subject};
  // Where there is no tail, its entry needs the writer's place.
  transaction_.roll_back();
  gate_.tail.push(std::move(refusal), now_);
}

void journal_altered_access(const Gate& gate, Action action, const Uuid& subject) {
  Entry altered;
  altered.action = action;
  altered.outcome = Outcome::failed;
  altered.detail = "access altered";
  if (subject) altered.subjects = {subject};
  gate.tail.push(std::move(altered), gate.clock());
  base::log_line(LogLevel::error, LogEvent::damage_found,
                 "what decides access was altered on the server; {} was refused",
                 enum_name(action));
}

void Act::finish() {
  if (!is_read(action_)) return finish_write();
  Permit& permit = *permit_;
  Entry entry = permit.entry();
  entry.municipality = permit.scope_.municipality;
  std::sort(permit.seen_.begin(), permit.seen_.end());
  permit.seen_.erase(std::unique(permit.seen_.begin(), permit.seen_.end()), permit.seen_.end());
  entry.subjects = std::move(permit.seen_);
  gate_.tail.push(std::move(entry), now_);
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
  gate_.tail.mark(permit.writer().head());
}

}  // namespace renraku::access
