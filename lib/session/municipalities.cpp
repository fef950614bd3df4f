#include "domain/municipalities/municipalities.hpp"

#include <renraku/municipalities.hpp>

#include "domain/text_index/text_index.hpp"
#include "session/store_state.hpp"

namespace renraku {

using access::Action;

namespace {

/// People, or rows that are taken away, of one transaction: others write some ten times a second
/// meanwhile.
constexpr int texts_at_once = 500;

/// Gives what lies on a server the pairs of characters that people are found by, or takes them
/// away.
class TextIndexing {
 public:
  TextIndexing(SessionState& session, bool wanted, const Progress& progress)
      : session_(session), wanted_(wanted), progress_(progress) {}

  Municipality run() {
    Municipality municipality = session_.act(
        Action::text_index_switch, {},
        [&](access::Permit& permit) { return domain::switch_text_index(permit, wanted_); });
    work_through(municipality.code);
    if (municipality.text_index != TextIndex::filling) return municipality;
    // Whoever began it need not prove once more who it is.
    return session_.store().act({}, Action::text_index_switch, {}, [&](access::Permit& permit) {
      return domain::finish_text_index(permit, municipality.code);
    });
  }

 private:
  void work_through(const std::string& code) {
    in_all_ = in_transaction(&storage::Database::read, [&](storage::Transaction& reader) {
      return domain::left_of_text_index(reader, code, wanted_);
    });
    std::int64_t after = 0;
    while (const std::int64_t count = step(code, after)) {
      done_ += count;
      if (!progress_ || progress_(done_, done_, std::max(done_, in_all_))) continue;
      throw Error(ErrorCode::cancelled, "the work was cancelled; the next call goes on with it");
    }
  }
  std::int64_t step(const std::string& code, std::int64_t& after) {
    std::int64_t next = after;
    const std::int64_t count =
        in_transaction(&storage::Database::write, [&](storage::Transaction& writer) {
          next = after;
          return wanted_ ? domain::fill_text_index(writer, code, next, texts_at_once)
                         : domain::empty_text_index(writer, code, texts_at_once);
        });
    after = next;
    return count;
  }
  template <class Work>
  std::int64_t in_transaction(storage::Transaction (storage::Database::*begin)(), Work&& work) {
    return access::begin_anew(Action::text_index_switch, [&] {
      storage::Transaction transaction = (session_.store().database().*begin)();
      const std::int64_t result = work(transaction);
      transaction.commit();
      return result;
    });
  }

  SessionState& session_;
  bool wanted_;
  const Progress& progress_;
  std::int64_t done_ = 0;
  std::int64_t in_all_ = 0;
};

}  // namespace

Municipality Municipalities::view() const {
  return state_->act(Action::municipality_view, {}, domain::view_municipality);
}

Municipality Municipalities::change(const Municipality& changed) const {
  return state_->act(Action::municipality_change, {}, [&](access::Permit& permit) {
    return domain::change_municipality(permit, changed);
  });
}

Municipality Municipalities::require_two_factor(TwoFactor wanted) const {
  return state_->act(Action::two_factor_require, {}, [&](access::Permit& permit) {
    return domain::require_two_factor(permit, wanted);
  });
}

Municipality Municipalities::index_texts(bool wanted, const Progress& progress) const {
  const auto call = state_->store().call();
  return TextIndexing(*state_, wanted, progress).run();
}

}  // namespace renraku
