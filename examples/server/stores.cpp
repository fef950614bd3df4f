#include "stores.hpp"

#include <cstdio>
#include <renraku/described/log.hpp>
#include <renraku/error.hpp>
#include <renraku/witness.hpp>

namespace renraku::server {
namespace {

StoreOptions options_of(const Config& config) {
  StoreOptions options;
  options.log = [](const LogLine& line) {
    std::fprintf(stderr, "renraku-server: %s %s: %s\n", enum_name(line.level).data(),
                 enum_name(line.event).data(), line.text.c_str());
  };
  if (!config.journal_signer.empty()) {
    options.journal_signer = signer_in_file(config.journal_signer);
  }
  if (!config.witness.empty()) options.witness = witness_in_file(config.witness);
  options.home = config.home;
  return options;
}

}  // namespace

Stores::Stores(const Config& config) {
  const Secret secret = read_secret(config);
  if (config.region.empty()) {
    store_ = std::make_shared<Store>(Store::open(config.store, secret, options_of(config)));
  } else {
    region_.emplace(Region::open(config.region, secret, options_of(config)));
  }
  refresh_municipalities();
}

std::shared_ptr<Store> Stores::of(const std::string& municipality) const {
  return region_ ? std::make_shared<Store>(region_->store(municipality)) : store_;
}

Session Stores::resume(const std::string& kept) const {
  if (!region_) return store_->resume(kept);
  const auto point = kept.find('.');
  if (point == std::string::npos) {
    throw Error(ErrorCode::session_ended, "the cookie is of another server; sign in again");
  }
  return of(kept.substr(0, point))->resume(kept.substr(point + 1));
}

std::string Stores::to_keep(const Session& session) const {
  return region_ ? session.member().municipality + '.' + session.token() : session.token();
}

std::vector<ServedMunicipality> Stores::municipalities() const {
  if (!region_) {
    const std::lock_guard lock(mutex_);
    return municipalities_;
  }
  std::vector<ServedMunicipality> named = region_->municipalities();
  for (ServedMunicipality& each : named) {
    if (each.name.empty()) each.name = each.code;
  }
  return named;
}

void Stores::refresh_municipalities() {
  if (region_) return;
  std::vector<ServedMunicipality> current;
  for (const Municipality& each : store_->municipalities()) {
    current.push_back({each.code, each.name});
  }
  const std::lock_guard lock(mutex_);
  municipalities_ = std::move(current);
}

void Stores::flush() {
  if (store_) store_->flush();
}

}  // namespace renraku::server
