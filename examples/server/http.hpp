// The server on the wire: cpp-httplib, its limits, and the headers of every answer.
#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "application.hpp"
#include "router.hpp"

namespace httplib {
class Server;
struct Request;
}  // namespace httplib

namespace renraku::server {

/// Listens from construction on; `serve` answers until `stop`.
class HttpServer {
 public:
  /// Binds; where no origin was configured, the address it listens on becomes the one of
  /// `application.config`. Error{io} for an address that can't be had, Error{invalid} for a
  /// certificate that can't be used.
  HttpServer(Application& application, const Router& router);
  ~HttpServer();

  /// Returns after `stop`, when the requests under way are answered.
  void serve();
  /// From any thread, also before `serve` has begun, which then ends at once.
  void stop();
  /// Where to find it, e.g. "http://127.0.0.1:8080".
  [[nodiscard]] const std::string& address() const { return address_; }

 private:
  void set_limits();
  void set_handlers();
  [[nodiscard]] Answer answer(const httplib::Request& request, const ReadBody& read);
  void bind();

  Application& app_;
  const Router& router_;
  std::unique_ptr<httplib::Server> server_;
  std::string address_;
  std::atomic<bool> has_ended_{false};
};

}  // namespace renraku::server
