#include "access/journal/heads.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/log.hpp"
#include "crypto/base64.hpp"

namespace renraku::access {
namespace {

constexpr std::string_view all_chains =
    "SELECT pk, node, municipality, sequence, hash, time, signer, signature FROM journal_chain "
    "ORDER BY pk";
constexpr std::string_view one_chain =
    "SELECT pk, node, municipality, sequence, hash, time, signer, signature FROM journal_chain "
    "WHERE pk = :pk";
constexpr std::string_view sign_anew =
    "UPDATE journal_chain SET signer = :signer, signature = :signature WHERE pk = :pk";
constexpr std::string_view entries_of =
    "SELECT body, pk FROM journal WHERE pk > :first AND pk <= :last ORDER BY pk";
constexpr std::string_view hash_of_entry = "SELECT hash FROM journal WHERE pk = :pk";
constexpr std::string_view hash_of_segment =
    "SELECT hash_after FROM journal_segment WHERE chain = :chain AND last = :last";
constexpr std::string_view doubt_word = "unsigned head ";

crypto::PublicKey key_of(const crypto::Bytes& stored) {
  crypto::PublicKey key{};
  if (stored.size() == key.size()) std::copy(stored.begin(), stored.end(), key.begin());
  return key;
}

void sign_heads_anew(storage::Transaction& transaction, const Uuid& node,
                     const HeadSigner& signer) {
  const crypto::PublicKey key = signer.public_key();
  for (const StoredChain& chain : stored_chains(transaction)) {
    if (chain.node != node) continue;
    const crypto::Signature signature =
        signer.sign(signed_head(node, chain.municipality, chain.sequence, chain.hash));
    transaction.query(sign_anew)
        .bind("pk", chain.pk)
        .bind("signer", crypto::ByteView(key))
        .bind("signature", crypto::ByteView(signature))
        .run();
  }
}

/// What there is to do about the heads of one node.
struct Takeover {
  std::optional<Succession> succession;
  std::vector<DoubtfulHead> doubts;

  [[nodiscard]] bool empty() const { return !succession && doubts.empty(); }
};

Takeover examine(storage::Transaction& transaction, const JournalKeys& keys,
                 const JournalSigner& own, SignerState state) {
  const crypto::PublicKey given = keys.signer.public_key();
  crypto::PublicKey before = own.public_key;
  Takeover found;
  bool is_new = true;
  for (const StoredChain& chain : stored_chains(transaction)) {
    if (chain.node != keys.node) continue;
    // The node's own chain comes first.
    if (std::exchange(is_new, false)) before = key_of(chain.signer);
    if (!chain.is_signed_by(before)) found.doubts.push_back({chain.municipality, chain.sequence});
  }
  if (before == given) return found;
  found.succession = Succession{before, given, {}};
  if (is_new) {
    found.succession->signature = own.sign(signed_successor(keys.node, given));
  } else if (state != SignerState::lost) {
    throw Error(ErrorCode::invalid_argument,
                "another key signs this store's journal; open it with that signer",
                "journal_signer");
  }
  return found;
}

void tell(JournalWriter& writer, Action action, Outcome outcome, std::string detail, Instant now) {
  Entry entry;
  entry.action = action;
  entry.outcome = outcome;
  entry.detail = std::move(detail);
  writer.append(std::move(entry), {}, {}, {}, now);
}

}  // namespace

bool StoredChain::is_signed_by(const crypto::PublicKey& key) const {
  crypto::Signature given{};
  if (signature.size() != given.size() || !std::ranges::equal(signer, key)) return false;
  std::copy(signature.begin(), signature.end(), given.begin());
  return crypto::verify_signature(key, signed_head(node, municipality, sequence, hash), given);
}

std::vector<StoredChain> stored_chains(storage::Transaction& transaction) {
  return transaction.query(all_chains).all<StoredChain>();
}

StoredChain stored_chain(storage::Transaction& transaction, std::int64_t pk) {
  auto chain = transaction.query(one_chain).bind("pk", pk).optional<StoredChain>();
  if (!chain) throw Error(ErrorCode::damaged, "a chain of the journal is gone; run a check");
  return *std::move(chain);
}

std::optional<crypto::Bytes> hash_at(storage::Transaction& transaction, const StoredChain& chain,
                                     std::int64_t sequence) {
  auto hash =
      transaction.query(hash_of_entry).bind("pk", chain.pk + sequence).optional<crypto::Bytes>();
  if (hash) return hash;
  return transaction.query(hash_of_segment)
      .bind("chain", chain.pk)
      .bind("last", sequence)
      .optional<crypto::Bytes>();
}

std::vector<Succession> successions(storage::Transaction& transaction, const StoredChain& own) {
  std::vector<Succession> found;
  storage::Query entries = transaction.query(entries_of);
  entries.bind("first", own.pk).bind("last", own.pk + own.sequence);
  while (entries.next()) {
    const auto body = entries.read<crypto::ByteView>();
    // Hardly any entry tells of one, and reading them all takes long.
    if (std::ranges::search(body, crypto::view_of(succession_word)).empty()) continue;
    const Entry entry = read_canonical(body);
    if (entry.action != Action::key_slot_change) continue;
    if (const auto succession = Succession::read(entry.detail)) found.push_back(*succession);
  }
  return found;
}

std::vector<SignedHead> signed_heads(storage::Transaction& transaction) {
  std::vector<SignedHead> heads;
  for (const StoredChain& chain : stored_chains(transaction)) {
    heads.push_back({chain.time, chain.node, chain.municipality, chain.sequence,
                     crypto::hex(chain.hash), crypto::base64(chain.signer),
                     crypto::base64(chain.signature)});
  }
  return heads;
}

bool is_signed(const SignedHead& head) {
  const auto signer = crypto::from_base64<crypto::PublicKey>(head.signer);
  const auto signature = crypto::from_base64<crypto::Signature>(head.signature);
  return signer && signature &&
         crypto::verify_signature(
             *signer, signed_head(head.node, head.municipality, head.sequence, head.hash),
             *signature);
}

void take_heads(storage::Database& database, const JournalKeys& keys, const JournalSigner& own,
                SignerState state, Instant now) {
  {
    storage::Transaction reading = database.read();
    if (examine(reading, keys, own, state).empty()) return;
  }
  storage::Transaction transaction = database.write();
  const Takeover found = examine(transaction, keys, own, state);
  if (found.empty()) return;
  sign_heads_anew(transaction, keys.node, keys.signer);
  JournalWriter writer(transaction, keys, {});
  for (const DoubtfulHead& head : found.doubts) {
    tell(writer, Action::journal_head, Outcome::failed, head.text(), now);
    base::log_line(LogLevel::error, LogEvent::damage_found,
                   "the head of a chain of the journal was not signed by its signer: '{}' at {}",
                   head.municipality, head.sequence);
  }
  if (found.succession) {
    tell(writer, Action::key_slot_change, Outcome::done, found.succession->text(), now);
  }
  writer.finish();
  transaction.commit();
}

std::string hand_over(storage::Transaction& transaction, const Uuid& node, HeadSigner& signer,
                      JournalSigner next) {
  Succession succession{signer.public_key(), next.public_key, {}};
  succession.signature = signer.sign(signed_successor(node, next.public_key));
  signer.replace(std::move(next));
  sign_heads_anew(transaction, node, signer);
  return succession.text();
}

std::string DoubtfulHead::text() const {
  return fmt::format("{}{} {}", doubt_word, sequence, municipality);
}

std::optional<DoubtfulHead> DoubtfulHead::read(std::string_view detail) {
  if (!detail.starts_with(doubt_word)) return std::nullopt;
  detail.remove_prefix(doubt_word.size());
  DoubtfulHead head;
  const auto [end, wrong] =
      std::from_chars(detail.data(), detail.data() + detail.size(), head.sequence);
  if (wrong != std::errc{}) return std::nullopt;
  detail.remove_prefix(static_cast<std::size_t>(end - detail.data()));
  if (!detail.empty()) detail.remove_prefix(1);
  head.municipality = detail;
  return head;
}

}  // namespace renraku::access
