// Municipalities on their way from one store to another: where each of the two stands, so that at
// no moment somebody works in both.
#pragma once

#include <chrono>
#include <optional>
#include <renraku/describe.hpp>
#include <renraku/id.hpp>
#include <renraku/time.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "access/permit.hpp"
#include "crypto/seal.hpp"
#include "storage/carrying.hpp"
#include "storage/database.hpp"
#include "storage/row_key.hpp"

namespace renraku::access {

enum class MoveState {
  leaving,   ///< its members wait here while the rest is carried, until the time in the row
  moved,     ///< it is another store's, and here only what it was
  arriving,  ///< it is on its way here and not complete
};
RENRAKU_DESCRIBE_ENUM(MoveState, leaving, moved, arriving)

/// Of a municipality that is neither on its way nor gone there is none.
struct Move {
  std::string code;
  MoveState state{};
  /// The store that it goes to or comes from.
  Uuid store;
  /// Whoever carries it makes one up: of two that carry the same the later one goes on.
  Uuid carrier;
  /// Of one that is leaving: whoever carries it moves this on, so that its members wait no longer
  /// than a minute when that process is gone.
  Instant until;
};
RENRAKU_DESCRIBE(Move, code, state, store, carrier, until)

inline constexpr std::chrono::seconds leaving_lease{60};
[[nodiscard]] inline Instant leaving_until(Instant now) {
  return {now.micros + std::chrono::microseconds(leaving_lease).count()};
}

[[nodiscard]] std::optional<Move> find_move(storage::Transaction& transaction,
                                            std::string_view municipality);
/// In place of the one before.
void put_move(storage::Transaction& transaction, const Move& move);
void drop_move(storage::Transaction& transaction, std::string_view municipality);
/// That it still stands so, and is carried by the same. Error{busy} (field "moving").
void need_move(storage::Transaction& transaction, const Move& move);
/// Moves the time on of one that is leaving. Error{busy} (field "moving") when it was over, for
/// somebody may have worked, and as need_move.
void keep_leaving(storage::Transaction& transaction, const Move& move, Instant now);
/// Whether its keys are being made anew.
[[nodiscard]] bool is_rotating(storage::Transaction& transaction, const Uuid& municipality);
[[nodiscard]] std::vector<std::string> arriving_municipalities(storage::Transaction& transaction);

/// That its members may work here. Error{busy}: field "moving" while it is on its way, "moved" when
/// it is gone.
void need_here(storage::Transaction& transaction, std::string_view municipality, Instant now);
/// Sessions are not carried: of one that comes back, none may stand of the time before.
void end_sessions_at(storage::Transaction& transaction, std::string_view municipality);

/// Ends that it is another store's. Error{not_found}, and Error{conflict} where it was not moved
/// out of this one (field "municipality").
void take_back(Permit& permit, const std::string& municipality);

/// The keys of a municipality that its store's key wraps: its own, and those of its journal's
/// archives. All others it has are under these and are carried as they lie.
struct StoreWrapped {
  storage::Database& database;
  /// The store's.
  const crypto::Sealer& wrapping;
};
[[nodiscard]] storage::CarriedCount compare_keys(const StoreWrapped& one, const StoreWrapped& other,
                                                 const Uuid& municipality,
                                                 const storage::KeyRange& chains);
/// Wraps them anew for the other store, as far as they are not there yet. What comes back is how it
/// was before.
storage::CarriedCount carry_keys(const StoreWrapped& from, const StoreWrapped& to,
                                 const Uuid& municipality, const storage::KeyRange& chains,
                                 const storage::Guard& guard);

inline constexpr std::string_view moving_schema_1 = R"sql(
CREATE TABLE municipality_move (
  code TEXT PRIMARY KEY,
  state TEXT NOT NULL,
  store @bytes NOT NULL,
  carrier @bytes NOT NULL,
  until BIGINT NOT NULL
) @vouched @clustered;
)sql";

}  // namespace renraku::access
