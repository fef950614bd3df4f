#include "router.hpp"

#include <algorithm>
#include <optional>

namespace renraku::server {
namespace {

constexpr std::string_view root = "/api/v1";

// The {id} of a path that fits the pattern (empty where it has none); absent when it doesn't fit.
std::optional<std::string> match(std::string_view pattern, std::string_view path) {
  const auto hole = pattern.find("{id}");
  if (hole == std::string_view::npos) {
    return pattern == path ? std::optional<std::string>{""} : std::nullopt;
  }
  const std::string_view before = pattern.substr(0, hole);
  const std::string_view after = pattern.substr(hole + 4);
  if (path.size() <= before.size() + after.size() || !path.starts_with(before) ||
      !path.ends_with(after)) {
    return std::nullopt;
  }
  path.remove_prefix(before.size());
  path.remove_suffix(after.size());
  if (path.find('/') != std::string_view::npos) return std::nullopt;
  return std::string(path);
}

}  // namespace

void require_origin(const Call& call) {
  const auto& own = call.app.config.origins;
  if (std::find(own.begin(), own.end(), call.header("Origin")) == own.end()) {
    throw Refusal(403, ErrorCode::not_permitted, "origin",
                  "このサーバーの画面からの操作ではないため、受け付けませんでした。");
  }
}

void require_token(Call& call) {
  if (!call.app.change_token.proves(call.header("X-Renraku-Token"), call.session().token())) {
    throw Refusal(403, ErrorCode::not_permitted, "token",
                  "画面の有効期限が切れました。画面を読み込み直してください。");
  }
}

Answer Router::answer(std::string_view method, std::string_view path, Call& call) const {
  const bool below = path.starts_with(root);
  const std::string_view rest = below ? path.substr(root.size()) : std::string_view{};
  bool other_method = false;
  for (const Route& route : routes_) {
    const auto id = match(route.path, rest);
    if (!id) continue;
    if (route.method != method) {
      other_method = true;
      continue;
    }
    const bool changes = method != "GET";
    const bool asserted = route.access == Access::member && call.is_asserted();
    if (changes && !asserted) require_origin(call);
    if (asserted) {
      call.act_as();
    } else if (route.access == Access::member) {
      call.resume();
      if (changes) require_token(call);
      call.deputise();
    }
    call.id = *id;
    return route.handler(call);
  }
  if (other_method) {
    throw Refusal(405, ErrorCode::invalid_argument, "method", "この操作はできません。");
  }
  throw Refusal(404, ErrorCode::not_found, "path",
                std::string(error_message_ja(ErrorCode::not_found)));
}

}  // namespace renraku::server
