#include "access/journal/removals.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <set>

#include "access/journal/heads.hpp"
#include "crypto/base64.hpp"

namespace renraku::access {
namespace {

const std::string add_removal = storage::insert_sql<SignedRemoval>("witnessed_removal", {}) +
                                " ON CONFLICT (node, kind, id, municipality, signature) DO NOTHING";
const std::string all_removals = "SELECT " + storage::columns<SignedRemoval>() +
                                 " FROM witnessed_removal ORDER BY node, kind, id, municipality, "
                                 "signature";

/// Everything else that was taken away once is so for good: a store that says otherwise is an older
/// copy of itself.
bool can_come_back(RemovalKind kind) {
  return kind == RemovalKind::member_suspended;
}

/// Of the others only what is taken away is told.
bool is_told_while_there(RemovalKind kind) {
  return kind == RemovalKind::application_left || kind == RemovalKind::key_slot_removed ||
         kind == RemovalKind::store_key_replaced;
}

Removable removable(const SignedRemoval& removal) {
  return {removal.kind, removal.id, removal.municipality};
}

bool counts_instead(const SignedRemoval& next, const LastTold& last) {
  if (!can_come_back(next.kind)) return next.taken && !last.taken;
  // Of two lines of one moment the stricter one.
  return next.time != last.time ? next.time > last.time : next.taken;
}

// A clock that was set back must not make the newer line the older one.
Instant after(const LastTold& last, Instant now) {
  constexpr std::int64_t latest = std::numeric_limits<std::int64_t>::max();
  return {std::max(now.micros, std::min(last.time.micros, latest - 1) + 1)};
}

std::string removal_text(const SignedRemoval& removal) {
  return fmt::format("renraku removal 1\n{}\n{}\n{}\n{}\n{}\n{}\n", enum_name(removal.kind),
                     removal.id.text(), removal.municipality, removal.taken ? "taken" : "there",
                     removal.time.text(), removal.node.text());
}

crypto::PublicKey key_of(const StoredChain& chain) {
  crypto::PublicKey key{};
  if (chain.signer.size() == key.size()) std::ranges::copy(chain.signer, key.begin());
  return key;
}

/// Who may speak for a store.
class Signers {
 public:
  /// Those who signed the journal's chains, now or before.
  explicit Signers(storage::Transaction& transaction) {
    for (const StoredChain& chain : stored_chains(transaction)) {
      keys_.insert(key_of(chain));
      if (!chain.municipality.empty()) continue;
      for (const Succession& succession : successions(transaction, chain)) {
        keys_.insert({succession.before, succession.after});
      }
    }
  }
  void add(const crypto::PublicKey& key) { keys_.insert(key); }

  [[nodiscard]] bool have_signed(const SignedRemoval& removal) {
    for (const std::string& text : removal.successions) follow(Succession::read(text), removal);
    const auto signer = crypto::from_base64<crypto::PublicKey>(removal.signer);
    const auto signature = crypto::from_base64<crypto::Signature>(removal.signature);
    return signer && signature && keys_.contains(*signer) &&
           crypto::verify_signature(*signer, crypto::view_of(removal_text(removal)), *signature);
  }

 private:
  void follow(const std::optional<Succession>& succession, const SignedRemoval& removal) {
    if (!succession || keys_.contains(succession->after) || !keys_.contains(succession->before)) {
      return;
    }
    if (succession->is_signed(removal.node)) keys_.insert(succession->after);
  }

  std::set<crypto::PublicKey> keys_;
};

}  // namespace

Told last_told(const std::vector<SignedRemoval>& removals) {
  Told told;
  for (const SignedRemoval& removal : removals) {
    const auto [at, is_first] =
        told.try_emplace(removable(removal), LastTold{removal.taken, removal.time});
    if (!is_first && counts_instead(removal, at->second)) {
      at->second = {removal.taken, removal.time};
    }
  }
  return told;
}

std::vector<SignedRemoval> untold(const Told& told, const RemovalState& state, const Uuid& node,
                                  Instant now) {
  std::vector<SignedRemoval> out;
  const auto tell = [&](const Removable& what, bool taken, Instant time) {
    out.push_back({what.kind, what.id, what.municipality, taken, time, node, {}, {}, {}});
  };
  for (const auto& [what, taken] : state) {
    const auto last = told.find(what);
    if (last == told.end()) {
      tell(what, taken, now);
    } else if (taken && !last->second.taken) {
      tell(what, true, after(last->second, now));
    }
  }
  for (const auto& [what, last] : told) {
    if (state.contains(what)) continue;
    const bool is_gone = is_told_while_there(what.kind) && !last.taken;
    const bool is_back = can_come_back(what.kind) && last.taken;
    if (is_gone || is_back) tell(what, is_gone, after(last, now));
  }
  return out;
}

void sign_removal(SignedRemoval& removal, const HeadSigner& signer,
                  const std::vector<std::string>& successions) {
  removal.signer = crypto::base64(signer.public_key());
  removal.successions = successions;
  removal.signature = crypto::base64(signer.sign(crypto::view_of(removal_text(removal))));
}

Told take_word(storage::Transaction& transaction, const Uuid& node,
               const std::vector<SignedRemoval>& removals,
               const std::optional<crypto::PublicKey>& given) {
  std::set<Uuid> nodes{node};
  for (const StoredChain& chain : stored_chains(transaction)) nodes.insert(chain.node);
  Signers signers(transaction);
  if (given) signers.add(*given);
  std::vector<SignedRemoval> own;
  for (const SignedRemoval& removal : removals) {
    if (!nodes.contains(removal.node)) continue;
    if (!signers.have_signed(removal)) {
      throw Error(ErrorCode::damaged,
                  "the witness holds a removal that no signer of this store signed; take another "
                  "copy of it",
                  "witness");
    }
    own.push_back(removal);
  }
  return last_told(own);
}

void remember_removals(storage::Transaction& transaction,
                       const std::vector<SignedRemoval>& removals) {
  for (const SignedRemoval& removal : removals) {
    transaction.query(add_removal).bind_record(removal).run();
  }
}

std::vector<SignedRemoval> remembered_removals(storage::Transaction& transaction) {
  return transaction.query(all_removals).all<SignedRemoval>();
}

}  // namespace renraku::access
