#include "access/journal/witness.hpp"

#include <algorithm>
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

WitnessPost::WitnessPost(storage::Database& database, Witness witness,
                         std::function<Instant()> clock)
    : database_(database),
      witness_(std::move(witness)),
      clock_(std::move(clock)),
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
  const std::unique_lock one_at_a_time(mutex_, std::try_to_lock);
  if (!one_at_a_time) return;
  due_ = clock_().micros + hour_in_micros;
  try {
    hand_changed();
    failed_ = false;
  } catch (const std::exception& error) {
    failed_ = true;
    due_ = clock_().micros + tried_again_micros;
    const auto* const known = dynamic_cast<const Error*>(&error);
    base::log_line(LogLevel::error, LogEvent::witness_failed,
                   "the witness did not take the journal's heads: {}",
                   known ? known->name() : "it threw");
  }
}

void WitnessPost::hand_changed() {
  std::vector<SignedHead> heads;
  {
    storage::Transaction transaction = database_.read();
    heads = signed_heads(transaction);
  }
  std::erase_if(heads, [&](const SignedHead& head) {
    const auto at = taken_.find({head.node, head.municipality});
    return at != taken_.end() && at->second == head.sequence;
  });
  if (heads.empty()) return;
  witness_.record(heads);
  for (const SignedHead& head : heads) taken_[{head.node, head.municipality}] = head.sequence;
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
