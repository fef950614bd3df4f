#include <filesystem>
#include <future>

#include "base/fork.hpp"
#include "crypto/secret.hpp"
#include "session/region_state.hpp"

namespace renraku {
namespace {

namespace fs = std::filesystem;

/// Soon enough for whoever changed the directory, and nothing beside what a store is asked for.
constexpr std::chrono::seconds look_every{1};

void wipe(Secret& secret) {
  if (auto* passphrase = std::get_if<Passphrase>(&secret)) crypto::wipe(passphrase->text);
  if (auto* key = std::get_if<RecoveryKey>(&secret)) crypto::wipe(key->printed);
  if (auto* key = std::get_if<HostKey>(&secret)) crypto::wipe(key->bytes);
}

/// Its database was moved aside: it was encrypted anew, and another one counts.
bool was_replaced(const StoreState& store) {
  std::error_code ignored;
  return !store.folder().server && !fs::exists(store.folder().database(), ignored);
}

}  // namespace

/// A store that is open, or that a thread is opening.
class RegionState::Opening {
 public:
  void opened(std::shared_ptr<StoreState> store) { promise_.set_value(std::move(store)); }
  void failed() { promise_.set_exception(std::current_exception()); }
  /// Waits while it is being opened, and throws what that threw.
  [[nodiscard]] const std::shared_ptr<StoreState>& store() const { return store_.get(); }
  [[nodiscard]] bool is_over() const {
    return store_.wait_for(std::chrono::seconds(0)) == std::future_status::ready &&
           was_replaced(*store_.get());
  }

 private:
  std::promise<std::shared_ptr<StoreState>> promise_;
  std::shared_future<std::shared_ptr<StoreState>> store_ = promise_.get_future().share();
};

RegionState::RegionState(const fs::path& file, const Secret& secret, const StoreOptions& options,
                         const SecretCosts& costs, std::chrono::steady_clock::duration look_every)
    : file_(fs::absolute(file)),
      folder_(file_.parent_path()),
      secret_(secret),
      options_(options),
      costs_(costs),
      look_every_(look_every),
      process_(base::fork_generation()),
      log_(std::make_shared<base::Log>(options.log)) {
  reload();
}

RegionState::~RegionState() {
  wipe(secret_);
}

base::LoggedCall RegionState::call() const {
  if (process_ != base::fork_generation()) {
    throw Error(ErrorCode::forked,
                "the region was opened before the process forked; open it in the child again");
  }
  return base::LoggedCall(*log_);
}

std::shared_ptr<StoreState> RegionState::store(const std::string& municipality) {
  const auto call = this->call();
  Openings let_go;
  const Found found = find(municipality, let_go);
  if (found.is_new) open(found, municipality);
  return found.opening->store();
}

RegionState::Found RegionState::find(const std::string& municipality, Openings& let_go) {
  const std::scoped_lock lock(mutex_);
  look(let_go);
  const auto entry = entries_.find(municipality);
  if (entry == entries_.end()) {
    throw Error(ErrorCode::not_found, "the directory of stores does not name this municipality",
                "municipality");
  }
  std::shared_ptr<Opening>& kept = stores_[entry->second.place];
  const bool is_new = !kept || kept->is_over();
  if (is_new) let_go.push_back(std::exchange(kept, std::make_shared<Opening>()));
  return {kept, entry->second.place, is_new};
}

void RegionState::open(const Found& found, const std::string& municipality) {
  try {
    const Store store =
        open_store(found.place.address, secret_, options_of(found.place, municipality), costs_);
    found.opening->opened(StoreAccess::shared(store));
  } catch (...) {
    forget(found);
    found.opening->failed();
  }
}

void RegionState::forget(const Found& found) {
  const std::scoped_lock lock(mutex_);
  const auto kept = stores_.find(found.place);
  if (kept != stores_.end() && kept->second == found.opening) stores_.erase(kept);
}

StoreOptions RegionState::options_of(const session::RegionPlace& place,
                                     const std::string& municipality) const {
  StoreOptions options = options_;
  if (!place.home.empty()) options.home = place.home;
  if (options.log) {
    options.log = [sink = options_.log, municipality](const LogLine& line) {
      LogLine told = line;
      told.text = municipality + ": " + line.text;
      sink(told);
    };
  }
  return options;
}

std::vector<ServedMunicipality> RegionState::municipalities() {
  const auto call = this->call();
  Openings let_go;
  const std::scoped_lock lock(mutex_);
  look(let_go);
  std::vector<ServedMunicipality> all;
  for (const auto& [code, entry] : entries_) all.push_back({code, entry.name});
  return all;
}

void RegionState::reload() {
  const auto call = this->call();
  Openings let_go;
  const std::scoped_lock lock(mutex_);
  std::string text = session::read_region_file(file_);
  take(session::parse_region(text, folder_), let_go);
  seen_ = std::move(text);
  look_next_ = std::chrono::steady_clock::now() + look_every_;
}

// The whole file is compared: it is small, and its times tell nothing of two changes in one tick.
void RegionState::look(Openings& let_go) {
  const auto now = std::chrono::steady_clock::now();
  if (now < look_next_) return;
  look_next_ = now + look_every_;
  std::optional<std::string> text;
  try {
    text = session::read_region_file(file_);
    if (text == seen_) return;
    take(session::parse_region(*text, folder_), let_go);
    base::log_line(LogLevel::info, LogEvent::region_changed,
                   "the directory of stores was read anew");
  } catch (const Error& error) {
    if (text || seen_) {
      base::log_line(LogLevel::warning, LogEvent::region_refused, "{}; what it said before goes on",
                     error.what());
    }
  }
  seen_ = std::move(text);
}

void RegionState::take(session::RegionEntries entries, Openings& let_go) {
  entries_ = std::move(entries);
  std::map<session::RegionPlace, std::shared_ptr<Opening>> named;
  for (const auto& [code, entry] : entries_) {
    if (auto kept = stores_.extract(entry.place)) named.insert(std::move(kept));
  }
  for (auto& [place, opening] : stores_) let_go.push_back(std::move(opening));
  stores_ = std::move(named);
}

Region open_region(const fs::path& file, const Secret& secret, const StoreOptions& options,
                   const SecretCosts& costs, std::chrono::steady_clock::duration look_every) {
  return RegionAccess::make(
      std::make_shared<RegionState>(file, secret, options, costs, look_every));
}

Region::Region(std::shared_ptr<RegionState> state) : state_(std::move(state)) {}
Region::Region(Region&&) noexcept = default;
Region& Region::operator=(Region&&) noexcept = default;
Region::~Region() = default;

Region Region::open(const fs::path& file, const Secret& secret, const StoreOptions& options) {
  return open_region(file, secret, options, {}, look_every);
}

Store Region::store(const std::string& municipality) const {
  return StoreAccess::make(state_->store(municipality));
}

std::vector<ServedMunicipality> Region::municipalities() const {
  return state_->municipalities();
}

void Region::reload() {
  state_->reload();
}

}  // namespace renraku
