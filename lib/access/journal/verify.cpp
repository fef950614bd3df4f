#include "access/journal/verify.hpp"

#include <algorithm>

#include "storage/row_key.hpp"

namespace renraku::access {
namespace {

struct StoredChain {
  std::int64_t pk = 0;
  Uuid node;
  std::string municipality;
  std::int64_t sequence = 0;
  crypto::Bytes hash;
  crypto::Bytes signer;
  crypto::Bytes signature;
};
RENRAKU_DESCRIBE(StoredChain, pk, node, municipality, sequence, hash, signer, signature)

constexpr std::string_view all_chains =
    "SELECT pk, node, municipality, sequence, hash, signer, signature FROM journal_chain "
    "ORDER BY pk";
constexpr std::string_view entries_of_chain =
    "SELECT pk, body, hash FROM journal WHERE pk > :first AND pk <= :last ORDER BY pk";
constexpr std::string_view count_entries = "SELECT count(*) FROM journal";

constexpr std::int64_t chain_size = std::int64_t{1} << 36;

bool head_is_signed(const StoredChain& chain, const JournalKeys& keys) {
  crypto::Signature signature{};
  const crypto::PublicKey& signer = keys.signer.public_key();
  if (chain.signature.size() != signature.size() ||
      !std::equal(signer.begin(), signer.end(), chain.signer.begin(), chain.signer.end())) {
    return false;
  }
  std::copy(chain.signature.begin(), chain.signature.end(), signature.begin());
  return crypto::verify_signature(
      signer, signed_head(chain.node, chain.municipality, chain.sequence, chain.hash), signature);
}

// An entry must say itself that it stands where it lies.
bool in_its_place(crypto::ByteView body, const StoredChain& chain, std::int64_t sequence) {
  try {
    const Entry entry = read_canonical(body);
    return entry.node == chain.node && entry.municipality == chain.municipality &&
           entry.sequence == sequence;
  } catch (const Error&) {
    return false;
  }
}

void verify_chain(storage::Transaction& transaction, const JournalKeys& keys,
                  const StoredChain& chain, JournalReport& report) {
  const auto bad = [&](JournalState state, std::int64_t sequence) {
    report.state = state;
    report.municipality = chain.municipality;
    report.sequence = sequence;
  };
  crypto::Digest hash{};
  std::int64_t sequence = 0;
  storage::Query entries = transaction.query(entries_of_chain);
  entries.bind("first", chain.pk).bind("last", chain.pk + chain_size - 1);
  while (entries.next()) {
    ++sequence;
    if (entries.read<std::int64_t>("pk") != chain.pk + sequence) {
      return bad(JournalState::missing, sequence);
    }
    const auto body = entries.read<crypto::Bytes>("body");
    const auto stored = entries.read<crypto::Bytes>("hash");
    hash = chain_hash(hash, body);
    if (!std::equal(hash.begin(), hash.end(), stored.begin(), stored.end()) ||
        !in_its_place(body, chain, sequence)) {
      return bad(JournalState::altered, sequence);
    }
    ++report.entries;
  }
  if (sequence < chain.sequence) return bad(JournalState::shortened, sequence + 1);
  if (sequence > chain.sequence ||
      !std::equal(hash.begin(), hash.end(), chain.hash.begin(), chain.hash.end()) ||
      !head_is_signed(chain, keys)) {
    return bad(JournalState::forged, chain.sequence);
  }
}

}  // namespace

JournalReport verify_journal(storage::Transaction& transaction, const JournalKeys& keys) {
  JournalReport report;
  for (const StoredChain& chain : transaction.query(all_chains).all<StoredChain>()) {
    verify_chain(transaction, keys, chain, report);
    if (report.state != JournalState::intact) return report;
  }
  // Entries that no chain's head knows were put in, or their head was taken out.
  const auto stored = transaction.query(count_entries).optional<std::int64_t>().value_or(0);
  if (stored != report.entries) report.state = JournalState::forged;
  return report;
}

}  // namespace renraku::access
