// What all requests share.
#pragma once

#include <mutex>
#include <renraku/store.hpp>
#include <semaphore>
#include <string>
#include <vector>

#include "config.hpp"
#include "cookie.hpp"
#include "rate_limit.hpp"
#include "scratch.hpp"
#include "static_files.hpp"

namespace renraku::server {

/// With the signer and the witness that are configured; what the store has to say goes to standard
/// error.
[[nodiscard]] StoreOptions store_options(const Config& config);

/// As long as the store knows a device.
inline constexpr int device_days = 90;

/// The open store, the limits and the guards. Used from any thread.
struct Application {
  explicit Application(Config given)
      : config(std::move(given)),
        store(Store::open(config.store, read_secret(config), store_options(config))),
        files(config.web),
        scratch(config.scratch),
        cookie("renraku", config.tls()),
        device_cookie("renraku-device", config.tls(), device_days),
        requests(config.rate),
        sign_ins(config.sign_in_rate) {
    refresh_municipalities();
  }

  /// Names for the sign-in page: no secret, and kept here so that strangers' visits don't fill the
  /// journal.
  [[nodiscard]] std::vector<Municipality> municipalities() {
    const std::lock_guard lock(municipalities_mutex_);
    return municipalities_;
  }
  void refresh_municipalities() {
    std::vector<Municipality> current = store.municipalities();
    const std::lock_guard lock(municipalities_mutex_);
    municipalities_ = std::move(current);
  }

  Config config;
  Store store;
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

 private:
  std::mutex municipalities_mutex_;
  std::vector<Municipality> municipalities_;
};

}  // namespace renraku::server
