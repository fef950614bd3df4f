// Opening fails closed: each wrong thing has an error of its own, and nothing is changed by trying.
#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <iterator>

#include "crypto/key_file.hpp"
#include "fixture/city.hpp"
#include "fixture/expect.hpp"
#include "fixture/raw_store.hpp"
#include "fixture/sanitizers.hpp"

using namespace renraku;
using namespace renraku::fixture;
namespace fs = std::filesystem;

namespace {

std::string content(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}
void put(const fs::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

/// A closed store and what it holds, file by file.
struct Closed {
  City city;
  fs::path folder;
  fs::path keys;
  fs::path database;

  Closed() : folder(city.found().path), keys(folder / "keys"), database(folder / "renraku.db") {
    city.sign_in().evacuees().add(resident("架空", "カクウ"), {});
    city.close();
  }
  std::string open(const Secret& secret = Passphrase{passphrase}) {
    return error_of([&] {
      return open_store(city.address(), secret, city.options(), City::cheap()).key_slots().size();
    });
  }
  /// Opens, and says whether any file was changed by that.
  std::string open_untouched(const Secret& secret = Passphrase{passphrase}) {
    const std::string before = content(keys) + content(database);
    const std::string error = open(secret);
    BOOST_TEST((content(keys) + content(database) == before), "opening changed a file");
    return error;
  }
};

// A plain SQLite file's beginning is enough to be told.
std::string plain_sqlite() {
  return std::string("SQLite format 3\0", 16) + std::string(4080, '\1');
}

std::string noise(std::size_t size) {
  std::string bytes;
  std::uint32_t state = 1;
  while (bytes.size() < size) {
    state = state * 1664525 + 1013904223;
    bytes += static_cast<char>(state >> 24);
  }
  return bytes;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(opening)

BOOST_AUTO_TEST_CASE(the_right_secret_opens_and_any_other_does_not) {
  Closed store;
  BOOST_TEST(store.open() == "none");
  BOOST_TEST(store.open_untouched(Passphrase{"違う言葉"}) == "wrong_passphrase");
  BOOST_TEST(store.open_untouched(Passphrase{""}) == "empty_passphrase");
  BOOST_TEST(store.open_untouched(HostKey{}) == "wrong_passphrase");
  BOOST_TEST(store.open_untouched(RecoveryKey{"nonsense"}) == "invalid");
  BOOST_TEST(store.open_untouched(Passphrase{std::string(100'000, 'a')}) == "too_large");
}

BOOST_AUTO_TEST_CASE(every_slot_opens_the_same_store) {
  City city;
  HostKey host;
  host.bytes.fill(7);
  const std::string printed = city.store().add_recovery_key("金庫");
  city.store().add_host_key("サーバー", host);
  BOOST_TEST(city.store().key_slots().size() == 3u);
  city.store().change_passphrase(Passphrase{passphrase}, Passphrase{"新しい言葉 三つ"});
  city.close();
  const auto open = [&](const Secret& secret) {
    return error_of([&] {
      return open_store(city.address(), secret, city.options(), City::cheap())
          .municipalities()
          .size();
    });
  };
  BOOST_TEST(open(RecoveryKey{printed}) == "none");
  BOOST_TEST(open(host) == "none");
  BOOST_TEST(open(Passphrase{"新しい言葉 三つ"}) == "none");
  BOOST_TEST(open(Passphrase{passphrase}) == "wrong_passphrase");
  host.bytes[31] ^= 1;
  BOOST_TEST(open(host) == "wrong_passphrase");
}

BOOST_AUTO_TEST_CASE(a_change_of_passphrase_needs_the_current_one) {
  City city;
  const auto change = [&](const std::string& from, const std::string& to) {
    return error_of([&] { city.store().change_passphrase(Passphrase{from}, Passphrase{to}); });
  };
  BOOST_TEST(change("違う", "新しい言葉") == "wrong_passphrase");
  BOOST_TEST(change(passphrase, "") == "empty_passphrase");
  city.reopen();
  BOOST_TEST(error_of([&] { return city.sign_in(); }) == "none");
}

BOOST_AUTO_TEST_CASE(what_is_no_store_is_told_from_a_damaged_one) {
  TemporaryFolder folder;
  const auto open = [&](const fs::path& path) {
    return error_of(
        [&] { return open_store(path, Passphrase{"x"}, {}, City::cheap()).key_slots().size(); });
  };
  BOOST_TEST(open(folder.path() / "nothing") == "not_a_store");
  BOOST_TEST(open(folder.path()) == "not_a_store");
  put(folder.path() / "file", "some text");
  BOOST_TEST(open(folder.path() / "file") == "not_a_store");
  BOOST_TEST(open(folder.path() / "file" / "below") == "not_a_store");
  put(folder.path() / "plain.db", plain_sqlite());
  BOOST_TEST(open(folder.path() / "plain.db") == "plaintext");
  BOOST_TEST(open("") == "not_a_store");
  BOOST_TEST(open(folder.path() / std::string(5'000, 'x')) == "io");
}

BOOST_AUTO_TEST_CASE(a_folder_with_a_file_missing_is_no_store,
                     *on_a_folder("the database is a file")) {
  Closed one;
  fs::remove(one.keys);
  BOOST_TEST(one.open() == "not_a_store");
  Closed two;
  fs::remove(two.database);
  BOOST_TEST(two.open() == "not_a_store");
  BOOST_TEST(!fs::exists(two.database));
  Closed three;
  fs::remove(three.keys);
  fs::create_directory(three.keys);
  BOOST_TEST(three.open() == "not_a_store");
}

BOOST_AUTO_TEST_CASE(something_else_in_place_of_a_file_is_told,
                     *on_a_folder("the database is a file")) {
  Closed store;
  const std::string keys = content(store.keys);
  const std::string database = content(store.database);
  put(store.keys, plain_sqlite());
  BOOST_TEST(store.open_untouched() == "plaintext");
  put(store.keys, noise(40'000));
  BOOST_TEST(store.open_untouched() == "not_a_store");
  put(store.keys, keys);
  put(store.database, plain_sqlite());
  BOOST_TEST(store.open_untouched() == "plaintext");
  put(store.database, noise(database.size()));
  BOOST_TEST(store.open_untouched() == "damaged");
  put(store.database, database);
  BOOST_TEST(store.open() == "none");
}

BOOST_AUTO_TEST_CASE(another_stores_database_does_not_open,
                     *on_a_folder("the database is a file")) {
  Closed one;
  Closed two;
  put(one.database, content(two.database));
  BOOST_TEST(one.open_untouched() == "damaged");
}

BOOST_AUTO_TEST_CASE(a_cut_file_is_damaged_wherever_it_was_cut,
                     *on_a_folder("the database is a file")) {
  Closed store;
  const std::string database = content(store.database);
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{1}, std::size_t{15}, std::size_t{512}, std::size_t{4095},
        std::size_t{4096}, std::size_t{8192}, database.size() / 2, database.size() - 4096,
        database.size() - 1}) {
    BOOST_TEST_CONTEXT("database of " << size) {
      put(store.database, database.substr(0, size));
      std::string error = store.open();
      if (error == "none") {
        // SQLite opens a file that lost only part of its last page; the check has to tell.
        Store opened =
            open_store(store.folder, Passphrase{passphrase}, store.city.options(), City::cheap());
        error = opened.check().sound ? "sound" : "damaged";
      }
      BOOST_TEST(error == "damaged");
    }
  }
  put(store.database, database);
  const std::string keys = content(store.keys);
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{5}, std::size_t{200}, keys.size() / 2 - 1}) {
    BOOST_TEST_CONTEXT("keys of " << size) {
      put(store.keys, keys.substr(0, size));
      BOOST_TEST(store.open_untouched() == "damaged");
    }
  }
  // Half a key file has one whole copy: it opens, and the check tells.
  put(store.keys, keys.substr(0, keys.size() / 2));
  BOOST_TEST(store.open() == "none");
  Store half =
      open_store(store.folder, Passphrase{passphrase}, store.city.options(), City::cheap());
  BOOST_TEST(!half.check().sound);
}

BOOST_AUTO_TEST_CASE(a_newer_schema_or_key_header_is_refused_and_left_alone,
                     *on_a_folder("the embedded engine's own number")) {
  Closed store;
  const std::int64_t version = RawStore(store.folder).number("PRAGMA user_version");
  RawStore(store.folder).run("PRAGMA user_version = " + std::to_string(version + 1));
  BOOST_TEST(store.open_untouched() == "newer_format");
  BOOST_TEST(RawStore(store.folder).number("PRAGMA user_version") == version + 1);
  RawStore(store.folder).run("PRAGMA user_version = " + std::to_string(version));
  BOOST_TEST(store.open() == "none");

  std::string keys = content(store.keys);
  const std::size_t copy = crypto::key_copy_size;
  for (const std::size_t at : {std::size_t{0}, copy}) {
    // Behind the magic, the generation and the length stands the format's number.
    keys[at + 13 + 8 + 2 + 1] = 9;
    const std::string checked = keys.substr(at, copy - 32);
    const crypto::Digest digest = crypto::sha256(crypto::view_of(checked));
    keys.replace(at + copy - 32, 32, std::string(digest.begin(), digest.end()));
  }
  put(store.keys, keys);
  BOOST_TEST(store.open_untouched() == "newer_format");
}

BOOST_AUTO_TEST_CASE(a_slot_that_somebody_without_the_key_changed_is_damage) {
  City city;
  const auto folder = city.found().path;
  city.close();
  auto header = crypto::read_key_header(folder / "keys").header;
  header.slots[0].name = "別の課";
  crypto::write_key_header(folder / "keys", header);
  BOOST_TEST(error_of([&] { city.reopen(); }) == "damaged");
}

BOOST_AUTO_TEST_CASE(nothing_is_made_where_there_is_something) {
  TemporaryFolder folder;
  const auto create = [&](const fs::path& path, const Secret& secret = Passphrase{"x"}) {
    return error_of(
        [&] { return create_store(path, secret, "a", {}, City::cheap()).key_slots().size(); });
  };
  put(folder.path() / "file", "text");
  BOOST_TEST(create(folder.path() / "file") == "exists");
  BOOST_TEST(create(folder.path()) == "exists");
  BOOST_TEST(create(folder.path() / "no" / "parent") == "io");
  BOOST_TEST(create(folder.path() / "s1", Passphrase{""}) == "empty_passphrase");
  BOOST_TEST(create(folder.path() / "s1", RecoveryKey{"x"}) == "invalid_argument");
  BOOST_TEST(!fs::exists(folder.path() / "s1"));
  BOOST_TEST(create(folder.path() / "s1") == "none");
  const fs::perms rights = fs::status(folder.path() / "s1").permissions();
  const bool only_owners =
      (rights & (fs::perms::group_all | fs::perms::others_all)) == fs::perms::none;
  BOOST_TEST(only_owners);
}

BOOST_AUTO_TEST_CASE(who_has_no_rights_is_told_so) {
  Closed store;
  if (::geteuid() != 0) {
    fs::permissions(store.keys, fs::perms::none);
    BOOST_TEST(store.open() == "io");
    fs::permissions(store.keys, fs::perms::owner_all);
    return;
  }
  // As root nothing is forbidden, so a child gives its rights away first.
  const pid_t child = ::fork();
  if (child == 0) {
    if (::setgid(65534) != 0 || ::setuid(65534) != 0) _exit(2);
    _exit(store.open() == "io" ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  BOOST_TEST(WEXITSTATUS(status) == 0);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(forks)

namespace {

/// Runs `work` in a child of this process. A child that stands still is ended.
template <class Work>
pid_t start_child(Work&& work) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::alarm(20);
    bool right = false;
    try {
      right = work();
    } catch (...) {
    }
    _exit(right ? 0 : 1);
  }
  return child;
}

/// Waits for its end; true when its work returned true.
bool was_right(pid_t child) {
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

template <class Work>
bool in_child(Work&& work) {
  return was_right(start_child(std::forward<Work>(work)));
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_call_in_a_child_says_forked) {
  City city;
  Session officer = city.sign_in();
  Store& store = city.store();
  const auto forked = [](auto&& work) {
    return in_child([&] { return error_of(work) == "forked"; });
  };
  BOOST_TEST(forked([&] { return officer.evacuees().list().next; }));
  BOOST_TEST(forked([&] { return officer.journal().list().next; }));
  BOOST_TEST(forked([&] { return officer.journal().verify().entries; }));
  BOOST_TEST(forked([&] { return officer.members().list().next; }));
  BOOST_TEST(forked([&] { officer.sign_out(); }));
  BOOST_TEST(forked([&] { officer.change_password(password, password); }));
  BOOST_TEST(forked([&] { return store.sign_in(joso, "kanri", password); }));
  BOOST_TEST(forked([&] { return store.resume(officer.token()); }));
  BOOST_TEST(forked([&] { return store.check().sound; }));
  BOOST_TEST(forked([&] { return store.verify_journal().entries; }));
  BOOST_TEST(forked([&] { store.flush(); }));
  BOOST_TEST(forked([&] { return store.key_slots().size(); }));
  BOOST_TEST(forked([&] { return store.municipalities().size(); }));
  BOOST_TEST(forked([&] { return store.add_recovery_key("x"); }));
  BOOST_TEST(forked([&] { store.change_passphrase(Passphrase{"a"}, Passphrase{"b"}); }));
}

BOOST_AUTO_TEST_CASE(a_child_lets_go_of_the_store_and_opens_it_anew) {
  if (!children_may_start_threads) return;
  City city;
  Session officer = city.sign_in();
  BOOST_TEST(in_child([&] {
    city.reopen();  // ends the parent's handle here, and must neither hang nor harm
    Session own = city.sign_in();
    own.evacuees().add(resident("子", "コ"), {});
    city.close();
    return true;
  }));
  officer.evacuees().add(resident("親", "オヤ"), {});
  BOOST_TEST(officer.evacuees().list().items.size() == 2u);
  BOOST_TEST(city.store().check().sound);
}

// SQLite knows which files its process has locked, and a child inherits that knowledge without the
// locks: a parent who thinks himself the last one takes the write-ahead log away.
BOOST_AUTO_TEST_CASE(what_a_child_writes_stays_when_the_parent_closes) {
  if (!children_may_start_threads) return;
  City city;
  city.sign_in().evacuees().add(resident("親", "オヤ"), {});
  std::array<int, 2> opened{};
  std::array<int, 2> closed{};
  BOOST_REQUIRE(::pipe(opened.data()) == 0);
  BOOST_REQUIRE(::pipe(closed.data()) == 0);
  const pid_t child = start_child([&] {
    city.reopen();
    Session own = city.sign_in();
    own.evacuees().add(resident("子", "コ"), {});
    char signal = 'o';
    if (::write(opened[1], &signal, 1) != 1 || ::read(closed[0], &signal, 1) != 1) return false;
    own.evacuees().add(resident("孫", "マゴ"), {});
    return own.evacuees().list().items.size() == 3u;
  });
  char signal = 0;
  ::close(opened[1]);
  BOOST_TEST(::read(opened[0], &signal, 1) == 1);
  city.close();
  BOOST_TEST(::write(closed[1], &signal, 1) == 1);
  BOOST_TEST(was_right(child));
  city.reopen();
  BOOST_TEST(city.sign_in().evacuees().list().items.size() == 3u);
  BOOST_TEST(city.store().check().sound);
  for (const int end : {opened[0], closed[0], closed[1]}) ::close(end);
}

BOOST_AUTO_TEST_SUITE_END()
