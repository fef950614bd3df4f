// Which function answers what, and which guards stand before it.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "call.hpp"

namespace renraku::server {

enum class Access {
  anyone,  ///< before sign-in
  member,  ///< with a session; a change also with its token
};

struct Route {
  std::string_view method;
  /// Below /api/v1; {id} stands for one part of the path.
  std::string_view path;
  Access access;
  std::function<Answer(Call&)> handler;
};

class Router {
 public:
  explicit Router(std::vector<Route> routes) : routes_(std::move(routes)) {}

  /// Passes the guards and calls the function. Throws Refusal (404, 405 and what the guards say)
  /// and Error.
  [[nodiscard]] Answer answer(std::string_view method, std::string_view path, Call& call) const;

 private:
  std::vector<Route> routes_;
};

/// Every change must come from one of our own pages: `Refusal` 403.
void require_origin(const Call& call);
/// … and carry the session's token in X-Renraku-Token: `Refusal` 403.
void require_token(Call& call);

}  // namespace renraku::server
