#include "access/journal/verify.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <set>

#include "access/journal/heads.hpp"
#include "access/journal/segment.hpp"
#include "access/journal/subjects.hpp"
#include "access/moving.hpp"

namespace renraku::access {
namespace {

constexpr std::string_view entries_of_chain =
    "SELECT pk, body, hash FROM journal WHERE pk > :first AND pk <= :last ORDER BY pk";
constexpr std::string_view first_between =
    "SELECT min(pk) FROM journal WHERE pk BETWEEN :first AND :last";

struct StoredEntry {
  std::int64_t pk = 0;
  crypto::ByteView hash;
};
RENRAKU_DESCRIBE(StoredEntry, pk, hash)

/// Nothing, which no entry is, where a server gives what the store did not seal.
crypto::ByteView body_of(storage::Query& row) {
  try {
    return row.read<crypto::ByteView>("body");
  } catch (const Error& error) {
    if (error.code() != ErrorCode::damaged) throw;
    return {};
  }
}

std::optional<Entry> readable(crypto::ByteView body) {
  try {
    return read_canonical(body);
  } catch (const Error&) {
    return std::nullopt;
  }
}

/// One chain on its way from its first entry to its head.
struct Walk {
  const StoredChain& chain;
  std::vector<Segment> segments;
  std::size_t next_segment = 0;
  const WitnessedHeads::Chain& witnessed;
  std::size_t next_witnessed = 0;
  crypto::Digest hash{};
  std::int64_t sequence = 0;
};

/// Its steps return false when they found something bad, which is in the report then.
class Verification {
 public:
  Verification(storage::Transaction& transaction, const JournalKeys& keys,
               const WitnessedHeads& witnessed, LastWords* said = nullptr)
      : transaction_(transaction), keys_(keys), witnessed_(witnessed), said_(said) {}

  JournalReport run();
  /// Of these chains alone.
  JournalReport run(const std::vector<TakenChain>& taken);

 private:
  void leave_out_arriving();
  bool walk(const StoredChain& chain);
  bool cross_segments(Walk& walk);
  bool cross(Walk& walk, const Segment& segment);
  bool read_file(Walk& walk, const Segment& segment);
  bool step(Walk& walk, crypto::ByteView body, std::optional<Entry>& entry);
  bool compare(Walk& walk);
  bool note(const Walk& walk, const Entry& entry);
  bool end(Walk& walk);
  bool check_rows();
  bool is_empty(std::int64_t first, std::int64_t last);
  bool check_subjects();
  bool check_lost_chains();

  bool is_own(const StoredChain& chain) const {
    return chain.node == keys_.node && chain.municipality.empty();
  }
  /// Null for a chain that no entry here tells of.
  const TakenChain* taken(const StoredChain& chain) const {
    const auto found = taken_.find({chain.node, chain.municipality});
    return chain.node == keys_.node || found == taken_.end() ? nullptr : &found->second;
  }
  bool is_signed(const StoredChain& chain) const;
  bool bad(JournalState state, std::string municipality, std::int64_t sequence);
  bool bad(JournalState state, const Walk& walk, std::int64_t sequence) {
    return bad(state, walk.chain.municipality, sequence);
  }

  storage::Transaction& transaction_;
  const JournalKeys& keys_;
  const WitnessedHeads& witnessed_;
  /// Null where nobody asks for it.
  LastWords* said_;
  JournalReport report_;
  std::vector<StoredChain> chains_;
  /// Who signed in turn, as the node's own chain tells; the last one is who signs now.
  std::vector<crypto::PublicKey> signers_;
  /// What came from other stores, as the own chains of this one tell; the newest word counts.
  std::map<std::pair<Uuid, std::string>, TakenChain> taken_;
  std::vector<storage::KeyRange> arriving_;
  std::set<std::pair<Uuid, std::string>> present_;
  std::optional<DoubtfulHead> doubt_;
  crypto::SetSum subjects_;
};

JournalReport Verification::run() {
  chains_ = stored_chains(transaction_);
  leave_out_arriving();
  // Whose signature counts is told by the node's own chain.
  std::ranges::stable_partition(chains_, [&](const StoredChain& chain) { return is_own(chain); });
  for (const StoredChain& chain : chains_) {
    if (!walk(chain)) return report_;
  }
  if (!check_rows() || !check_subjects() || !check_lost_chains()) return report_;
  if (doubt_) bad(JournalState::forged, doubt_->municipality, doubt_->sequence);
  return report_;
}

JournalReport Verification::run(const std::vector<TakenChain>& taken) {
  for (const TakenChain& each : taken) taken_[{each.node, each.municipality}] = each;
  crypto::SetSum listed;
  for (const StoredChain& chain : stored_chains(transaction_)) {
    if (!this->taken(chain)) continue;
    chains_.push_back(chain);
    add_listed_subjects(listed, transaction_, chain.keys());
  }
  for (const StoredChain& chain : chains_) {
    if (!walk(chain)) return report_;
  }
  if (chains_.size() != taken.size()) bad(JournalState::shortened, taken.front().municipality, 1);
  if (listed != subjects_) bad(JournalState::altered, taken.front().municipality, 0);
  return report_;
}

// Their rows come in whatever order, and nobody signs for them yet.
void Verification::leave_out_arriving() {
  for (const StoredChain& chain : chains_) present_.emplace(chain.node, chain.municipality);
  for (const std::string& code : arriving_municipalities(transaction_)) {
    std::erase_if(chains_, [&](const StoredChain& chain) { return chain.municipality == code; });
    const storage::KeyRange range = storage::key_range(code);
    arriving_.push_back(range);
    add_listed_subjects(subjects_, transaction_, range);
  }
}

bool Verification::walk(const StoredChain& chain) {
  Walk walk{chain, segments_of(transaction_, chain.pk), 0,
            witnessed_.of(chain.node, chain.municipality)};
  storage::Query rows = transaction_.query(entries_of_chain);
  rows.bind("first", chain.pk).bind("last", chain.pk + chain_size - 1);
  while (rows.next()) {
    if (!cross_segments(walk)) return false;
    const StoredEntry row = rows.read<StoredEntry>();
    if (row.pk != chain.pk + walk.sequence + 1) {
      // Behind the head nothing is missing: this was put there.
      return bad(walk.sequence < chain.sequence ? JournalState::missing : JournalState::forged,
                 walk, walk.sequence + 1);
    }
    std::optional<Entry> entry;
    if (!step(walk, body_of(rows), entry)) return false;
    if (!std::ranges::equal(walk.hash, row.hash)) {
      return bad(JournalState::altered, walk, walk.sequence);
    }
    add_subjects(subjects_, *entry, row.pk);
  }
  return cross_segments(walk) && end(walk);
}

bool Verification::cross_segments(Walk& walk) {
  while (walk.next_segment < walk.segments.size() &&
         walk.segments[walk.next_segment].first <= walk.sequence + 1) {
    if (!cross(walk, walk.segments[walk.next_segment++])) return false;
  }
  return true;
}

bool Verification::cross(Walk& walk, const Segment& segment) {
  StoredChain head = walk.chain;
  head.sequence = segment.last;
  head.hash = segment.hash_after;
  head.signer = segment.signer;
  head.signature = segment.signature;
  // What was taken is signed for by where it ended.
  const bool is_signed =
      taken(head) || std::ranges::any_of(signers_, [&](const crypto::PublicKey& key) {
        return head.is_signed_by(key);
      });
  if (segment.first != walk.sequence + 1 || segment.last < segment.first || !is_signed ||
      segment.hash_after.size() != walk.hash.size() ||
      !std::ranges::equal(walk.hash, segment.hash_before)) {
    return bad(JournalState::forged, walk, segment.first);
  }
  std::error_code ignored;
  if (std::filesystem::exists(segment.file, ignored)) return read_file(walk, segment);
  walk.sequence = segment.last;
  std::ranges::copy(segment.hash_after, walk.hash.begin());
  report_.archived += segment.last - segment.first + 1;
  if (said_) said_->miss(walk.chain.municipality, segment.time);
  return compare(walk);
}

bool Verification::read_file(Walk& walk, const Segment& segment) {
  bool good = true;
  std::optional<Entry> entry;
  try {
    const bool leads =
        read_segment(transaction_, keys_, segment, segment.file,
                     [&](crypto::ByteView body) { good = good && step(walk, body, entry); });
    if (!good || leads) return good;
  } catch (const Error& error) {
    if (error.code() != ErrorCode::damaged && error.code() != ErrorCode::invalid) throw;
    if (!good) return false;
  }
  return bad(JournalState::altered, walk, std::min(walk.sequence + 1, segment.last));
}

bool Verification::step(Walk& walk, crypto::ByteView body, std::optional<Entry>& entry) {
  ++walk.sequence;
  walk.hash = chain_hash(walk.hash, body);
  entry = readable(body);
  // An entry must say itself that it stands where it lies.
  if (!entry || entry->node != walk.chain.node || entry->municipality != walk.chain.municipality ||
      entry->sequence != walk.sequence) {
    return bad(JournalState::altered, walk, walk.sequence);
  }
  ++report_.entries;
  if (said_) said_->take(*entry);
  return note(walk, *entry) && compare(walk);
}

bool Verification::compare(Walk& walk) {
  while (walk.next_witnessed < walk.witnessed.size()) {
    const auto& [sequence, hash] = walk.witnessed[walk.next_witnessed];
    if (sequence > walk.sequence) break;
    // What lies within an archive that was not read can't be compared.
    if (sequence == walk.sequence) {
      report_.witnessed = true;
      if (hash != crypto::hex(walk.hash)) return bad(JournalState::forked, walk, sequence);
    }
    ++walk.next_witnessed;
  }
  return true;
}

bool Verification::note(const Walk& walk, const Entry& entry) {
  if (entry.action == Action::journal_tail && entry.outcome == Outcome::failed) {
    ++report_.reads_lost;
  }
  if (entry.action == Action::store_copy && walk.chain.municipality.empty()) {
    if (auto came = TakenChain::read(entry.detail)) {
      std::pair name{came->node, came->municipality};
      taken_[std::move(name)] = *std::move(came);
    }
  }
  if (!is_own(walk.chain)) return true;
  if (entry.action == Action::journal_head && entry.outcome == Outcome::failed && !doubt_) {
    doubt_ = DoubtfulHead::read(entry.detail);
  }
  if (entry.action != Action::key_slot_change) return true;
  const auto succession = Succession::read(entry.detail);
  if (!succession) return true;
  if (signers_.empty()) signers_.push_back(succession->before);
  if (signers_.back() != succession->before || !succession->is_signed(keys_.node)) {
    return bad(JournalState::forged, walk, walk.sequence);
  }
  signers_.push_back(succession->after);
  return true;
}

bool Verification::end(Walk& walk) {
  const StoredChain& chain = walk.chain;
  if (walk.sequence < chain.sequence) {
    return bad(JournalState::shortened, walk, walk.sequence + 1);
  }
  if (walk.sequence > chain.sequence) {
    return bad(JournalState::forged, walk, chain.sequence + 1);
  }
  const crypto::PublicKey now = keys_.signer.public_key();
  if (signers_.empty()) signers_.push_back(now);
  if (!std::ranges::equal(walk.hash, chain.hash) || signers_.back() != now) {
    return bad(JournalState::forged, walk, chain.sequence);
  }
  if (!is_signed(chain)) return bad(JournalState::forged, walk, chain.sequence);
  if (walk.next_witnessed < walk.witnessed.size()) {
    report_.witnessed = true;
    return bad(JournalState::shortened, walk, walk.sequence + 1);
  }
  return true;
}

bool Verification::is_signed(const StoredChain& chain) const {
  if (chain.node == keys_.node) return chain.is_signed_by(keys_.signer.public_key());
  if (const TakenChain* came = taken(chain)) return came->is_head_of(chain);
  // The chains of a store that this one was restored from rest where it left them.
  return std::ranges::any_of(signers_,
                             [&](const crypto::PublicKey& key) { return chain.is_signed_by(key); });
}

// Entries that no chain's head knows were put in, or their head was taken out. They lie between the
// chains; counting all entries would read the table once more.
bool Verification::check_rows() {
  std::map<std::int64_t, std::int64_t> ends;
  for (const StoredChain& chain : chains_) ends[chain.pk] = chain.pk + chain_size;
  for (const storage::KeyRange& range : arriving_) ends[range.first] = range.last + 1;
  std::int64_t from = std::numeric_limits<std::int64_t>::min();
  for (const auto& [begin, end] : ends) {
    if (!is_empty(from, begin)) return bad(JournalState::forged, {}, 0);
    from = end;
  }
  return is_empty(from, std::numeric_limits<std::int64_t>::max()) ||
         bad(JournalState::forged, {}, 0);
}

bool Verification::is_empty(std::int64_t first, std::int64_t last) {
  return !transaction_.query(first_between)
              .bind("first", first)
              .bind("last", last)
              .optional<std::optional<std::int64_t>>()
              .value_or(std::nullopt);
}

bool Verification::check_subjects() {
  if (listed_subjects(transaction_) == subjects_) return true;
  const std::int64_t pk = wrongly_listed(transaction_).value_or(0);
  for (const StoredChain& chain : chains_) {
    if (pk > chain.pk && pk < chain.pk + chain_size) {
      return bad(JournalState::altered, chain.municipality, pk - chain.pk);
    }
  }
  return bad(JournalState::altered, {}, 0);
}

bool Verification::check_lost_chains() {
  std::set<Uuid> nodes{keys_.node};
  for (const StoredChain& chain : chains_) {
    // Of a store that a municipality came from, the witness may know what never was here.
    if (!taken(chain)) nodes.insert(chain.node);
  }
  for (const auto& [name, heads] : witnessed_.all()) {
    if (!nodes.contains(name.first) || present_.contains(name)) continue;
    report_.witnessed = true;
    return bad(JournalState::shortened, name.second, 1);
  }
  return true;
}

bool Verification::bad(JournalState state, std::string municipality, std::int64_t sequence) {
  report_.state = state;
  report_.municipality = std::move(municipality);
  report_.sequence = sequence;
  return false;
}

const WitnessedHeads& nobody() {
  static const WitnessedHeads none;
  return none;
}

}  // namespace

JournalReport verify_journal(storage::Transaction& transaction, const JournalKeys& keys,
                             const WitnessedHeads* witnessed, LastWords* said) {
  return Verification(transaction, keys, witnessed ? *witnessed : nobody(), said).run();
}

JournalReport verify_taken(storage::Transaction& transaction, const JournalKeys& keys,
                           const std::vector<TakenChain>& taken) {
  return Verification(transaction, keys, nobody()).run(taken);
}

}  // namespace renraku::access
