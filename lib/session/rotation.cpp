#include <renraku/rotation.hpp>

#include "access/key_rotation.hpp"
#include "base/backing_off.hpp"
#include "session/store_state.hpp"

namespace renraku {
namespace {

using access::Action;

/// How long the older keys' end waits for those who read what was there before.
constexpr std::chrono::minutes readers_patience{1};
/// What others write goes under the new keys: a second walk finds what a failed commit left out.
constexpr int walks_max = 4;

class Rotating {
 public:
  Rotating(StoreState& state, const Progress& progress) : state_(state), progress_(progress) {}

  KeyRotation rotate(const std::string& code) {
    state_.act({}, Action::key_rotation, {}, [&](access::Permit& permit) {
      of_ = access::rotation_of(permit, code);
      permit.enter({of_.code, of_.id});
      done_ = access::begin_rotation(permit, of_);
      permit.note(fmt::format("keys {} {}", done_.number, done_.resumed ? "go on" : "are begun"));
    });
    walk();
    wait_for_readers();
    state_.act({}, Action::key_rotation, {}, [&](access::Permit& permit) {
      permit.enter({of_.code, of_.id});
      access::finish_rotation(permit, of_, done_.number);
      permit.note(fmt::format("keys {} are whole: people {}, secrets {}, rows {}", done_.number,
                              done_.people_keys, done_.secrets, done_.rows));
    });
    return done_;
  }

 private:
  template <class Work>
  auto write(Work&& work) {
    return access::begin_anew(Action::key_rotation, [&] {
      storage::Transaction transaction = state_.database().write();
      const auto result = work(transaction);
      transaction.commit();
      return result;
    });
  }
  template <class Work>
  auto read(Work&& work) {
    return access::begin_anew(Action::key_rotation, [&] {
      storage::Transaction transaction = state_.database().read();
      return work(transaction);
    });
  }

  void walk() {
    for (int i = 0; i < walks_max; ++i) {
      access::RotationWalk walk(state_.journal_keys(), of_, done_);
      const std::int64_t left =
          read([&](storage::Transaction& reader) { return walk.left(reader); });
      if (left == 0) return;
      in_all_ = parts_ + left;
      while (const std::int64_t count =
                 write([&](storage::Transaction& writer) { return walk.step(writer); })) {
        tell(count);
      }
    }
    throw Error(ErrorCode::damaged, "there are always more values under older keys; run a check");
  }

  void tell(std::int64_t count) {
    parts_ += count;
    in_all_ = std::max(in_all_, parts_);
    if (!progress_ || progress_(parts_, parts_, in_all_)) return;
    throw Error(ErrorCode::cancelled, "the rotation was cancelled; the next call goes on with it");
  }

  void wait_for_readers() {
    const auto since = read([](storage::Transaction& reader) {
      auto* const rows = reader.row_sealing();
      return rows ? std::optional(rows->server_time()) : std::nullopt;
    });
    if (!since) return;
    base::BackingOff waiting(readers_patience);
    while (read([&](storage::Transaction& reader) {
      return reader.row_sealing()->has_readers_since_before(*since);
    })) {
      if (waiting.wait()) continue;
      throw Error(ErrorCode::busy,
                  "somebody still reads what lies under the older keys, which are destroyed when "
                  "that is over; call again",
                  "readers");
    }
  }

  StoreState& state_;
  const Progress& progress_;
  access::RotationOf of_;
  KeyRotation done_;
  std::int64_t parts_ = 0;
  std::int64_t in_all_ = 0;
};

}  // namespace

KeyRotation rotate_keys(Store& store, const std::string& municipality, const Progress& progress) {
  const auto state = StoreAccess::shared(store);
  const auto call = state->call();
  return Rotating(*state, progress).rotate(municipality);
}

}  // namespace renraku
