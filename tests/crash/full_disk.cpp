// A disk that is full: the error says so, what was acknowledged stays, and space is all it takes.
#include <sys/mount.h>
#include <sys/resource.h>

#include <boost/test/unit_test.hpp>
#include <renraku/backup.hpp>

#include "crash/child.hpp"
#include "fixture/city.hpp"
#include "fixture/expect.hpp"

using namespace renraku;
using namespace renraku::fixture;

namespace {

HostKey host_key() {
  HostKey key;
  key.bytes.fill(9);
  return key;
}

void make_store(const std::filesystem::path& folder) {
  Store store = create_store(folder, host_key(), "host", {}, City::cheap());
  store.add_municipality(municipality(joso, "常総市"));
}

/// Adds people until it fails; tells each id, and last the error.
void fill(const std::filesystem::path& folder, const Child::Tell& tell) {
  Store store = open_store(folder, host_key(), {}, City::cheap());
  Session officer = store.sign_in(joso, "kanri", password);
  Evacuee entry;
  entry.note = std::string(20'000, 'x');
  tell(error_of([&] {
    while (true) tell(officer.evacuees().add(resident("架空", "カクウ"), entry).id.text());
  }));
}

/// Every line but the last is an id that must be there; gives back the last, the error.
std::string must_be_there(const std::filesystem::path& folder, std::vector<std::string> lines) {
  BOOST_REQUIRE(lines.size() > 1);
  const std::string error = lines.back();
  lines.pop_back();
  Store store = open_store(folder, host_key(), {}, City::cheap());
  Session officer = store.sign_in(joso, "kanri", password);
  for (const std::string& id : lines) {
    BOOST_TEST(officer.evacuees().view(Id<Evacuee>::parse(id)).note.size() == 20'000u);
  }
  BOOST_TEST(store.check().sound);
  BOOST_TEST(error_of([&] { return officer.evacuees().add(resident("後", "アト"), {}).id; }) ==
             "none");
  BOOST_TEST_MESSAGE("the disk was full after " << lines.size() << " people: " << error);
  return error;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(full_disk)

BOOST_AUTO_TEST_CASE(nothing_is_lost_where_a_file_may_not_grow) {
  TemporaryFolder temporary;
  const auto folder = temporary.path() / "s";
  make_store(folder);
  Child child([&](const Child::Tell& tell) {
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{1 << 20, 1 << 20};
    if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) throw std::runtime_error("no limit");
    fill(folder, tell);
  });
  child.join();
  const std::string error = must_be_there(folder, child.lines());
  BOOST_TEST((error == "disk_full" || error == "io"));
}

BOOST_AUTO_TEST_CASE(nothing_is_lost_where_the_disk_is_full) {
  TemporaryFolder temporary;
  const char* where = temporary.path().c_str();
  if (::mount("tmpfs", where, "tmpfs", 0, "size=2m") != 0) {
    BOOST_TEST_MESSAGE("skipped: a small disk can only be mounted by root");
    return;
  }
  const auto folder = temporary.path() / "s";
  make_store(folder);
  Child child([&](const Child::Tell& tell) { fill(folder, tell); });
  child.join();
  const auto lines = child.lines();
  BOOST_TEST((::mount("tmpfs", where, "tmpfs", MS_REMOUNT, "size=64m") == 0));
  BOOST_TEST(must_be_there(folder, lines) == "disk_full");
  ::umount2(where, MNT_DETACH);
}

BOOST_AUTO_TEST_CASE(neither_a_backup_nor_encrypting_anew_leaves_anything_behind) {
  TemporaryFolder temporary;
  const auto folder = temporary.path() / "s";
  make_store(folder);
  std::filesystem::create_directory(temporary.path() / "b");
  Child child([&](const Child::Tell& tell) {
    ::signal(SIGXFSZ, SIG_IGN);
    Store store = open_store(folder, host_key(), {}, City::cheap());
    const rlimit limit{1 << 18, 1 << 18};
    if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) throw std::runtime_error("no limit");
    tell(error_of([&] { return store.backup(temporary.path() / "b", {}).file; }));
    tell(error_of([&] { return store.reencrypt({host_key()}).size(); }));
  });
  child.join();
  BOOST_REQUIRE(child.lines().size() == 2u);
  for (const std::string& error : child.lines()) {
    BOOST_TEST((error == "disk_full" || error == "io"), error);
  }
  BOOST_TEST(std::filesystem::is_empty(temporary.path() / "b"));
  BOOST_TEST(std::filesystem::exists(folder / "renraku.db"));
  BOOST_TEST(!std::filesystem::exists(folder / "renraku-1.db"));
  Store store = open_store(folder, host_key(), {}, City::cheap());
  BOOST_TEST(store.check().sound);
}

BOOST_AUTO_TEST_SUITE_END()
