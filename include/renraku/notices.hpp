// What the member is told: each has notices of one's own and sees no others.
#pragma once

#include <cstdint>
#include <memory>
#include <renraku/export.hpp>
#include <renraku/page.hpp>
#include <renraku/records/notice.hpp>

namespace renraku {

class RENRAKU_API Notices {
 public:
  /// Newest first.
  [[nodiscard]] Page<Notice> list(const NoticeFilter& filter = {},
                                  const PageRequest& page = {}) const;
  /// How many are not read yet.
  [[nodiscard]] std::int64_t count_unread() const;
  /// Marks one as read; again does nothing. Error{not_found} for a notice that is somebody else's.
  Notice read(const Id<Notice>& id) const;

 private:
  friend class Session;
  explicit Notices(std::shared_ptr<class SessionState> state) : state_(std::move(state)) {}
  std::shared_ptr<class SessionState> state_;
};

}  // namespace renraku
