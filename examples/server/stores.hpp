// The store that is served, or the stores of a region.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <renraku/region.hpp>
#include <renraku/store.hpp>
#include <string>
#include <vector>

#include "config.hpp"

namespace renraku::server {

/// Used from any thread.
class Stores {
 public:
  /// With the signer and the witness that are configured; what the stores have to say goes to
  /// standard error.
  explicit Stores(const Config& config);

  /// The store of a municipality, for one request. Error{not_found} (field "municipality") where a
  /// region does not name it; one store serves all.
  [[nodiscard]] std::shared_ptr<Store> of(const std::string& municipality) const;
  /// Takes a session up by what `to_keep` gave. Error{session_ended}.
  [[nodiscard]] Session resume(const std::string& kept) const;
  /// What a browser keeps of a session: with a region, its municipality leads the token.
  [[nodiscard]] std::string to_keep(const Session& session) const;

  /// Names for the sign-in page: no secret, and of one store kept here, so that strangers' visits
  /// don't fill the journal.
  [[nodiscard]] std::vector<ServedMunicipality> municipalities() const;
  /// One of them was changed.
  void refresh_municipalities();

  /// Writes what waits in the one store; a region's write it when they close.
  void flush();

 private:
  std::shared_ptr<Store> store_;
  std::optional<Region> region_;
  mutable std::mutex mutex_;
  std::vector<ServedMunicipality> municipalities_;
};

}  // namespace renraku::server
