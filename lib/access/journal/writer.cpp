#include "access/journal/writer.hpp"

#include <algorithm>

#include "storage/row_key.hpp"

namespace renraku::access {
namespace {

/// A municipality's journal keys are parted among the stores that wrote them: 10 bits for the
/// store, 36 for its entries.
constexpr int chain_shift = 36;

constexpr std::string_view find_chain =
    "SELECT pk, sequence, hash, time, signer FROM journal_chain "
    "WHERE node = :node AND municipality = :municipality";
constexpr std::string_view newest_chain =
    "SELECT max(pk) FROM journal_chain WHERE pk BETWEEN :first AND :last";
constexpr std::string_view add_chain =
    "INSERT INTO journal_chain (pk, node, municipality, sequence, hash, time, signer, signature) "
    "VALUES (:pk, :node, :municipality, 0, :hash, 0, :signer, :signature)";
constexpr std::string_view move_head =
    "UPDATE journal_chain SET sequence = :sequence, hash = :hash, time = :time, signer = :signer, "
    "signature = :signature WHERE pk = :pk";
constexpr std::string_view add_entry =
    "INSERT INTO journal (pk, body, hash) VALUES (:pk, :body, :hash)";
constexpr std::string_view add_subject =
    "INSERT INTO journal_subject (subject, entry) VALUES (:subject, :entry) "
    "ON CONFLICT (subject, entry) DO NOTHING";

ChainHead make_chain(storage::Transaction& transaction, const JournalKeys& keys,
                     const std::string& municipality) {
  const storage::KeyRange range = storage::key_range(municipality);
  const auto newest = transaction.query(newest_chain)
                          .bind("first", range.first)
                          .bind("last", range.last)
                          .optional<std::optional<std::int64_t>>()
                          .value_or(std::nullopt);
  ChainHead head;
  head.pk = newest ? *newest + (std::int64_t{1} << chain_shift) : range.first;
  head.hash = crypto::Bytes(crypto::Digest{}.size());
  const crypto::PublicKey signer = keys.signer.public_key();
  head.signer.assign(signer.begin(), signer.end());
  const crypto::Signature signature =
      keys.signer.sign(signed_head(keys.node, municipality, 0, head.hash));
  transaction.query(add_chain)
      .bind("pk", head.pk)
      .bind("node", keys.node)
      .bind("municipality", municipality)
      .bind("hash", head.hash)
      .bind("signer", head.signer)
      .bind("signature", crypto::ByteView(signature))
      .run();
  return head;
}

}  // namespace

crypto::Bytes signed_head(const Uuid& node, std::string_view municipality, std::int64_t sequence,
                          std::string_view hash_in_hex) {
  const std::string text = "renraku journal head 1\n" + node.text() + "\n" +
                           std::string(municipality) + "\n" + std::to_string(sequence) + "\n" +
                           std::string(hash_in_hex) + "\n";
  return {text.begin(), text.end()};
}

crypto::Bytes sealing_place(const Uuid& node, std::string_view municipality,
                            const std::vector<ChangedRecord>& records) {
  crypto::Packer place;
  place.fixed(node.bytes).short_text(municipality);
  write_canonical(place, records);
  return std::move(place).bytes();
}

SealedChanges NewPersonSealer::seal(const Uuid& person, const Changes& changes) const {
  NewSealingKey key = new_sealing_key(person, *wrapping_);
  crypto::Bytes sealed = key.sealer.seal(sealing_place(node_, municipality_, changes.records()),
                                         crypto::view_of(changes.json()));
  return {changes.records(), person, numbered(number_, std::move(sealed)), std::move(key.wrapped),
          number_};
}

JournalWriter::JournalWriter(storage::Transaction& transaction, const JournalKeys& keys,
                             std::string municipality)
    : transaction_(transaction),
      keys_(keys),
      municipality_(std::move(municipality)),
      sealing_(transaction, keys.sealer) {
  const auto found = transaction_.query(find_chain)
                         .bind("node", keys_.node)
                         .bind("municipality", municipality_)
                         .optional<ChainHead>();
  head_ = found ? *found : make_chain(transaction_, keys_, municipality_);
  const storage::KeyRange range = storage::key_range(municipality_);
  if (head_.pk < range.first || head_.pk > range.last) {
    throw Error(
        ErrorCode::damaged,
        "the journal's head leads to another municipality's; nothing is written; run a check",
        std::string(storage::access_field));
  }
  if (head_.hash.size() != hash_.size()) {
    throw Error(ErrorCode::damaged, "the journal's head is damaged; run a check");
  }
  if (!std::ranges::equal(head_.signer, keys_.signer.public_key())) {
    throw Error(ErrorCode::damaged,
                "another signer signed the journal's head; open the store anew with that one, or "
                "run a check");
  }
  std::copy(head_.hash.begin(), head_.hash.end(), hash_.begin());
}

SealedChanges JournalWriter::seal(const Changes& changes, const Uuid& owner,
                                  const Uuid& municipality_id) {
  if (changes.empty()) return {};
  return {changes.records(),
          owner,
          sealing_.seal(owner, municipality_id,
                        sealing_place(keys_.node, municipality_, changes.records()),
                        crypto::view_of(changes.json())),
          {},
          first_key};
}

NewPersonSealer JournalWriter::new_person_sealer(const Uuid& municipality_id) {
  return {keys_.node, municipality_, sealing_.in_use(municipality_id, municipality_id),
          sealing_.number_in_use(municipality_id)};
}

void JournalWriter::append(Entry entry, const SealedChanges& changes, Instant now) {
  head_.sequence += 1;
  head_.time.micros = std::max(now.micros, head_.time.micros + 1);
  entry.node = keys_.node;
  entry.municipality = municipality_;
  entry.sequence = head_.sequence;
  entry.time = head_.time;
  entry.acted = now;
  entry.changes = changes.records;
  entry.sealed_for = changes.owner;
  entry.sealed = changes.sealed;
  if (!changes.new_key.empty()) sealing_.add(changes.owner, changes.number, changes.new_key);
  body_.clear();
  write_canonical(body_, entry);
  hash_ = chain_hash(hash_, body_.bytes());
  const std::int64_t pk = head_.pk + head_.sequence;
  transaction_.query(add_entry)
      .bind("pk", pk)
      .bind("body", body_.bytes())
      .bind("hash", crypto::ByteView(hash_))
      .run();
  for (const Uuid& subject : entry.subjects) {
    transaction_.query(add_subject).bind("subject", subject).bind("entry", pk).run();
  }
}

void JournalWriter::finish() {
  const crypto::Signature signature =
      keys_.signer.sign(signed_head(keys_.node, municipality_, head_.sequence, hash_));
  transaction_.query(move_head)
      .bind("pk", head_.pk)
      .bind("sequence", head_.sequence)
      .bind("hash", crypto::ByteView(hash_))
      .bind("time", head_.time)
      .bind("signer", head_.signer)
      .bind("signature", crypto::ByteView(signature))
      .run();
}

}  // namespace renraku::access
