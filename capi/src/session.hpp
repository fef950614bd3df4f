// The handle of a session.
#pragma once

#include <renraku/c/session.h>

#include <renraku/session.hpp>

#include "read.hpp"

struct renraku_session {
  explicit renraku_session(renraku::Session signed_in) : session(std::move(signed_in)) {}
  renraku::Session session;
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
