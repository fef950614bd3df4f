#include "access/key_rotation.hpp"

#include "access/member_factors.hpp"
#include "access/moving.hpp"
#include "storage/row_key.hpp"

namespace renraku::access {
namespace {

/// So many go through in one transaction, for which other writers wait.
constexpr int step_size = 500;

struct StoredRotation {
  KeyNumber number = first_key;
  bool finished = false;
};
RENRAKU_DESCRIBE(StoredRotation, number, finished)

struct PersonsKey {
  std::int64_t person = 0;
  Uuid owner;
  KeyNumber number = first_key;
  KeyNumber under = first_key;
  crypto::Bytes wrapped;
};
RENRAKU_DESCRIBE(PersonsKey, person, owner, number, under, wrapped)

struct TotpSecrets {
  std::optional<crypto::Bytes> secret;
  std::optional<crypto::Bytes> pending;
};
RENRAKU_DESCRIBE(TotpSecrets, secret, pending)

constexpr std::string_view find_municipality = "SELECT id FROM municipality WHERE code = :code";
constexpr std::string_view find_rotation =
    "SELECT number, finished FROM key_rotation WHERE municipality = :municipality";
constexpr std::string_view finish =
    "UPDATE key_rotation SET finished = 1 WHERE municipality = :municipality";
constexpr std::string_view next_keys =
    "SELECT p.pk AS person, k.owner AS owner, k.number AS number, k.under AS under, "
    "k.wrapped AS wrapped FROM person p JOIN sealing_key k ON k.owner = p.id "
    "WHERE p.pk BETWEEN :first AND :last AND k.under < :in_use ORDER BY p.pk LIMIT :size";
constexpr std::string_view count_keys =
    "SELECT count(*) FROM person p JOIN sealing_key k ON k.owner = p.id "
    "WHERE p.pk BETWEEN :first AND :last AND k.under < :in_use";
constexpr std::string_view wrap_key =
    "UPDATE sealing_key SET under = :under, wrapped = :wrapped "
    "WHERE owner = :owner AND number = :number";
constexpr std::string_view next_factors =
    "SELECT t.member FROM totp t JOIN member m ON m.id = t.member "
    "WHERE m.municipality = :code AND t.member > :last ORDER BY t.member LIMIT :size";
constexpr std::string_view all_secrets =
    "SELECT t.secret AS secret, t.pending AS pending FROM totp t "
    "JOIN member m ON m.id = t.member WHERE m.municipality = :code";

/// A walk that another rotation overtook would take values over to keys that are old again, and
/// destroy what they are under.
void need_in_use(storage::Transaction& transaction, const RotationOf& of, KeyNumber number) {
  const auto stored =
      transaction.query(find_rotation).bind("municipality", of.id).optional<StoredRotation>();
  if (stored && stored->number == number) return;
  throw Error(ErrorCode::conflict, "somebody made these keys anew once more meanwhile",
              "municipality");
}

}  // namespace

RotationOf rotation_of(Permit& permit, const std::string& code) {
  if (code.empty()) return {};
  need_here(permit.transaction(), code, permit.now());
  const auto id = permit.transaction().query(find_municipality).bind("code", code).optional<Uuid>();
  if (id) return {code, *id};
  throw Error(ErrorCode::not_found, "the store has no municipality of this code", "municipality");
}

KeyRotation begin_rotation(Permit& permit, const RotationOf& of) {
  storage::Transaction& transaction = permit.transaction();
  const auto stored =
      transaction.query(find_rotation).bind("municipality", of.id).optional<StoredRotation>();
  if (stored && !stored->finished) return {of.code, stored->number, true};
  const KeyNumber number = SealingKeys(transaction, permit.journal_keys().sealer).rotate(of.id);
  if (auto* const rows = transaction.row_sealing()) static_cast<void>(rows->begin_key(of.code));
  return {of.code, number};
}

RotationWalk::RotationWalk(const JournalKeys& keys, RotationOf of, KeyRotation& done)
    : keys_(keys),
      of_(std::move(of)),
      done_(done),
      next_person_(storage::key_range(of_.code).first) {}

std::int64_t RotationWalk::left(storage::Transaction& transaction) const {
  const storage::KeyRange range = storage::key_range(of_.code);
  std::int64_t count = transaction.query(count_keys)
                           .bind("first", range.first)
                           .bind("last", range.last)
                           .bind("in_use", done_.number)
                           .optional<std::int64_t>()
                           .value_or(0);
  storage::Query secrets = transaction.query(all_secrets);
  secrets.bind("code", of_.code);
  while (secrets.next()) {
    const auto totp = secrets.read<TotpSecrets>();
    const auto is_older = [&](const std::optional<crypto::Bytes>& sealed) {
      return sealed && parted(*sealed).number != done_.number;
    };
    if (is_older(totp.secret) || is_older(totp.pending)) ++count;
  }
  if (auto* const rows = transaction.row_sealing()) count += rows->count_under_others(of_.code);
  return count;
}

std::int64_t RotationWalk::step(storage::Transaction& transaction) {
  need_in_use(transaction, of_, done_.number);
  const auto next = [&] {
    switch (part_) {
      case Part::people:
        return wrap_people_keys(transaction);
      case Part::factors:
        return seal_factors(transaction);
      case Part::rows:
        return seal_rows(transaction);
      case Part::end:
        break;
    }
    return std::int64_t{0};
  };
  while (part_ != Part::end) {
    const std::int64_t count = next();
    if (count > 0) return count;
    part_ = static_cast<Part>(static_cast<int>(part_) + 1);
  }
  return 0;
}

std::int64_t RotationWalk::wrap_people_keys(storage::Transaction& transaction) {
  const auto found = transaction.query(next_keys)
                         .bind("first", next_person_)
                         .bind("last", storage::key_range(of_.code).last)
                         .bind("in_use", done_.number)
                         .bind("size", step_size)
                         .all<PersonsKey>();
  if (found.empty()) return 0;
  SealingKeys keys(transaction, keys_.sealer);
  const crypto::Sealer& in_use = keys.in_use(of_.id, of_.id);
  for (const PersonsKey& each : found) {
    const crypto::Sealer* const before = keys.find(of_.id, of_.id, each.under);
    if (!before) {
      throw Error(ErrorCode::damaged, "an older key of a municipality is gone that is needed");
    }
    const crypto::Key key = before->unwrap(each.owner.bytes, each.wrapped);
    transaction.query(wrap_key)
        .bind("owner", each.owner)
        .bind("number", each.number)
        .bind("under", done_.number)
        .bind("wrapped", in_use.wrap(each.owner.bytes, key))
        .run();
  }
  next_person_ = found.back().person;
  const auto count = static_cast<std::int64_t>(found.size());
  done_.people_keys += count;
  return count;
}

std::int64_t RotationWalk::seal_factors(storage::Transaction& transaction) {
  const auto members = transaction.query(next_factors)
                           .bind("code", of_.code)
                           .bind("last", last_member_)
                           .bind("size", step_size)
                           .all<Uuid>();
  for (const Uuid& id : members) {
    Member member;
    member.id = Id<Member>(id);
    member.municipality = of_.code;
    if (MemberFactors(transaction, keys_.sealer, member).seal_totp_again()) ++done_.secrets;
  }
  if (!members.empty()) last_member_ = members.back();
  return static_cast<std::int64_t>(members.size());
}

std::int64_t RotationWalk::seal_rows(storage::Transaction& transaction) {
  auto* const rows = transaction.row_sealing();
  if (!rows) return 0;
  const std::int64_t count = rows->seal_again(of_.code, rows_, step_size);
  done_.rows += count;
  return count;
}

void finish_rotation(Permit& permit, const RotationOf& of, KeyNumber number) {
  storage::Transaction& transaction = permit.transaction();
  need_in_use(transaction, of, number);
  transaction.query(finish).bind("municipality", of.id).run();
  if (auto* const rows = transaction.row_sealing()) rows->drop_others(of.code);
}

}  // namespace renraku::access
