// The server that keeps the rows is told none of the words: they stand neither in what a full dump
// of each database yields, nor in its log at its most talkative, nor in a file of its folder, its
// write-ahead log included. The conformance tests run against it meanwhile, and what they say of
// people is looked for too.
//
// with_postgresql runs this test, with the settings that tests/canary/CMakeLists.txt names.
#include <sys/wait.h>

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <fstream>
#include <map>

#include "canary/planting.hpp"

using namespace renraku;
using namespace renraku::canary;
using namespace renraku::fixture;
namespace fs = std::filesystem;

namespace {

std::string given(const char* variable) {
  const char* const value = std::getenv(variable);
  BOOST_REQUIRE_MESSAGE(value, variable << " is not set; see tests/canary/CMakeLists.txt");
  return value;
}

void run(const std::string& command) {
  const int status = std::system(command.c_str());
  BOOST_TEST_REQUIRE((WIFEXITED(status) && WEXITSTATUS(status) == 0), command);
}

std::string quoted(const std::string& word) {
  return '\'' + word + '\'';
}

/// With what the scenarios say beside the canary.
Words everybody(const fs::path& folder) {
  Words all = planted();
  const fs::path list = folder / "said";
  run(quoted(given("RENRAKU_PYTHON")) + " " + quoted(given("RENRAKU_SAID")) + " > " +
      list.string());
  int words = 0;
  std::ifstream in(list);
  for (std::string kind, word; std::getline(in, kind, '\t') && std::getline(in, word);) {
    if (kind == "day") all.add_day(Date::parse(word));
    if (kind == "phone") all.add_phone(word);
    if (kind == "word") all.add(word);
    ++words;
  }
  BOOST_TEST(words > 200);
  return all;
}

/// What was found, and where, for the message of the test.
class Finds {
 public:
  explicit Finds(const Words& words) : words_(words) {}

  /// A dump or a log, whose lines are all looked into.
  void look_into_text(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    int number = 0;
    for (std::string line; std::getline(in, line);) {
      ++number;
      if (const auto found = words_.in_text(line)) {
        add(file, "line " + std::to_string(number), *found, line);
      }
      said_ += line.size();
    }
  }
  void look_into_file(const fs::path& file) {
    const std::string bytes = content(file);
    if (const auto found = words_.in_bytes(bytes)) add(file, "bytes", *found, {});
    if (const auto found = words_.in_bytes(file.string())) add(file, "its name", *found, {});
  }
  [[nodiscard]] const std::string& all() const { return finds_; }
  [[nodiscard]] std::size_t said() const { return said_; }

 private:
  void add(const fs::path& file, const std::string& where, const Form& found,
           const std::string& line) {
    // Of each word, so that one that is everywhere hides no other.
    constexpr int shown_max = 3;
    if (++counts_[found.of] > shown_max) return;
    finds_ += "\n" + file.filename().string() + ", " + where + ": " + found.of + "\n    " +
              line.substr(0, 400);
  }

  const Words& words_;
  std::string finds_;
  std::map<std::string, int> counts_;
  std::size_t said_ = 0;
};

bool any_line_holds(const std::vector<fs::path>& files, const std::string& part) {
  for (const fs::path& file : files) {
    if (content(file).find(part) != std::string::npos) return true;
  }
  return false;
}

std::vector<fs::path> files_below(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  return files;
}

boost::test_tools::assertion_result server_tells(boost::unit_test::test_unit_id) {
  boost::test_tools::assertion_result runs(std::getenv("RENRAKU_TEST_SERVER_DATA") != nullptr);
  runs.message() << "needs a server that with_postgresql runs";
  return runs;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(server_canary, *boost::unit_test::precondition(server_tells))

BOOST_AUTO_TEST_CASE(they_stand_in_no_dump_no_log_and_no_file_of_the_server) {
  TemporaryFolder temporary;
  const fs::path dumps = temporary.path() / "dumps";
  fs::create_directory(dumps);
  ::setenv("RENRAKU_TEST_DUMPS", dumps.c_str(), 1);
  run(quoted(given("RENRAKU_PYTHON")) + " " + quoted(given("RENRAKU_CONFORMANCE")));
  const Words words = everybody(temporary.path());
  const fs::path data = given("RENRAKU_TEST_SERVER_DATA");
  Finds finds(words);
  {
    City city;
    static_cast<void>(plant(city));
    city.close();
    run("pg_dumpall --file " + (dumps / "rest.sql").string());
    run("psql -q -d postgres -c CHECKPOINT");
    const std::vector<fs::path> dumped = files_below(dumps);
    const std::vector<fs::path> logs = files_below(data / "log");
    // All were asked, and told what could be told.
    BOOST_TEST(dumped.size() > 100u);
    BOOST_TEST(any_line_holds({dumps / "rest.sql"}, "COPY public.person_search "));
    BOOST_TEST(any_line_holds(logs, "INSERT INTO person "));
    BOOST_TEST(any_line_holds(logs, "DETAIL:  parameters: $1 = "));
    for (const fs::path& dump : dumped) finds.look_into_text(dump);
    for (const fs::path& log : logs) finds.look_into_text(log);
    BOOST_TEST(finds.said() > 50'000'000u);
    for (const fs::path& file : files_below(data)) {
      if (file.parent_path() != data / "log") finds.look_into_file(file);
    }
  }
  BOOST_TEST(finds.all().empty(), finds.all());
}

BOOST_AUTO_TEST_SUITE_END()
