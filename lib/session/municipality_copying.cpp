// One municipality carried from one store into another.
//
// Each store has a mark of where the municipality stands (access/moving.hpp). The order of what is
// committed sees to it that at no moment both let its members work: the receiving store marks it
// `arriving`, the giving one `leaving` and then `moved`, and only then the mark of the receiving
// one goes.
#include <algorithm>
#include <renraku/moving.hpp>
#include <utility>

#include "access/journal/segment.hpp"
#include "access/journal/verify.hpp"
#include "access/moving.hpp"
#include "base/uuid.hpp"
#include "domain/carrying/carrying.hpp"
#include "domain/municipalities/municipalities.hpp"
#include "session/home_keys.hpp"
#include "session/schema.hpp"
#include "session/store_state.hpp"
#include "session/walks.hpp"

namespace renraku {
namespace {

using access::Action;
using access::Move;
using access::MoveState;
using session::Walks;

constexpr std::string_view find_municipality = "SELECT id FROM municipality WHERE code = :code";

/// One of the two stores; opened as for any other use.
class House {
 public:
  House(const std::string& address, const Secret& secret, const StoreOptions& options)
      : store_(Store::open(address, secret, options)),
        state_(StoreAccess::shared(store_)),
        id_(session::read_keys(state_->folder()).header.store_id) {}

  [[nodiscard]] Store& store() { return store_; }
  [[nodiscard]] StoreState& state() { return *state_; }
  [[nodiscard]] storage::Database& database() { return state_->database(); }
  [[nodiscard]] const Uuid& id() const { return id_; }
  [[nodiscard]] const Uuid& node() const { return state_->journal_keys().node; }
  [[nodiscard]] Instant now() const { return state_->gate().clock(); }
  [[nodiscard]] access::StoreWrapped keys() { return {database(), state_->journal_keys().sealer}; }
  template <class Work>
  void act(Work&& work) {
    state_->act({}, Action::store_copy, {}, std::forward<Work>(work));
  }
  template <class Work>
  auto read(Work&& work) {
    storage::Transaction transaction = database().read();
    return work(transaction);
  }
  [[nodiscard]] std::vector<access::StoredChain> chains_of(const std::string& code) {
    auto chains = read(access::stored_chains);
    std::erase_if(chains, [&](const auto& chain) { return chain.municipality != code; });
    return chains;
  }

 private:
  Store store_;
  std::shared_ptr<StoreState> state_;
  Uuid id_;
};

Error not_here(const char* why) {
  return {ErrorCode::conflict, why, "municipality"};
}

class Carrying {
 public:
  Carrying(House& from, House& to, std::string code, const Progress& progress)
      : from_(from), to_(to), tell_(session::telling(progress)) {
    of_.code = std::move(code);
    of_.now = from_.now();
    carrier_ = base::make_uuid(of_.now);
  }

  CopyReport run() {
    look_at_source();
    if (!is_moved_) prove_source();
    begin_arrival();
    const storage::Guard guard = [this](storage::Transaction& to) {
      access::need_move(to, arriving());
    };
    Walks walks(
        from_.database(), to_.database(), domain::carried_tables(session::migrations(), of_),
        [this](std::int64_t done, std::int64_t in_all) { tell(done, in_all); }, guard);
    if (!is_moved_) {
      // While everybody goes on working.
      walks.expect(walks.tables());
      static_cast<void>(walks.carry(walks.tables(), report_));
      leave(walks, guard);
    }
    carry_rest(walks, guard);
    sign_for_chains();
    end_arrival();
    report_.node = to_.node();
    report_.archives = archives();
    report_.journal = to_.store().verify_journal();
    return report_;
  }

 private:
  [[nodiscard]] Move mark(MoveState state, const House& other) const {
    return {of_.code, state, other.id(), carrier_, {}};
  }
  [[nodiscard]] Move arriving() const { return mark(MoveState::arriving, from_); }
  [[nodiscard]] Move leaving() const { return mark(MoveState::leaving, to_); }

  void tell(std::int64_t done, std::int64_t in_all) {
    if (is_leaving_ && from_.now().micros > renewed_.micros + renew_after_micros) renew();
    tell_(done, in_all);
  }
  void renew() {
    const Instant now = from_.now();
    storage::Transaction transaction = from_.database().write();
    access::keep_leaving(transaction, leaving(), now);
    transaction.commit();
    renewed_ = now;
  }

  /// Where the municipality stands in the store it is in.
  void look_at_source() {
    const auto [id, move, rotating] = from_.read([&](storage::Transaction& reader) {
      const auto found = reader.query(find_municipality).bind("code", of_.code).optional<Uuid>();
      return std::tuple{found, access::find_move(reader, of_.code),
                        found && access::is_rotating(reader, *found)};
    });
    if (!id) {
      throw Error(ErrorCode::not_found, "the store has no municipality of this code",
                  "municipality");
    }
    of_.id = *id;
    if (move && move->state == MoveState::arriving) {
      throw not_here("the municipality is on its way into this store and not complete");
    }
    if (move && move->store != to_.id()) {
      throw not_here("the municipality is on its way to another store, or was moved there");
    }
    is_moved_ = move && move->state == MoveState::moved;
    if (rotating) throw_rotating();
  }

  [[noreturn]] static void throw_rotating() {
    throw Error(ErrorCode::busy,
                "the keys of the municipality are being made anew; finish that first", "rotation");
  }

  [[noreturn]] static void throw_overtaken() {
    throw Error(ErrorCode::busy, "another process went on with carrying this municipality",
                "moving");
  }

  // The other store is going to sign for what it gets.
  void prove_source() {
    if (from_.store().verify_journal().state == JournalState::intact) return;
    throw Error(ErrorCode::damaged,
                "the journal of the store does not prove; run a check before anything is moved",
                "journal");
  }

  void begin_arrival() {
    // Without a mark there is no room for it at all.
    const bool was_there = to_.read([&](storage::Transaction& reader) {
      return access::find_move(reader, of_.code).has_value();
    });
    for (const access::StoredChain& chain : to_.chains_of(of_.code)) {
      if (was_there && chain.node == to_.node()) spare(chain);
    }
    to_.act([&](access::Permit& permit) {
      storage::Transaction& to = permit.transaction();
      need_room(to);
      access::put_move(to, arriving());
      access::end_sessions_at(to, of_.code);
      permit.note(fmt::format("begun: {} from store {}", of_.code, from_.id().text()));
    });
  }

  /// The chain that the receiving store wrote when the municipality was there before: the giving
  /// one has it up to where it left.
  void spare(const access::StoredChain& own) {
    of_.spared = own.keys();
    for (const access::StoredChain& chain : from_.chains_of(of_.code)) {
      if (chain.node != own.node || chain.pk != own.pk) continue;
      const auto hash = to_.read([&](storage::Transaction& reader) {
        return access::hash_at(reader, own, chain.sequence);
      });
      if (hash == chain.hash) return;
    }
    throw not_here("the receiving store knows of the municipality what this one does not");
  }

  void need_room(storage::Transaction& to) const {
    const auto move = access::find_move(to, of_.code);
    const bool goes_on = move && move->state == MoveState::arriving && move->store == from_.id();
    if (goes_on) return;
    if (move && move->state == MoveState::leaving) {
      throw Error(ErrorCode::busy, "the receiving store is giving the municipality away", "moving");
    }
    // What was moved already and arrived may have been worked with.
    const bool comes_back = move && move->state == MoveState::moved && !is_moved_;
    if (comes_back) return;
    const bool is_there =
        to.query(find_municipality).bind("code", of_.code).optional<Uuid>().has_value() ||
        std::ranges::any_of(access::stored_chains(to),
                            [&](const auto& chain) { return chain.municipality == of_.code; });
    if (move || is_there || is_moved_) {
      throw Error(ErrorCode::exists, "the receiving store has this municipality already",
                  "municipality");
    }
  }

  /// From here on its members wait, until it is moved or the work fails.
  void leave(Walks& walks, const storage::Guard& guard) {
    from_.act([&](access::Permit& permit) {
      storage::Transaction& from = permit.transaction();
      const auto found = access::find_move(from, of_.code);
      if (found && found->state != MoveState::leaving) throw_overtaken();
      if (access::is_rotating(from, of_.id)) throw_rotating();
      Move move = leaving();
      move.until = access::leaving_until(permit.now());
      access::put_move(from, move);
      permit.note(fmt::format("{} leaves for store {}", of_.code, to_.id().text()));
    });
    renewed_ = from_.now();
    is_leaving_ = true;
    try {
      // What members read until now, in whatever process, is told in the chain that is carried.
      from_.state().flush();
      carry_rest(walks, guard);
      renew();
      need_proof();
      say_moved();
    } catch (...) {
      stay();
      throw;
    }
    is_leaving_ = false;
  }

  void stay() noexcept {
    is_leaving_ = false;
    try {
      from_.act([&](access::Permit& permit) {
        access::need_move(permit.transaction(), leaving());
        access::drop_move(permit.transaction(), of_.code);
        permit.note(fmt::format("{} stays", of_.code));
      });
    } catch (const std::exception&) {
      // Then it is let go on when its time is over.
    }
  }

  void say_moved() {
    from_.state().flush();
    from_.act([&](access::Permit& permit) {
      access::keep_leaving(permit.transaction(), leaving(), permit.now());
      access::put_move(permit.transaction(), mark(MoveState::moved, to_));
      // The last entry of its chain here.
      permit.enter({of_.code, of_.id});
      permit.note(fmt::format("moved to store {}, node {}", to_.id().text(), to_.node().text()));
      report_.at = permit.now();
    });
    is_moved_ = true;
  }

  void carry_rest(Walks& walks, const storage::Guard& guard) {
    const storage::KeyRange range = storage::key_range(of_.code);
    walks.carry_rest(is_moved_ && is_read_back_ ? last_of(walks) : walks.tables(), report_);
    const storage::CarriedCount keys =
        access::carry_keys(from_.keys(), to_.keys(), of_.id, range, guard);
    report_.written += keys.missing + keys.different;
    if (!std::exchange(is_read_back_, true)) rows_ = report_.rows + keys.rows;
    report_.rows = rows_;
  }
  /// What saying that it moved, and what was still being read then, may have added.
  [[nodiscard]] static Walks::Tables last_of(const Walks& walks) {
    Walks::Tables all = walks.tables();
    std::erase_if(all, [](const auto* each) { return !each->name().starts_with("journal"); });
    return all;
  }

  [[nodiscard]] std::vector<access::TakenChain> taken() {
    std::vector<access::TakenChain> all;
    for (const access::StoredChain& chain : to_.chains_of(of_.code)) {
      if (chain.node != to_.node()) all.push_back(access::TakenChain::of(chain));
    }
    return all;
  }
  void need_proof() {
    const auto chains = taken();
    const JournalReport report = to_.read([&](storage::Transaction& reader) {
      return access::verify_taken(reader, to_.state().journal_keys(), chains);
    });
    if (report.state == JournalState::intact) return;
    throw Error(ErrorCode::damaged, "the journal of the municipality does not prove where it came",
                "journal");
  }

  void sign_for_chains() {
    for (const access::TakenChain& chain : taken()) {
      to_.act([&](access::Permit& permit) {
        access::need_move(permit.transaction(), arriving());
        permit.note(chain.text());
      });
    }
  }

  void end_arrival() {
    to_.act([&](access::Permit& permit) {
      access::need_move(permit.transaction(), arriving());
      access::drop_move(permit.transaction(), of_.code);
      permit.note(fmt::format("{} came from store {}, node {}", of_.code, from_.id().text(),
                              from_.node().text()));
      if (report_.at.micros == 0) report_.at = permit.now();
    });
  }

  [[nodiscard]] std::vector<std::string> archives() {
    std::vector<std::string> files;
    for (const access::StoredChain& chain : to_.chains_of(of_.code)) {
      for (const access::Segment& segment : to_.read([&](storage::Transaction& reader) {
             return access::segments_of(reader, chain.pk);
           })) {
        files.push_back(segment.file);
      }
    }
    return files;
  }

  static constexpr std::int64_t renew_after_micros = 15'000'000;

  House& from_;
  House& to_;
  Walks::Tell tell_;
  domain::OfMunicipality of_;
  Uuid carrier_;
  CopyReport report_;
  std::int64_t rows_ = 0;
  Instant renewed_;
  bool is_leaving_ = false;
  bool is_moved_ = false;
  bool is_read_back_ = false;
};

}  // namespace

CopyReport copy_municipality(const std::string& from, const Secret& secret, const std::string& to,
                             const Secret& to_secret, const std::string& municipality,
                             const MoveOptions& options) {
  if (!domain::is_municipality_code(municipality)) {
    throw Error(ErrorCode::invalid, "a municipality code has six digits, the last one checks them",
                "municipality");
  }
  House giving(from, secret, options.options);
  House receiving(to, to_secret, options.other);
  if (giving.id() == receiving.id()) {
    throw Error(ErrorCode::invalid_argument, "both addresses lead to the same store, or its copy",
                "to");
  }
  const auto call = giving.state().call();
  return Carrying(giving, receiving, municipality, options.progress).run();
}

}  // namespace renraku
