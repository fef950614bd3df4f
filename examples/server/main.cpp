// renraku-server: opens a store, or the stores of a region, and serves them until SIGTERM or
// SIGINT.
//
// Standard output gets one line, the address; everything else goes to standard error, and neither
// ever holds personal data. Exit codes are the command line's: the thousands of the error.
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <thread>

#include "api/api.hpp"
#include "http.hpp"

namespace {

using namespace renraku;

// What is read in memory is not written elsewhere: no core dumps, and files are ours alone.
void keep_private() {
  ::umask(077);
  const ::rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
}

int run(const std::vector<std::string>& arguments) {
  keep_private();
  // Before the first thread, so that every thread leaves them to sigwait below.
  ::sigset_t ends{};
  ::sigemptyset(&ends);
  ::sigaddset(&ends, SIGTERM);
  ::sigaddset(&ends, SIGINT);
  ::pthread_sigmask(SIG_BLOCK, &ends, nullptr);

  server::Application application(server::read_config(arguments));
  const server::Router router(server::api_routes());
  server::HttpServer http(application, router);
  std::printf("%s\n", http.address().c_str());
  std::fflush(stdout);

  std::thread serving([&] {
    http.serve();
    ::kill(::getpid(), SIGTERM);  // where it ended by itself, so does the program
  });
  int signal = 0;
  ::sigwait(&ends, &signal);
  http.stop();
  serving.join();
  application.stores.flush();
  return 0;
}

}  // namespace

int main(int count, char** words) {
  try {
    return run({words + 1, words + count});
  } catch (const renraku::Error& error) {
    std::fprintf(stderr, "renraku-server: %s\n%s\n", error.what(),
                 std::string(renraku::error_message_ja(error.code())).c_str());
    return static_cast<int>(error.code()) / 1000;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "renraku-server: %s\n", error.what());
    return 1;
  }
}
