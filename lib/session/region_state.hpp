// What an open region is made of.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <renraku/region.hpp>
#include <string>
#include <vector>

#include "base/log.hpp"
#include "session/region_file.hpp"
#include "session/store_state.hpp"

namespace renraku {

/// Used from any thread.
class RegionState {
 public:
  /// Reads the directory, then at most once in `look_every` again.
  RegionState(const std::filesystem::path& file, const Secret& secret, const StoreOptions& options,
              const SecretCosts& costs, std::chrono::steady_clock::duration look_every);
  RegionState(const RegionState&) = delete;
  RegionState& operator=(const RegionState&) = delete;
  ~RegionState();

  [[nodiscard]] std::shared_ptr<StoreState> store(const std::string& municipality);
  [[nodiscard]] std::vector<ServedMunicipality> municipalities();
  void reload();

 private:
  class Opening;
  using Openings = std::vector<std::shared_ptr<Opening>>;
  /// A store, and whether it is the caller's to open it.
  struct Found {
    std::shared_ptr<Opening> opening;
    session::RegionPlace place;
    bool is_new = false;
  };

  /// Begins a call of the host's. Error{forked}.
  [[nodiscard]] base::LoggedCall call() const;
  /// Looks at the file where that is due.
  void look(Openings& let_go);
  /// From now on the directory says `entries`; the stores that it names no more go to `let_go`.
  void take(session::RegionEntries entries, Openings& let_go);
  Found find(const std::string& municipality, Openings& let_go);
  void open(const Found& found, const std::string& municipality);
  /// So that the next question opens it anew.
  void forget(const Found& found);
  [[nodiscard]] StoreOptions options_of(const session::RegionPlace& place,
                                        const std::string& municipality) const;

  const std::filesystem::path file_;
  /// Where its paths begin.
  const std::filesystem::path folder_;
  Secret secret_;
  const StoreOptions options_;
  const SecretCosts costs_;
  const std::chrono::steady_clock::duration look_every_;
  const std::uint64_t process_;
  const std::shared_ptr<base::Log> log_;

  /// Guards what follows. Nothing is opened or closed under it.
  std::mutex mutex_;
  std::chrono::steady_clock::time_point look_next_;
  /// The file as it was read last, also where it broke a rule; none where it could not be read.
  std::optional<std::string> seen_;
  session::RegionEntries entries_;
  std::map<session::RegionPlace, std::shared_ptr<Opening>> stores_;
};

/// Makes public handles of states.
class RegionAccess {
 public:
  static Region make(std::shared_ptr<RegionState> state) { return Region(std::move(state)); }
};

/// Region::open, looking at the directory more often or more seldom.
Region open_region(const std::filesystem::path& file, const Secret& secret,
                   const StoreOptions& options, const SecretCosts& costs,
                   std::chrono::steady_clock::duration look_every);

}  // namespace renraku
