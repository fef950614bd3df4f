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

constexpr std::string_view find_head =
    "SELECT sequence, hash FROM journal_chain WHERE node = :node AND municipality = :municipality";
// The person's key is asked of the protections' own rows: `person` is a server's to change.
constexpr std::string_view count_covered =
    "SELECT count(*) FROM protected_person o JOIN protected_person g ON g.by_person = o.person "
    "WHERE o.id = :person AND g.id <> :person";
constexpr std::string_view list_households =
    "SELECT o.id FROM protected_person g JOIN protected_person o "
    "ON o.person = g.by_person AND o.by_person = g.by_person "
    "WHERE g.id = :person AND o.id <> :person";
constexpr std::string_view find_patient = "SELECT id FROM patient WHERE person = :person";
constexpr std::string_view find_entry = "SELECT id FROM evacuee WHERE person_pk = :pk";
constexpr std::string_view list_rows =
    "SELECT row_id FROM open_row_person WHERE person_id = :person";
constexpr std::string_view find_municipality = "SELECT municipality FROM person WHERE id = :person";
constexpr std::string_view find_municipality_id = "SELECT id FROM municipality WHERE code = :code";
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

void need_nobody_covered(storage::Transaction& transaction, const Uuid& person) {
  const auto covered =
      transaction.query(count_covered).bind("person", person).optional<std::int64_t>();
  if (covered.value_or(0) == 0) return;
  throw Error(ErrorCode::conflict,
              "this person's protection covers others, who would be seen; protect them first",
              "protection");
}

// Others keep their protection; it covers this person no more.
void leave_households(access::Permit& permit, const Uuid& person) {
  const auto protectors =
      permit.transaction().query(list_households).bind("person", person).all<Id<Person>>();
  for (const Id<Person>& id : protectors) {
    const StoredPerson other = load_person(permit, id);
    Person changed = other.person;
    std::erase(changed.protection.value().household, person);
    changed = update_person(permit, other, std::move(changed));
    access::Changes changes;
    changes.changed("person", other.person, changed);
    permit.journal(changed.id, changes, true);
  }
}

/// What a person is known by in other nouns' tables.
struct Known {
  Uuid person;
  std::int64_t pk = 0;
  Uuid patient;
  Uuid entry;
};

void remove_trace(storage::Transaction& transaction, std::string_view removal, const Known& known,
                  const Uuid& row) {
  storage::Query query = transaction.query(removal);
  const auto bind = [&](std::string_view name, const auto& value) {
    if (query.takes(name)) query.bind(name, value);
  };
  bind("person", known.person);
  bind("pk", known.pk);
  bind("patient", known.patient);
  bind("entry", known.entry);
  bind("row", row);
  query.run();
}

void remove(access::Permit& permit, const StoredPerson& stored) {
  storage::Transaction& transaction = permit.transaction();
  const Uuid& person = stored.person.id;
  leave_households(permit, person);
  unindex_person(transaction, stored.pk);
  const Known known{
      person, stored.pk,
      transaction.query(find_patient).bind("person", person).optional<Uuid>().value_or(person),
      transaction.query(find_entry).bind("pk", stored.pk).optional<Uuid>().value_or(person)};
  const auto rows = transaction.query(list_rows).bind("person", person).all<Uuid>();
  for (const Traces& trace : traces) {
    if (!transaction.query(trace.removal).takes("row")) {
      remove_trace(transaction, trace.removal, known, {});
      continue;
    }
    for (const Uuid& row : rows) remove_trace(transaction, trace.removal, known, row);
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
  need_nobody_covered(permit.transaction(), id);
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
  storage::Transaction& transaction = permit.transaction();
  const auto code =
      transaction.query(find_municipality).bind("person", erasure.person).optional<std::string>();
  if (!code) return false;
  const auto id = transaction.query(find_municipality_id).bind("code", *code).optional<Uuid>();
  if (!id) return false;
  permit.enter({*code, *id});
  if (erasure.proof.empty()) prove(permit, erasure);
  remove(permit, load_person(permit, erasure.person));
  keep_proof(permit, erasure);
  permit.note("erased again: the old store had erased this person");
  return true;
}

}  // namespace renraku::domain
