// A line to the server that can be cut at the worst moment.
#pragma once

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <thread>
#include <vector>

#include "fixture/temporary_folder.hpp"

namespace renraku::fixture {

/// Carries what clients and the server say to each other, on a socket of its own.
class CutLine {
 public:
  /// Where the line is cut, once: behind the next message of a client that holds the word, before
  /// the server gets it or before the client gets the answer.
  enum class Where { before_the_server, before_the_client };

  /// `direct` is an address of PostgresServer's.
  explicit CutLine(std::string direct)
      : direct_(std::move(direct)), listener_(::socket(AF_UNIX, SOCK_STREAM, 0)) {
    const sockaddr_un here = place(folder_.path() / ".s.PGSQL.5432");
    ::bind(listener_, reinterpret_cast<const sockaddr*>(&here), sizeof here);
    ::listen(listener_, 8);
    thread_ = std::thread([this] { carry(); });
  }
  CutLine(const CutLine&) = delete;
  CutLine& operator=(const CutLine&) = delete;
  ~CutLine() {
    ends_ = true;
    thread_.join();
    for (const Pair& pair : pairs_) hang_up(pair);
    ::close(listener_);
  }

  /// The same database, through this line.
  [[nodiscard]] std::string address() const {
    return direct_.substr(0, direct_.find(host)) + std::string(host) + folder_.path().string();
  }
  void cut(std::string word, Where where) {
    word_ = std::move(word);
    where_ = where;
    armed_ = true;
  }
  [[nodiscard]] bool was_cut() const { return !armed_; }

 private:
  static constexpr std::string_view host = "host=";

  struct Pair {
    int client;
    int server;
    bool answer_is_lost = false;
  };

  static sockaddr_un place(const std::string& path) {
    sockaddr_un out{};
    out.sun_family = AF_UNIX;
    path.copy(out.sun_path, sizeof out.sun_path - 1);
    return out;
  }
  static void hang_up(const Pair& pair) {
    ::close(pair.client);
    ::close(pair.server);
  }

  void take_caller() {
    Pair pair{::accept(listener_, nullptr, nullptr), ::socket(AF_UNIX, SOCK_STREAM, 0)};
    const sockaddr_un there =
        place(direct_.substr(direct_.find(host) + host.size()) + "/.s.PGSQL.5432");
    static_cast<void>(
        ::connect(pair.server, reinterpret_cast<const sockaddr*>(&there), sizeof there));
    pairs_.push_back(pair);
  }

  /// False when the pair is done with.
  bool from_client(Pair& pair) {
    std::array<char, 65536> buffer{};
    const auto size = ::recv(pair.client, buffer.data(), buffer.size(), 0);
    if (size <= 0) return false;
    const std::string_view said(buffer.data(), static_cast<std::size_t>(size));
    if (armed_ && said.find(word_) != std::string_view::npos) {
      armed_ = false;
      if (where_ == Where::before_the_server) return false;
      pair.answer_is_lost = true;
    }
    return ::send(pair.server, said.data(), said.size(), MSG_NOSIGNAL) == size;
  }
  static bool from_server(const Pair& pair) {
    std::array<char, 65536> buffer{};
    const auto size = ::recv(pair.server, buffer.data(), buffer.size(), 0);
    if (size <= 0 || pair.answer_is_lost) return false;
    return ::send(pair.client, buffer.data(), static_cast<std::size_t>(size), MSG_NOSIGNAL) == size;
  }

  void carry() {
    constexpr int look_up_ms = 20;
    while (!ends_) {
      std::vector<pollfd> sockets{{listener_, POLLIN, 0}};
      for (const Pair& pair : pairs_) {
        sockets.push_back({pair.client, POLLIN, 0});
        sockets.push_back({pair.server, POLLIN, 0});
      }
      if (::poll(sockets.data(), sockets.size(), look_up_ms) <= 0) continue;
      for (std::size_t i = pairs_.size(); i-- > 0;) {
        const bool goes_on = (!sockets[1 + 2 * i].revents || from_client(pairs_[i])) &&
                             (!sockets[2 + 2 * i].revents || from_server(pairs_[i]));
        if (goes_on) continue;
        hang_up(pairs_[i]);
        pairs_.erase(pairs_.begin() + static_cast<std::ptrdiff_t>(i));
      }
      if (sockets[0].revents) take_caller();
    }
  }

  std::string direct_;
  TemporaryFolder folder_;
  int listener_;
  std::vector<Pair> pairs_;
  std::string word_;
  Where where_ = Where::before_the_server;
  std::atomic<bool> armed_ = false;
  std::atomic<bool> ends_ = false;
  std::thread thread_;
};

}  // namespace renraku::fixture
