// The handle of a session.
#pragma once

#include <renraku/c/session.h>

#include <optional>
#include <renraku/described/factor.hpp>
#include <renraku/store.hpp>

#include "read.hpp"

struct renraku_session {
  /// What a sign-in tells beside the session.
  struct Told {
    std::string second_factor;
    std::string device;
    std::vector<renraku::AccessRecovery> recoveries;
  };

  explicit renraku_session(renraku::Session taken_up) : session(std::move(taken_up)) {}
  explicit renraku_session(renraku::SignedIn in)
      : session(std::move(in.session)),
        told(Told{std::string(renraku::enum_name(in.second_factor)), std::move(in.device),
                  std::move(in.recoveries)}) {}

  renraku::Session session;
  std::optional<Told> told;
};

namespace renraku::capi {

/// The C++ session behind a handle.
inline Session& at(renraku_session* session) {
  return need(session, "session").session;
}
inline const Session& at(const renraku_session* session) {
  return need(session, "session").session;
}

}  // namespace renraku::capi
