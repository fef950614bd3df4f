// What the host's operator hears, when, and on which thread.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <renraku/described/log.hpp>
#include <thread>

#include "fixture/city.hpp"
#include "fixture/expect.hpp"

using namespace renraku;
using namespace renraku::fixture;
namespace fs = std::filesystem;

namespace {

/// What a store said, in order.
struct Heard {
  std::vector<LogLine> lines;
  std::vector<std::thread::id> threads;

  [[nodiscard]] StoreOptions options(const City& city) {
    StoreOptions options = city.options();
    options.log = [this](const LogLine& line) {
      lines.push_back(line);
      threads.push_back(std::this_thread::get_id());
    };
    return options;
  }
  [[nodiscard]] std::string events() const {
    std::string all;
    for (const LogLine& line : lines) all += std::string(enum_name(line.event)) + ' ';
    return all;
  }
  [[nodiscard]] std::size_t count(LogEvent event) const {
    return static_cast<std::size_t>(std::count_if(
        lines.begin(), lines.end(), [event](const LogLine& line) { return line.event == event; }));
  }
};

Store open(const City& city, Heard& heard, const Secret& secret = Passphrase{passphrase}) {
  return open_store(city.address(), secret, heard.options(city), City::cheap());
}

void spoil(const fs::path& file, std::streamoff at) {
  std::fstream bytes(file, std::ios::in | std::ios::out | std::ios::binary);
  bytes.seekg(at);
  const int byte = bytes.get();
  bytes.seekp(at);
  bytes.put(static_cast<char>(byte ^ 1));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(logs)

BOOST_AUTO_TEST_CASE(an_opening_and_a_closing_are_told) {
  City city;
  city.close();
  Heard heard;
  {
    const Store store = open(city, heard);
    BOOST_TEST(heard.events() == "key_slot_used store_opened ");
    BOOST_TEST(heard.lines[0].text.starts_with("the passphrase slot "));
    BOOST_TEST(enum_name(heard.lines[0].level) == "info");
    BOOST_TEST(heard.lines[0].time.micros > 0);
  }
  BOOST_TEST(heard.events() == "key_slot_used store_opened store_closed ");
}

BOOST_AUTO_TEST_CASE(a_creation_is_told_and_so_is_a_failure) {
  City city;
  city.close();
  Heard heard;
  const fs::path second = city.path().parent_path() / "second.renraku";
  BOOST_TEST(error_of([&] {
               return create_store(second, HostKey{}, "鍵", heard.options(city), City::cheap())
                   .municipalities()
                   .size();
             }) == "none");
  BOOST_TEST(heard.events() == "store_created store_closed ");
  heard.lines.clear();
  BOOST_TEST(error_of([&] { return open(city, heard, HostKey{}).key_slots().size(); }) ==
             "wrong_passphrase");
  BOOST_TEST(heard.events() == "opening_failed ");
  BOOST_TEST(heard.lines[0].text.ends_with(": wrong_passphrase"));
}

BOOST_AUTO_TEST_CASE(a_session_keeps_the_store_open_and_its_end_is_told) {
  City city;
  city.close();
  Heard heard;
  {
    std::optional<Store> store(open(city, heard));
    const Session session = store->sign_in(joso, "kanri", password);
    store.reset();
    BOOST_TEST(heard.count(LogEvent::store_closed) == 0u);
  }
  BOOST_TEST(heard.count(LogEvent::store_closed) == 1u);
}

BOOST_AUTO_TEST_CASE(a_back_off_is_told_without_the_name) {
  City city;
  city.close();
  Heard heard;
  Store store = open(city, heard);
  for (int i = 0; i < 5; ++i) {
    BOOST_TEST(heard.count(LogEvent::sign_in_back_off) == 0u);
    BOOST_TEST(error_of([&] { return store.sign_in(joso, "kanri", "ちがう").token(); }) ==
               "sign_in_failed");
  }
  BOOST_TEST(heard.count(LogEvent::sign_in_back_off) == 1u);
  for (const LogLine& line : heard.lines) BOOST_TEST(line.text.find("kanri") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_damaged_header_copy_is_told_until_it_is_mended) {
  City city;
  city.close();
  spoil(city.found().keys(), 100);
  Heard heard;
  Store store = open(city, heard);
  BOOST_TEST(heard.count(LogEvent::key_header_damaged) == 1u);
  BOOST_TEST(!store.check().sound);
  BOOST_TEST(heard.count(LogEvent::damage_found) == 1u);
  store.add_host_key("予備", HostKey{});
  BOOST_TEST(heard.count(LogEvent::key_header_mended) == 1u);
  BOOST_TEST(store.check().sound);
  BOOST_TEST(heard.count(LogEvent::damage_found) == 1u);
}

BOOST_AUTO_TEST_CASE(what_an_ended_process_left_in_the_log_file_is_told,
                     *on_a_folder("a copy of an open folder")) {
  City city;
  // A copy of an open store is what a killed process leaves.
  const fs::path left = city.path().parent_path() / "left.renraku";
  fs::copy(city.path(), left, fs::copy_options::recursive);
  fs::remove(left / "renraku.db-shm");
  Heard heard;
  const Store store = open_store(left, Passphrase{passphrase}, heard.options(city), City::cheap());
  BOOST_TEST(heard.count(LogEvent::wal_recovered) == 1u);
  BOOST_TEST(heard.count(LogEvent::engine_trouble) == 0u);
}

BOOST_AUTO_TEST_CASE(the_callers_thread_hears_and_a_sink_that_throws_harms_nobody) {
  City city;
  city.close();
  Heard heard;
  StoreOptions options = heard.options(city);
  options.log = [quiet = options.log](const LogLine& line) {
    quiet(line);
    throw std::runtime_error("a poor sink");
  };
  Store store = open_store(city.address(), Passphrase{passphrase}, options, City::cheap());
  BOOST_TEST(heard.threads.size() == 2u);
  heard.threads.clear();
  std::thread::id other;
  std::thread thread([&] {
    other = std::this_thread::get_id();
    for (int i = 0; i < 5; ++i) {
      static_cast<void>(error_of([&] { return store.sign_in(joso, "nobody", "x").token(); }));
    }
  });
  thread.join();
  BOOST_REQUIRE(heard.threads.size() == 1u);
  BOOST_TEST((heard.threads[0] == other));
}

BOOST_AUTO_TEST_SUITE_END()
