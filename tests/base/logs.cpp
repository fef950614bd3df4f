#include <boost/test/unit_test.hpp>
#include <renraku/described/log.hpp>
#include <thread>

#include "base/log.hpp"

using namespace renraku;
using namespace renraku::base;

namespace {

struct Heard {
  std::vector<std::string> texts;
  std::vector<std::thread::id> threads;
  Log log{[this](const LogLine& line) {
    texts.push_back(line.text);
    threads.push_back(std::this_thread::get_id());
  }};
};

void say(int number) {
  log_line(LogLevel::info, LogEvent::store_opened, "line {}", number);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(logs)

BOOST_AUTO_TEST_CASE(a_line_is_told_when_the_outermost_call_ends) {
  Heard heard;
  {
    const LoggedCall outer(heard.log);
    {
      const LoggedCall inner(heard.log);
      say(1);
    }
    say(2);
    BOOST_TEST(heard.texts.empty());
  }
  const std::vector<std::string> both{"line 1", "line 2"};
  BOOST_TEST(heard.texts == both);
}

BOOST_AUTO_TEST_CASE(a_line_outside_of_calls_or_without_a_sink_goes_nowhere) {
  Heard heard;
  say(1);
  Log deaf{nullptr};
  {
    const LoggedCall outer(heard.log);
    const LoggedCall inner(deaf);
    BOOST_TEST(current_log() == nullptr);
    say(2);
  }
  BOOST_TEST(heard.texts.empty());
}

BOOST_AUTO_TEST_CASE(what_another_thread_says_waits_for_the_next_call) {
  Heard heard;
  std::thread background([&] {
    const LogScope scope(&heard.log);
    say(1);
  });
  background.join();
  BOOST_TEST(heard.texts.empty());
  { const LoggedCall call(heard.log); }
  BOOST_REQUIRE(heard.texts.size() == 1u);
  BOOST_TEST((heard.threads[0] == std::this_thread::get_id()));
}

BOOST_AUTO_TEST_CASE(the_oldest_make_room_and_are_counted) {
  Heard heard;
  {
    const LoggedCall call(heard.log);
    for (int i = 0; i < 300; ++i) say(i);
  }
  BOOST_REQUIRE(heard.texts.size() == 257u);
  BOOST_TEST(heard.texts.front() == "44 older lines were dropped before anybody called");
  BOOST_TEST(heard.texts[1] == "line 44");
  BOOST_TEST(heard.texts.back() == "line 299");
}

BOOST_AUTO_TEST_CASE(a_sink_that_speaks_or_throws_loses_no_line) {
  std::vector<std::string> texts;
  Log log{[&](const LogLine& line) {
    texts.push_back(line.text);
    if (texts.size() == 1) say(2);
    throw std::runtime_error("a poor sink");
  }};
  {
    const LoggedCall call(log);
    say(1);
  }
  const std::vector<std::string> both{"line 1", "line 2"};
  BOOST_TEST(texts == both);
}

BOOST_AUTO_TEST_SUITE_END()
