// What all requests share.
#pragma once

#include <mutex>
#include <semaphore>

#include "config.hpp"
#include "cookie.hpp"
#include "rate_limit.hpp"
#include "scratch.hpp"
#include "static_files.hpp"
#include "stores.hpp"

namespace renraku::server {

/// As long as the store knows a device.
inline constexpr int device_days = 90;

/// The open stores, the limits and the guards. Used from any thread.
struct Application {
  explicit Application(Config given)
      : config(std::move(given)),
        stores(config),
        files(config.web),
        scratch(config.scratch),
        cookie("renraku", config.tls()),
        device_cookie("renraku-device", config.tls(), device_days),
        requests(config.rate),
        sign_ins(config.sign_in_rate) {}

  Config config;
  Stores stores;
  StaticFiles files;
  Scratch scratch;
  /// The session's.
  Cookie cookie;
  /// What shows that this browser signed in before.
  Cookie device_cookie;
  ChangeToken change_token;
  RateLimit requests;
  RateLimit sign_ins;
  /// Each sign-in stretches a password with 256 MiB: no more than two at a time.
  std::counting_semaphore<> sign_in_places{2};
  /// A backup reads and writes the whole store: one at a time.
  std::mutex backing_up;
};

}  // namespace renraku::server
