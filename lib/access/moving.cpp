#include "access/moving.hpp"

#include <fmt/format.h>

#include <map>

#include "access/sealing_keys.hpp"

namespace renraku::access {
namespace {

const std::string find_one =
    "SELECT " + storage::columns<Move>() + " FROM municipality_move WHERE code = :code";
constexpr std::string_view put_one =
    "INSERT INTO municipality_move (code, state, store, carrier, until) "
    "VALUES (:code, :state, :store, :carrier, :until) ON CONFLICT (code) DO UPDATE SET "
    "state = excluded.state, store = excluded.store, carrier = excluded.carrier, "
    "until = excluded.until";
constexpr std::string_view drop_one = "DELETE FROM municipality_move WHERE code = :code";
constexpr std::string_view move_on =
    "UPDATE municipality_move SET until = :until WHERE code = :code";
constexpr std::string_view find_municipality = "SELECT id FROM municipality WHERE code = :code";
constexpr std::string_view find_rotation =
    "SELECT finished FROM key_rotation WHERE municipality = :municipality";
constexpr std::string_view all_arriving =
    "SELECT code FROM municipality_move WHERE state = 'arriving' ORDER BY code";
constexpr std::string_view end_sessions = "DELETE FROM login_session WHERE municipality = :code";
constexpr std::string_view keys_under_the_store =
    "SELECT owner, number, under, wrapped FROM sealing_key WHERE owner = :municipality "
    "OR owner IN (SELECT id FROM journal_segment WHERE chain BETWEEN :first AND :last)";
constexpr std::string_view add_key =
    "INSERT INTO sealing_key (owner, number, under, wrapped) "
    "VALUES (:owner, :number, :under, :wrapped)";
constexpr std::string_view drop_key =
    "DELETE FROM sealing_key WHERE owner = :owner AND number = :number";

struct WrappedKey {
  Uuid owner;
  KeyNumber number = first_key;
  KeyNumber under = first_key;
  crypto::Bytes wrapped;
};
RENRAKU_DESCRIBE(WrappedKey, owner, number, under, wrapped)

struct OpenedKey {
  KeyNumber under = first_key;
  crypto::Key key;

  [[nodiscard]] bool is_same(const OpenedKey& other) const {
    return under == other.under && crypto::same_bytes(key.bytes(), other.key.bytes());
  }
};
using OpenedKeys = std::map<std::pair<Uuid, KeyNumber>, OpenedKey>;

OpenedKeys open_keys(storage::Transaction& transaction, const crypto::Sealer& wrapping,
                     const Uuid& municipality, const storage::KeyRange& chains) {
  OpenedKeys opened;
  for (const WrappedKey& each : transaction.query(keys_under_the_store)
                                    .bind("municipality", municipality)
                                    .bind("first", chains.first)
                                    .bind("last", chains.last)
                                    .all<WrappedKey>()) {
    opened.emplace(std::pair{each.owner, each.number},
                   OpenedKey{each.under, wrapping.unwrap(each.owner.bytes, each.wrapped)});
  }
  return opened;
}

/// `differs` is told the place of each difference, and the key that belongs there.
template <class Differs>
storage::CarriedCount walk(const OpenedKeys& one, const OpenedKeys& other, Differs&& differs) {
  storage::CarriedCount counted;
  for (const auto& [place, key] : one) {
    ++counted.rows;
    const auto beside = other.find(place);
    if (beside != other.end() && key.is_same(beside->second)) continue;
    ++(beside == other.end() ? counted.missing : counted.different);
    differs(place, &key);
  }
  for (const auto& [place, key] : other) {
    if (one.contains(place)) continue;
    ++counted.surplus;
    differs(place, nullptr);
  }
  return counted;
}

}  // namespace

std::optional<Move> find_move(storage::Transaction& transaction, std::string_view municipality) {
  return transaction.query(find_one).bind("code", municipality).optional<Move>();
}

void put_move(storage::Transaction& transaction, const Move& move) {
  transaction.query(put_one).bind_record(move).run();
}

void drop_move(storage::Transaction& transaction, std::string_view municipality) {
  transaction.query(drop_one).bind("code", municipality).run();
}

void need_move(storage::Transaction& transaction, const Move& move) {
  const auto found = find_move(transaction, move.code);
  if (found && found->state == move.state && found->carrier == move.carrier) return;
  throw Error(ErrorCode::busy, "another process goes on with carrying this municipality", "moving");
}

void keep_leaving(storage::Transaction& transaction, const Move& move, Instant now) {
  need_move(transaction, move);
  if (find_move(transaction, move.code)->until <= now) {
    throw Error(ErrorCode::busy,
                "the municipality was let go on meanwhile, for too long nothing was heard of it "
                "being carried; begin again",
                "moving");
  }
  transaction.query(move_on).bind("code", move.code).bind("until", leaving_until(now)).run();
}

bool is_rotating(storage::Transaction& transaction, const Uuid& municipality) {
  return transaction.query(find_rotation)
             .bind("municipality", municipality)
             .optional<std::int64_t>() == 0;
}

std::vector<std::string> arriving_municipalities(storage::Transaction& transaction) {
  return transaction.query(all_arriving).all<std::string>();
}

void need_here(storage::Transaction& transaction, std::string_view municipality, Instant now) {
  if (municipality.empty()) return;
  const auto move = find_move(transaction, municipality);
  if (!move || (move->state == MoveState::leaving && move->until <= now)) return;
  if (move->state == MoveState::moved) {
    throw Error(ErrorCode::busy,
                "the municipality was moved to another store; open that one, or ask the directory",
                "moved");
  }
  throw Error(ErrorCode::busy,
              "the municipality is on its way from one store to another; try again soon", "moving");
}

void end_sessions_at(storage::Transaction& transaction, std::string_view municipality) {
  transaction.query(end_sessions).bind("code", municipality).run();
}

void take_back(Permit& permit, const std::string& municipality) {
  storage::Transaction& transaction = permit.transaction();
  const auto id = transaction.query(find_municipality).bind("code", municipality).optional<Uuid>();
  if (!id) {
    throw Error(ErrorCode::not_found, "the store has no municipality of this code", "municipality");
  }
  const auto move = find_move(transaction, municipality);
  if (!move || move->state != MoveState::moved) {
    throw Error(ErrorCode::conflict, "the municipality was not moved out of this store",
                "municipality");
  }
  drop_move(transaction, municipality);
  end_sessions_at(transaction, municipality);
  permit.enter({municipality, *id});
  permit.note(fmt::format("taken back from store {}", move->store.text()));
}

storage::CarriedCount compare_keys(const StoreWrapped& one, const StoreWrapped& other,
                                   const Uuid& municipality, const storage::KeyRange& chains) {
  storage::Transaction here = one.database.read();
  storage::Transaction there = other.database.read();
  return walk(open_keys(here, one.wrapping, municipality, chains),
              open_keys(there, other.wrapping, municipality, chains), [](const auto&, auto) {});
}

storage::CarriedCount carry_keys(const StoreWrapped& from, const StoreWrapped& to,
                                 const Uuid& municipality, const storage::KeyRange& chains,
                                 const storage::Guard& guard) {
  storage::Transaction here = from.database.read();
  storage::Transaction there = to.database.write();
  guard(there);
  const storage::CarriedCount counted =
      walk(open_keys(here, from.wrapping, municipality, chains),
           open_keys(there, to.wrapping, municipality, chains),
           [&](const auto& place, const OpenedKey* key) {
             const auto& [owner, number] = place;
             there.query(drop_key).bind("owner", owner).bind("number", number).run();
             if (!key) return;
             there.query(add_key)
                 .bind("owner", owner)
                 .bind("number", number)
                 .bind("under", key->under)
                 .bind("wrapped", to.wrapping.wrap(owner.bytes, key->key))
                 .run();
           });
  if (!counted.is_same()) there.commit();
  return counted;
}

}  // namespace renraku::access
