// A region: which store a municipality is led to, and what happens when its directory changes.
#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <mutex>
#include <renraku/described/log.hpp>
#include <thread>

#include "domain/municipalities/municipalities.hpp"
#include "fixture/city.hpp"
#include "fixture/expect.hpp"
#include "session/region_state.hpp"

using namespace renraku;
using namespace renraku::fixture;
namespace fs = std::filesystem;

namespace {

constexpr const char* hitachi = "082023";
constexpr std::chrono::steady_clock::duration always{0};
constexpr std::chrono::hours never{1};

/// A municipality's lines of a directory.
std::string entry(const std::string& code, const std::string& address, const fs::path& home,
                  const std::string& name = "") {
  const std::string named = name.empty() ? "" : "name = \"" + name + "\"\n";
  return "[" + code + "]\n" + named + "address = '" + address + "'\nhome = '" + home.string() +
         "'\n";
}
std::string entry(const std::string& code, const City& city) {
  return entry(code, city.address(), city.options().home);
}

/// Two cities' stores, which are closed, and a directory of them. The second has 日立市 too.
struct Prefecture {
  City north;
  City south;
  TemporaryFolder folder;
  fs::path file = folder.path() / "region.toml";
  std::mutex writing;
  std::string log;

  Prefecture() {
    NewMunicipality second;
    second.code = hitachi;
    second.name = "日立市";
    second.administrator.name = "管理 花子";
    second.administrator.login = "kanri";
    second.administrator.password = password;
    second.administrator.roles = {Role::administrator};
    south.store().add_municipality(second);
    north.close();
    south.close();
  }

  void write(const std::string& text) const {
    const fs::path beside = folder.path() / "region.toml.new";
    std::ofstream(beside, std::ios::binary | std::ios::trunc) << text;
    fs::rename(beside, file);
  }
  [[nodiscard]] Region open(std::chrono::steady_clock::duration look_every = always) {
    StoreOptions options;
    options.clock = north.options().clock;
    options.log = [this](const LogLine& line) {
      const std::scoped_lock lock(writing);
      log += std::string(enum_name(line.event)) + " " + line.text + '\n';
    };
    return open_region(file, Passphrase{passphrase}, options, City::cheap(), look_every);
  }
  [[nodiscard]] int told(const std::string& words) const {
    int count = 0;
    for (std::size_t at = log.find(words); at != std::string::npos; at = log.find(words, at + 1)) {
      ++count;
    }
    return count;
  }
};

std::string name_in(const Region& region, const std::string& code) {
  const Session session = region.store(code).sign_in(code, "kanri", password);
  return session.municipalities().view().name;
}
const StoreState* which(const Region& region, const std::string& code) {
  return &StoreAccess::state(region.store(code));
}

/// What opening a directory with this text throws.
std::string refusal(const std::string& text) {
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "region.toml";
  std::ofstream(file, std::ios::binary) << text;
  return text_of([&] { return Region::open(file, HostKey{}).municipalities(); });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(region)

BOOST_AUTO_TEST_CASE(a_municipality_is_led_to_its_store) {
  Prefecture made;
  made.write(entry(joso, made.north) + entry(hitachi, made.south));
  const Region region = made.open();
  BOOST_TEST(made.told("store_opened") == 0);
  BOOST_TEST(name_in(region, joso) == "常総市");
  BOOST_TEST(made.told("store_opened") == 1);
  BOOST_TEST(name_in(region, hitachi) == "日立市");
  BOOST_TEST(which(region, joso) == which(region, joso));
  BOOST_TEST(which(region, joso) != which(region, hitachi));
  BOOST_TEST(made.told("store_opened 082112: store") == 1);
  BOOST_TEST(made.told("store_opened 082023: store") == 1);
  BOOST_TEST(made.told("store_opened") == 2);
  const auto unknown = [&] { return which(region, "082031"); };
  BOOST_TEST(error_of(unknown) == "not_found");
  BOOST_TEST(field_of(unknown) == "municipality");
}

BOOST_AUTO_TEST_CASE(municipalities_of_one_address_share_a_store) {
  Prefecture made;
  made.write(entry(joso, made.south) + entry(hitachi, made.south));
  const Region region = made.open();
  BOOST_TEST(which(region, joso) == which(region, hitachi));
  BOOST_TEST(name_in(region, hitachi) == "日立市");
}

BOOST_AUTO_TEST_CASE(tells_whom_it_serves_without_opening_a_store) {
  Prefecture made;
  made.write(entry(joso, "nowhere", "home", "常総市") + entry(hitachi, "nowhere", "home"));
  const std::vector<ServedMunicipality> all = made.open().municipalities();
  BOOST_REQUIRE(all.size() == 2);
  BOOST_TEST(all[0].code == hitachi);
  BOOST_TEST(all[0].name == "");
  BOOST_TEST(all[1].code == joso);
  BOOST_TEST(all[1].name == "常総市");
  BOOST_TEST(made.told("opened") == 0);
}

BOOST_AUTO_TEST_CASE(a_municipality_is_added_without_a_restart) {
  Prefecture made;
  made.write(entry(joso, made.north));
  const Region region = made.open();
  const StoreState* const before = which(region, joso);
  BOOST_TEST(error_of([&] { return which(region, hitachi); }) == "not_found");
  made.write(entry(joso, made.north) + entry(hitachi, made.south));
  BOOST_TEST(name_in(region, hitachi) == "日立市");
  BOOST_TEST(which(region, joso) == before);
  BOOST_TEST(made.told("region_changed") == 1);
}

BOOST_AUTO_TEST_CASE(a_municipality_that_moved_is_in_its_new_store_from_the_next_question_on) {
  Prefecture made;
  made.write(entry(joso, made.north));
  const Region region = made.open();
  {
    const Session under_way = region.store(joso).sign_in(joso, "kanri", password);
    made.write(entry(joso, made.south));
    const Session moved = region.store(joso).sign_in(joso, "kanri", password);
    BOOST_TEST(moved.municipalities().view().id.text() !=
               under_way.municipalities().view().id.text());
    BOOST_TEST(made.told("store_closed") == 0);
  }
  // The last who held it is gone; the region holds the new one.
  BOOST_TEST(made.told("store_closed 082112: ") == 1);
  BOOST_TEST(made.told("store_opened") == 2);
  BOOST_TEST(name_in(region, joso) == "常総市");
}

BOOST_AUTO_TEST_CASE(a_store_that_is_named_no_more_closes) {
  Prefecture made;
  made.write(entry(joso, made.north) + entry(hitachi, made.south));
  const Region region = made.open();
  static_cast<void>(which(region, joso));
  static_cast<void>(which(region, hitachi));
  made.write(entry(hitachi, made.south));
  BOOST_TEST(error_of([&] { return which(region, joso); }) == "not_found");
  BOOST_TEST(made.told("store_closed 082112: ") == 1);
  BOOST_TEST(made.told("store_closed") == 1);
}

BOOST_AUTO_TEST_CASE(the_directory_is_not_looked_at_for_each_question) {
  Prefecture made;
  made.write(entry(joso, made.north));
  Region region = made.open(never);
  made.write(entry(hitachi, made.south));
  BOOST_TEST(error_of([&] { return which(region, hitachi); }) == "not_found");
  region.reload();
  BOOST_TEST(name_in(region, hitachi) == "日立市");
}

BOOST_AUTO_TEST_CASE(a_broken_directory_changes_nothing_and_is_told_of_once) {
  Prefecture made;
  made.write(entry(joso, made.north));
  Region region = made.open();
  const StoreState* const before = which(region, joso);
  made.write("[082112]\naddress = \n");
  BOOST_TEST(which(region, joso) == before);
  BOOST_TEST(which(region, joso) == before);
  BOOST_TEST(made.told("region_refused the directory of stores breaks a rule in line 2") == 1);
  BOOST_TEST(error_of([&] { return region.reload(), 0; }) == "invalid");
  BOOST_TEST(which(region, joso) == before);
  fs::remove(made.file);
  BOOST_TEST(which(region, joso) == before);
  BOOST_TEST(which(region, joso) == before);
  BOOST_TEST(made.told("region_refused the directory of stores can't be read") == 1);
  BOOST_TEST(error_of([&] { return region.reload(), 0; }) == "io");
  BOOST_TEST(made.told("region_refused") == 2);
  made.write(entry(joso, made.north) + entry(hitachi, made.south));
  BOOST_TEST(which(region, joso) == before);
  BOOST_TEST(made.told("region_changed") == 1);
  BOOST_TEST(name_in(region, hitachi) == "日立市");
}

BOOST_AUTO_TEST_CASE(what_breaks_a_rule_is_told_by_its_line_and_by_nothing_that_stands_there) {
  const std::vector<std::pair<std::string, int>> broken{
      {"[082112]\naddress = postgresql://a:himitsu@b/c\n", 2},
      {"[082112]\naddress = \"a\"\n\n[082112]\naddress = \"himitsu\"\n", 4},
      {"[082112]\naddress = \"a\"\nhimitsu = 1\n", 3},
      {"himitsu = \"a\"\n[082112]\naddress = \"a\"\n", 1},
      {"\n[082113]\naddress = \"himitsu\"\n", 2},
      {"\n082112 = \"himitsu\"\n", 2},
      {"[082112]\nname = \"himitsu\"\n", 1},
      {"[082112]\naddress = 5\n", 2},
      {"[082112]\naddress = \"\"\n", 2},
      {"[082112]\naddress = \"himitsu\\u0000\"\n", 2},
      {"[082112]\naddress = \"postgresql:/a:himitsu@b/c\"\n", 2},
      {"home = []\n[082112]\naddress = \"himitsu\"\n", 1},
      {"[082112]\naddress = \"a\"\nname = \"himitsu" + std::string(5000, 'x') + "\"\n", 3},
      {"[[[[himitsu", 1},
  };
  for (const auto& [text, line] : broken) {
    const std::string told = refusal(text);
    BOOST_TEST(told.find("in line " + std::to_string(line) + ":") != std::string::npos,
               told << " is told of " << text.substr(0, 60));
    BOOST_TEST(told.find("himitsu") == std::string::npos, told);
  }
  BOOST_TEST(refusal("").find("names no municipality") != std::string::npos);
  BOOST_TEST(refusal("home = \"a\"\n").find("names no municipality") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(its_size_is_limited) {
  BOOST_TEST(refusal(std::string((1 << 20) + 1, '\n')).find("bytes") != std::string::npos);
  std::string many;
  for (int number = 100'000, count = 0; count < 2'001; ++number) {
    const std::string code = std::to_string(number);
    if (!domain::is_municipality_code(code)) continue;
    many += "[" + code + "]\naddress = \"a\"\n";
    ++count;
  }
  BOOST_TEST(refusal(many).find("more than 2000 municipalities") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(paths_begin_at_the_directorys_folder, *on_a_folder("about a folder's path")) {
  Prefecture made;
  fs::rename(made.north.path(), made.folder.path() / "joso.renraku");
  made.write("[082112]\naddress = \"joso.renraku\"\n");
  BOOST_TEST(name_in(made.open(), joso) == "常総市");
}

BOOST_AUTO_TEST_CASE(the_directorys_home_is_that_of_all_that_name_none) {
  Prefecture made;
  made.write("home = '" + made.north.options().home.string() + "'\n[082112]\naddress = '" +
             made.north.address() + "'\n" + entry(hitachi, made.south));
  const Region region = made.open();
  BOOST_TEST(name_in(region, joso) == "常総市");
  BOOST_TEST(name_in(region, hitachi) == "日立市");
}

BOOST_AUTO_TEST_CASE(a_store_that_could_not_be_opened_is_tried_again,
                     *on_a_folder("a folder is put in its place")) {
  Prefecture made;
  const fs::path later = made.folder.path() / "later.renraku";
  made.write(entry(joso, later, made.folder.path()));
  const Region region = made.open();
  for (int i = 0; i < 2; ++i) {
    BOOST_TEST(error_of([&] { return which(region, joso); }) == "not_a_store");
  }
  fs::rename(made.north.path(), later);
  BOOST_TEST(name_in(region, joso) == "常総市");
}

BOOST_AUTO_TEST_CASE(many_who_ask_at_once_get_one_store) {
  Prefecture made;
  made.write(entry(joso, made.north) + entry(hitachi, made.south));
  const Region region = made.open();
  std::vector<std::thread> asking;
  std::atomic<int> right{0};
  for (int i = 0; i < 8; ++i) {
    asking.emplace_back([&, i] {
      const char* const code = i % 2 ? joso : hitachi;
      for (int turn = 0; turn < 20; ++turn) {
        const Store store = region.store(code);
        if (i == 0) made.write(entry(joso, made.north) + entry(hitachi, made.south) + "# again\n");
        right += store.opened_with() != Uuid{};
      }
    });
  }
  for (std::thread& each : asking) each.join();
  BOOST_TEST(right == 160);
  BOOST_TEST(made.told("store_opened") == 2);
}

BOOST_AUTO_TEST_CASE(a_store_that_was_encrypted_anew_is_opened_anew,
                     *on_a_folder("of a store on a server nothing is")) {
  Prefecture made;
  made.write(entry(joso, made.north));
  const Region region = made.open();
  const StoreState* const before = which(region, joso);
  static_cast<void>(region.store(joso).reencrypt({Passphrase{passphrase}}));
  BOOST_TEST(which(region, joso) != before);
  BOOST_TEST(name_in(region, joso) == "常総市");
}

BOOST_AUTO_TEST_CASE(stores_outlive_the_region) {
  Prefecture made;
  made.write(entry(joso, made.north));
  std::optional<Region> region(made.open());
  const Session session = region->store(joso).sign_in(joso, "kanri", password);
  region.reset();
  BOOST_TEST(session.municipalities().view().name == "常総市");
}

BOOST_AUTO_TEST_CASE(a_forked_child_is_told) {
  Prefecture made;
  made.write(entry(joso, made.north));
  Region region = made.open();
  static_cast<void>(which(region, joso));
  const pid_t child = ::fork();
  if (child == 0) {
    ::alarm(20);
    const bool told = error_of([&] { return which(region, joso); }) == "forked" &&
                      error_of([&] { return region.municipalities(); }) == "forked" &&
                      error_of([&] { return region.reload(), 0; }) == "forked";
    ::_exit(told ? 0 : 1);
  }
  int status = 0;
  BOOST_REQUIRE(::waitpid(child, &status, 0) == child);
  BOOST_TEST((WIFEXITED(status) && WEXITSTATUS(status) == 0));
  BOOST_TEST(name_in(region, joso) == "常総市");
}

BOOST_AUTO_TEST_SUITE_END()
