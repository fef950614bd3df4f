#include "domain/erasure/erasure.hpp"

#include <fmt/format.h>

#include <string>

#include "crypto/base64.hpp"
#include "domain/backups/backups.hpp"
#include "domain/people/people.hpp"

namespace renraku::domain {
namespace {

/// A chain as the proof names it.
struct Head {
  std::int64_t sequence = 0;
  crypto::Bytes hash;
};
RENRAKU_DESCRIBE(Head, sequence, hash)

struct Place {
  Uuid id;
  std::string code;
};
RENRAKU_DESCRIBE(Place, id, code)

constexpr std::string_view find_head =
    "SELECT sequence, hash FROM journal_chain WHERE node = :node AND municipality = :municipality";
constexpr std::string_view count_covered =
    "SELECT count(*) FROM protected_person WHERE by_person = :pk AND person <> :pk";
constexpr std::string_view list_households =
    "SELECT p.id FROM protected_person g JOIN person p ON p.pk = g.by_person "
    "WHERE g.person = :pk AND g.by_person <> :pk";
constexpr std::string_view find_municipality =
    "SELECT m.id AS id, m.code AS code FROM person p JOIN municipality m "
    "ON m.code = p.municipality WHERE p.id = :person";
constexpr std::array<std::string_view, 1> beside{"municipality"};
const std::string insert_erasure =
    storage::insert_sql<Erasure>("erased_person", beside) + " ON CONFLICT (person) DO NOTHING";
const std::string all_erasures =
    "SELECT " + storage::columns<Erasure>() + " FROM erased_person ORDER BY at, person";
const std::string find_erasure = "SELECT " + storage::columns<Erasure>() +
                                 " FROM erased_person WHERE person = :person "
                                 "AND municipality = :municipality";

std::string proof_of(access::Permit& permit, const Erasure& erasure) {
  const Head head = permit.transaction()
                        .query(find_head)
                        .bind("node", permit.journal_keys().node)
                        .bind("municipality", permit.scope().municipality)
                        .optional<Head>()
                        .value_or(Head{});
  std::string proof = fmt::format(
      "renraku erasure 1\nstore {}\nmunicipality {}\nperson {}\nat {}\nby {}\nreason {}\n"
      "after entry {} {}\n",
      permit.journal_keys().node.text(), permit.scope().municipality, erasure.person.text(),
      erasure.at.text(), erasure.erased_by.text(), enum_name(erasure.reason), head.sequence,
      crypto::hex(head.hash));
  for (const KeptBackup& backup : kept_backups(permit.transaction())) {
    proof += fmt::format("backup {} until {}\n", backup.file,
                         backup.keep_until ? backup.keep_until->text() : "it is removed");
  }
  return proof;
}

void prove(access::Permit& permit, Erasure& erasure) {
  erasure.proof = proof_of(permit, erasure);
  const access::HeadSigner& signer = permit.journal_keys().signer;
  erasure.signer = crypto::base64(signer.public_key());
  erasure.signature = crypto::base64(signer.sign(crypto::view_of(erasure.proof)));
}

void need_nobody_covered(storage::Transaction& transaction, std::int64_t pk) {
  const auto covered = transaction.query(count_covered).bind("pk", pk).optional<std::int64_t>();
  if (covered.value_or(0) == 0) return;
  throw Error(ErrorCode::conflict,
              "this person's protection covers others, who would be seen; protect them first",
              "protection");
}

// Others keep their protection; it covers this person no more.
void leave_households(access::Permit& permit, std::int64_t pk, const Uuid& person) {
  for (const Uuid& id : permit.transaction().query(list_households).bind("pk", pk).all<Uuid>()) {
    const StoredPerson other = load_person(permit, Id<Person>(id));
    Person changed = other.person;
    std::erase(changed.protection.value().household, person);
    changed = update_person(permit, other, std::move(changed));
    access::Changes changes;
    changes.changed("person", other.person, changed);
    permit.journal(changed.id, changes, true);
  }
}

void remove(access::Permit& permit, const StoredPerson& stored) {
  storage::Transaction& transaction = permit.transaction();
  leave_households(permit, stored.pk, stored.person.id);
  unindex_person(transaction, stored.pk);
  for (const Traces& trace : traces) {
    transaction.query(trace.removal).bind("person", stored.person.id).run();
  }
}

void keep_proof(access::Permit& permit, const Erasure& erasure) {
  permit.transaction()
      .query(insert_erasure)
      .bind_record(erasure)
      .bind("municipality", permit.scope().municipality)
      .run();
  permit.saw(erasure.person);
}

}  // namespace

Erasure erase_person(access::Permit& permit, const Id<Person>& id, ErasureReason reason) {
  const StoredPerson stored = load_person(permit, id);
  if (stored.hidden) permit.require(access::Action::protection_change);
  need_nobody_covered(permit.transaction(), stored.pk);
  Erasure erasure{id, permit.now(), permit.actor().member, reason, {}, {}, {}};
  prove(permit, erasure);
  remove(permit, stored);
  keep_proof(permit, erasure);
  permit.note(fmt::format("reason={}", enum_name(reason)));
  return erasure;
}

Erasure view_erasure(access::Permit& permit, const Id<Person>& id) {
  permit.saw(id);
  auto found = permit.transaction()
                   .query(find_erasure)
                   .bind("person", id)
                   .bind("municipality", permit.scope().municipality)
                   .optional<Erasure>();
  if (found) return *std::move(found);
  throw Error(ErrorCode::not_found, "nobody of this id was erased in this municipality", "person");
}

std::vector<Erasure> list_erasures(storage::Transaction& transaction) {
  return transaction.query(all_erasures).all<Erasure>();
}

bool erase_again(access::Permit& permit, Erasure erasure) {
  const auto place = permit.transaction()
                         .query(find_municipality)
                         .bind("person", erasure.person)
                         .optional<Place>();
  if (!place) return false;
  permit.enter({place->code, place->id});
  if (erasure.proof.empty()) prove(permit, erasure);
  remove(permit, load_person(permit, erasure.person));
  keep_proof(permit, erasure);
  permit.note("erased again: the old store had erased this person");
  return true;
}

}  // namespace renraku::domain
