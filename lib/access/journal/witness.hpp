// What is remembered outside the store: handing heads and removals over, and comparing with heads.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <renraku/records/witness.hpp>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "access/action.hpp"
#include "access/journal/removals.hpp"
#include "access/journal/writer.hpp"
#include "storage/database.hpp"

namespace renraku::access {

/// How the store stands by now, as far as its witness is told of it.
using ReadState = std::function<RemovalState(storage::Transaction&)>;

/// Hands the heads of one open store, and what was taken away there, to its witness. Used from any
/// thread; nothing here throws what a witness throws, and no act waits for another thread's handing
/// over.
///
/// What the witness is told of removals is how things stand, not what was done: whatever it missed
/// it hears with the next hand-over, and what two processes tell it does no harm. What came and
/// went while it could not be reached, it never hears of.
class WitnessPost {
 public:
  /// `database` and `keys` must outlast this. Without a witness nothing is ever done.
  WitnessPost(storage::Database& database, const JournalKeys& keys, Witness witness,
              std::function<Instant()> clock, ReadState read_state);
  WitnessPost(const WitnessPost&) = delete;
  WitnessPost& operator=(const WitnessPost&) = delete;
  /// What changed since goes to the witness.
  ~WitnessPost();

  /// Hands over the heads that changed since they were last taken, and the removals that the
  /// witness does not know. Where another thread is at it, that one does so once more.
  void hand_over() noexcept;
  /// The same, when that is an hour ago.
  void hand_over_hourly() noexcept;

  [[nodiscard]] const Witness& witness() const { return witness_; }
  /// Whether what was handed over last was not taken.
  [[nodiscard]] bool has_failed() const { return failed_; }

 private:
  static constexpr std::int64_t hour_in_micros = 3'600'000'000;
  static constexpr std::int64_t tried_again_micros = 60'000'000;
  /// Of removals this many are signed while writers wait.
  static constexpr std::size_t signed_at_once = 64;

  void hand_over_now() noexcept;
  void hand_changed();
  void hand_heads(std::vector<SignedHead> heads);
  void hand_removals(const RemovalState& state);
  void sign(std::span<SignedRemoval> removals);
  [[nodiscard]] const std::vector<std::string>& own_successions(storage::Transaction& transaction);

  storage::Database& database_;
  const JournalKeys& keys_;
  const Witness witness_;
  const std::function<Instant()> clock_;
  const ReadState read_state_;
  std::atomic<std::int64_t> due_;
  std::atomic<bool> failed_ = false;
  std::atomic<bool> wanted_ = false;
  std::mutex mutex_;
  /// By node and municipality: the number that the witness has.
  std::map<std::pair<Uuid, std::string>, std::int64_t> taken_;
  /// How the signer came to sign, and which signer that was.
  std::vector<std::string> successions_;
  std::optional<crypto::PublicKey> signer_;
};

/// Acts after which the witness hears at once: they take something away, give it back, or bring
/// what it is told of while it is there.
[[nodiscard]] bool is_told_at_once(Action action) noexcept;

/// Hands over when the act ends in whose scope it stands: at once or hourly, as the action wants.
class WitnessedAct {
 public:
  WitnessedAct(WitnessPost& post, Action action) : post_(post), action_(action) {}
  WitnessedAct(const WitnessedAct&) = delete;
  WitnessedAct& operator=(const WitnessedAct&) = delete;
  ~WitnessedAct() { is_told_at_once(action_) ? post_.hand_over() : post_.hand_over_hourly(); }

 private:
  WitnessPost& post_;
  Action action_;
};

/// Heads of other stores, for which this one is the witness.
void remember_heads(storage::Transaction& transaction, const std::vector<SignedHead>& heads);
[[nodiscard]] std::vector<SignedHead> remembered_heads(storage::Transaction& transaction);

/// What a witness remembers, by chain and in the order of the chain.
class WitnessedHeads {
 public:
  using Chain = std::vector<std::pair<std::int64_t, std::string>>;  ///< number, hash in hex

  WitnessedHeads() = default;
  /// Error{damaged} (field "witness") for a head without its signer's signature.
  explicit WitnessedHeads(const std::vector<SignedHead>& heads);

  [[nodiscard]] const Chain& of(const Uuid& node, const std::string& municipality) const;
  [[nodiscard]] const std::map<std::pair<Uuid, std::string>, Chain>& all() const { return chains_; }

 private:
  std::map<std::pair<Uuid, std::string>, Chain> chains_;
};

}  // namespace renraku::access
