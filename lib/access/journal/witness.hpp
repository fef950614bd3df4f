// Heads that are remembered outside the store: handing them over, and comparing with them.
#pragma once

#include <atomic>
#include <map>
#include <mutex>
#include <renraku/records/witness.hpp>
#include <string>
#include <utility>
#include <vector>

#include "storage/database.hpp"

namespace renraku::access {

/// Hands the heads of one open store to its witness. Used from any thread; nothing here throws what
/// a witness throws, and no act waits for another thread's handing over.
class WitnessPost {
 public:
  /// `database` must outlast this. Without a witness nothing is ever done.
  WitnessPost(storage::Database& database, Witness witness, std::function<Instant()> clock);
  WitnessPost(const WitnessPost&) = delete;
  WitnessPost& operator=(const WitnessPost&) = delete;
  /// What changed since goes to the witness.
  ~WitnessPost();

  /// Hands over the heads that changed since they were last taken.
  void hand_over() noexcept;
  /// The same, when that is an hour ago.
  void hand_over_hourly() noexcept;

  [[nodiscard]] const Witness& witness() const { return witness_; }
  /// Whether the last heads were not taken.
  [[nodiscard]] bool has_failed() const { return failed_; }

 private:
  static constexpr std::int64_t hour_in_micros = 3'600'000'000;
  static constexpr std::int64_t tried_again_micros = 60'000'000;
  void hand_changed();

  storage::Database& database_;
  const Witness witness_;
  const std::function<Instant()> clock_;
  std::atomic<std::int64_t> due_;
  std::atomic<bool> failed_ = false;
  std::mutex mutex_;
  /// By node and municipality: the number that the witness has.
  std::map<std::pair<Uuid, std::string>, std::int64_t> taken_;
};

/// Hands over hourly when the act ends in whose scope it stands.
class HourlyWitness {
 public:
  explicit HourlyWitness(WitnessPost& post) : post_(post) {}
  HourlyWitness(const HourlyWitness&) = delete;
  HourlyWitness& operator=(const HourlyWitness&) = delete;
  ~HourlyWitness() { post_.hand_over_hourly(); }

 private:
  WitnessPost& post_;
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
