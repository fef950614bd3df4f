// One flipped byte anywhere in a store's files is named, when the store is opened or by the check.
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <iterator>
#include <map>

#include "crash/child.hpp"
#include "fixture/city.hpp"
#include "fixture/expect.hpp"

using namespace renraku;
using namespace renraku::fixture;
namespace fs = std::filesystem;

namespace {

HostKey host_key() {
  HostKey key;
  key.bytes.fill(9);
  return key;
}

using Files = std::map<std::string, std::string>;

Files read_files(const fs::path& folder) {
  Files files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;  // the folder of tails is empty by now
    std::ifstream in(entry.path(), std::ios::binary);
    files[entry.path().filename()] = std::string(std::istreambuf_iterator<char>(in), {});
  }
  return files;
}

void write_files(const fs::path& folder, const Files& files) {
  for (const auto& entry : fs::directory_iterator(folder)) fs::remove_all(entry.path());
  for (const auto& [name, bytes] : files) std::ofstream(folder / name, std::ios::binary) << bytes;
}

/// What opening and checking says: an error's name, or the first part that is not sound, or
/// "sound".
std::string verdict(const fs::path& folder) {
  std::string said;
  try {
    Store store = open_store(folder, host_key(), {}, City::cheap());
    const CheckReport report = store.check();
    said = report.sound ? "sound" : report.findings.at(0).part;
  } catch (const Error& error) {
    said = error.name();
    if (error.code() == ErrorCode::internal) said += std::string(": ") + error.what();
  }
  return said;
}

/// A small store with something in every table, closed.
struct Small {
  TemporaryFolder temporary;
  fs::path folder = temporary.path() / "s";
  Files files;

  Small() {
    {
      Store store = create_store(folder, host_key(), "host", {}, City::cheap());
      store.add_municipality(municipality(joso, "常総市"));
      Session officer = store.sign_in(joso, "kanri", password);
      for (int i = 0; i < 20; ++i) officer.evacuees().add(resident("架空", "カクウ"), {});
      static_cast<void>(officer.evacuees().list());
    }
    files = read_files(folder);
  }

  void sweep(const std::string& name, std::size_t step) {
    BOOST_REQUIRE_EQUAL(verdict(folder), "sound");
    std::map<std::string, int> verdicts;
    const std::string whole = files.at(name);
    for (std::size_t at = 0; at < whole.size(); at += step) {
      Files altered = files;
      altered[name][at] = static_cast<char>(altered[name][at] ^ 0x10);
      write_files(folder, altered);
      const std::string said = verdict(folder);
      ++verdicts[said];
      const bool named = said == "damaged" || said == "keys" || said == "database" ||
                         said == "journal" || said == "newer_format" || said == "not_a_store" ||
                         said == "wrong_passphrase";
      BOOST_TEST(named, name << " at byte " << at << " of " << whole.size() << ": " << said);
    }
    std::string summary;
    for (const auto& [said, count] : verdicts) summary += " " + said + " " + std::to_string(count);
    BOOST_TEST_MESSAGE(name << ", " << whole.size() << " bytes, every " << step
                            << "th:" << summary);
    write_files(folder, files);
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(flipped_bytes)

BOOST_AUTO_TEST_CASE(of_the_key_header_are_named) {
  Small store;
  BOOST_REQUIRE_EQUAL(store.files.size(),
                      2u);  // keys and database; the log was merged at the close
  store.sweep("keys", static_cast<std::size_t>(rounds(37 * 7, 37)));
}

BOOST_AUTO_TEST_CASE(of_the_database_are_named) {
  Small().sweep("renraku.db", static_cast<std::size_t>(rounds(37 * 53, 37)));
}

BOOST_AUTO_TEST_SUITE_END()
