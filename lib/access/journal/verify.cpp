#include "access/journal/verify.hpp"

#include <algorithm>
#include <optional>
#include <set>

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
constexpr std::string_view count_subject =
    "SELECT count(*) FROM journal_subject WHERE subject = :subject AND entry = :entry";
constexpr std::string_view all_subjects =
    "SELECT subject, entry FROM journal_subject ORDER BY entry, subject";
constexpr std::string_view count_subjects = "SELECT count(*) FROM journal_subject";
constexpr std::string_view body_of_entry = "SELECT body FROM journal WHERE pk = :pk";
constexpr std::string_view chain_of_entry =
    "SELECT pk, node, municipality, sequence, hash, signer, signature FROM journal_chain "
    "WHERE pk = :pk";

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

std::optional<Entry> readable(crypto::ByteView body) {
  try {
    return read_canonical(body);
  } catch (const Error&) {
    return std::nullopt;
  }
}

// An entry must say itself that it stands where it lies.
bool in_its_place(const Entry& entry, const StoredChain& chain, std::int64_t sequence) {
  return entry.node == chain.node && entry.municipality == chain.municipality &&
         entry.sequence == sequence;
}

std::set<Uuid> subjects_of(const Entry& entry) {
  return {entry.subjects.begin(), entry.subjects.end()};
}

// "Who has looked" is read from the list of subjects, so that list must say what the entries say.
bool subjects_are_listed(storage::Transaction& transaction, const Entry& entry, std::int64_t pk,
                         std::int64_t& listed) {
  for (const Uuid& subject : subjects_of(entry)) {
    const auto rows = transaction.query(count_subject)
                          .bind("subject", subject)
                          .bind("entry", pk)
                          .optional<std::int64_t>();
    if (rows != 1) return false;
    ++listed;
  }
  return true;
}

void bad_entry(JournalReport& report, JournalState state, const StoredChain& chain,
               std::int64_t sequence) {
  report.state = state;
  report.municipality = chain.municipality;
  report.sequence = sequence;
}

void verify_chain(storage::Transaction& transaction, const JournalKeys& keys,
                  const StoredChain& chain, JournalReport& report, std::int64_t& listed) {
  const auto bad = [&](JournalState state, std::int64_t sequence) {
    bad_entry(report, state, chain, sequence);
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
    const std::optional<Entry> entry = readable(body);
    if (!std::equal(hash.begin(), hash.end(), stored.begin(), stored.end()) || !entry ||
        !in_its_place(*entry, chain, sequence) ||
        !subjects_are_listed(transaction, *entry, chain.pk + sequence, listed)) {
      return bad(JournalState::altered, sequence);
    }
    ++report.entries;
  }
  if (sequence < chain.sequence) return bad(JournalState::shortened, sequence + 1);
  if (sequence > chain.sequence) return bad(JournalState::forged, chain.sequence + 1);
  if (!std::equal(hash.begin(), hash.end(), chain.hash.begin(), chain.hash.end()) ||
      !head_is_signed(chain, keys)) {
    return bad(JournalState::forged, chain.sequence);
  }
}

// Which entry somebody was added to, when more subjects are listed than the entries name.
void find_added_subject(storage::Transaction& transaction, JournalReport& report) {
  report.state = JournalState::altered;
  storage::Query rows = transaction.query(all_subjects);
  while (rows.next()) {
    const auto pk = rows.read<std::int64_t>("entry");
    const auto body = transaction.query(body_of_entry).bind("pk", pk).optional<crypto::Bytes>();
    const auto entry = body ? readable(*body) : std::nullopt;
    if (entry && subjects_of(*entry).contains(rows.read<Uuid>("subject"))) continue;
    const auto chain = transaction.query(chain_of_entry)
                           .bind("pk", pk & ~(chain_size - 1))
                           .optional<StoredChain>();
    if (chain) bad_entry(report, JournalState::altered, *chain, pk - chain->pk);
    return;
  }
}

}  // namespace

JournalReport verify_journal(storage::Transaction& transaction, const JournalKeys& keys) {
  JournalReport report;
  std::int64_t listed = 0;
  for (const StoredChain& chain : transaction.query(all_chains).all<StoredChain>()) {
    verify_chain(transaction, keys, chain, report, listed);
    if (report.state != JournalState::intact) return report;
  }
  // Entries that no chain's head knows were put in, or their head was taken out.
  const auto stored = transaction.query(count_entries).optional<std::int64_t>().value_or(0);
  if (stored != report.entries) {
    report.state = JournalState::forged;
    return report;
  }
  const auto rows = transaction.query(count_subjects).optional<std::int64_t>().value_or(0);
  if (rows != listed) find_added_subject(transaction, report);
  return report;
}

}  // namespace renraku::access
