#include "access/journal/witness.hpp"

#include <algorithm>
#include <array>
#include <renraku/described/witness.hpp>

#include "access/journal/heads.hpp"
#include "base/log.hpp"

namespace renraku::access {
namespace {

constexpr std::string_view add_head =
    "INSERT INTO witnessed_head (time, node, municipality, sequence, hash, signer, signature) "
    "VALUES (:time, :node, :municipality, :sequence, :hash, :signer, :signature) "
    "ON CONFLICT (node, municipality, sequence, hash) DO NOTHING";
constexpr std::string_view all_heads =
    "SELECT time, node, municipality, sequence, hash, signer, signature FROM witnessed_head "
    "ORDER BY node, municipality, sequence, hash";

}  // namespace

WitnessPost::WitnessPost(storage::Database& database, const JournalKeys& keys, Witness witness,
                         std::function<Instant()> clock, ReadState read_state)
    : database_(database),
      keys_(keys),
      witness_(std::move(witness)),
      clock_(std::move(clock)),
      read_state_(std::move(read_state)),
      due_(witness_.record ? clock_().micros + hour_in_micros : 0) {}

WitnessPost::~WitnessPost() {
  hand_over();
}

void WitnessPost::hand_over_hourly() noexcept {
  if (!witness_.record || clock_().micros < due_) return;
  hand_over();
}

void WitnessPost::hand_over() noexcept {
  if (!witness_.record) return;
  wanted_ = true;
  // Who finds another at it leaves the wish to that one, which looks again after it let go.
  while (wanted_) {
    const std::unique_lock one_at_a_time(mutex_, std::try_to_lock);
    if (!one_at_a_time) return;
    if (wanted_.exchange(false)) hand_over_now();
  }
}

void WitnessPost::hand_over_now() noexcept {
  due_ = clock_().micros + hour_in_micros;
  try {
    hand_changed();
    failed_ = false;
  } catch (const std::exception& error) {
    failed_ = true;
    // Its file may have been moved away: then it hears everything anew.
    taken_.clear();
    due_ = clock_().micros + tried_again_micros;
    const auto* const known = dynamic_cast<const Error*>(&error);
    base::log_line(LogLevel::error, LogEvent::witness_failed,
                   "the witness did not take what it was handed: {}",
                   known ? known->name() : "it threw");
  }
}

void WitnessPost::hand_changed() {
  const bool takes_removals = witness_.record_removals && witness_.removals;
  std::vector<SignedHead> heads;
  RemovalState state;
  {
    storage::Transaction transaction = database_.read();
    heads = signed_heads(transaction);
    if (takes_removals) state = read_state_(transaction);
  }
  hand_heads(std::move(heads));
  if (takes_removals) hand_removals(state);
}

void WitnessPost::hand_heads(std::vector<SignedHead> heads) {
  std::erase_if(heads, [&](const SignedHead& head) {
    const auto at = taken_.find({head.node, head.municipality});
    return at != taken_.end() && at->second == head.sequence;
  });
  if (heads.empty()) return;
  witness_.record(heads);
  for (const SignedHead& head : heads) taken_[{head.node, head.municipality}] = head.sequence;
}

void WitnessPost::hand_removals(const RemovalState& state) {
  std::vector<SignedRemoval> known = witness_.removals();
  std::erase_if(known, [&](const SignedRemoval& removal) { return removal.node != keys_.node; });
  std::vector<SignedRemoval> news = untold(last_told(known), state, keys_.node, clock_());
  for (std::span<SignedRemoval> rest(news); !rest.empty();) {
    const auto next = rest.first(std::min(rest.size(), signed_at_once));
    sign(next);
    witness_.record_removals({next.begin(), next.end()});
    rest = rest.subspan(next.size());
  }
}

// A signer is asked by one thread at a time, the one that writes.
void WitnessPost::sign(std::span<SignedRemoval> removals) {
  storage::Transaction transaction = database_.write();
  const std::vector<std::string>& successions = own_successions(transaction);
  for (SignedRemoval& removal : removals) sign_removal(removal, keys_.signer, successions);
}

const std::vector<std::string>& WitnessPost::own_successions(storage::Transaction& transaction) {
  if (signer_ == keys_.signer.public_key()) return successions_;
  successions_.clear();
  for (const StoredChain& chain : stored_chains(transaction)) {
    if (chain.node != keys_.node || !chain.municipality.empty()) continue;
    for (const Succession& one : successions(transaction, chain)) {
      successions_.push_back(one.text());
    }
  }
  signer_ = keys_.signer.public_key();
  return successions_;
}

bool is_told_at_once(Action action) noexcept {
  constexpr std::array told{Action::member_suspend,     Action::member_restore,
                            Action::certificate_revoke, Action::factor_reset,
                            Action::access_recover,     Action::application_register,
                            Action::application_revoke, Action::person_erase};
  return std::ranges::find(told, action) != told.end();
}

void remember_heads(storage::Transaction& transaction, const std::vector<SignedHead>& heads) {
  for (const SignedHead& head : heads) {
    transaction.query(add_head).bind_record(head).run();
  }
}

std::vector<SignedHead> remembered_heads(storage::Transaction& transaction) {
  return transaction.query(all_heads).all<SignedHead>();
}

WitnessedHeads::WitnessedHeads(const std::vector<SignedHead>& heads) {
  for (const SignedHead& head : heads) {
    if (!is_signed(head)) {
      throw Error(ErrorCode::damaged, "the witness holds a head that its signer did not sign",
                  "witness");
    }
    chains_[{head.node, head.municipality}].emplace_back(head.sequence, head.hash);
  }
  for (auto& [name, chain] : chains_) {
    std::ranges::sort(chain);
    const auto twice = std::ranges::unique(chain);
    chain.erase(twice.begin(), twice.end());
  }
}

const WitnessedHeads::Chain& WitnessedHeads::of(const Uuid& node,
                                                const std::string& municipality) const {
  static const Chain none;
  const auto at = chains_.find({node, municipality});
  return at == chains_.end() ? none : at->second;
}

}  // namespace renraku::access
