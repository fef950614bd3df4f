#include "http.hpp"

#include <httplib.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <thread>

namespace renraku::server {
namespace {

// A client has this long to send its next bytes, and we to send ours.
constexpr int io_timeout_seconds = 15;
// Our own addresses are far shorter; the library below takes 8 KiB.
constexpr std::size_t target_max = 4096;
// Browsers send about fifteen.
constexpr std::size_t headers_max = 64;
// A refused body is read this far, so that the client is still there for the answer.
constexpr std::size_t drained_max = std::size_t{4} << 20;
constexpr std::size_t send_chunk = std::size_t{64} << 10;

constexpr const char* content_security_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

bool set_tls(SSL_CTX& context, const Config& config) {
  SSL_CTX_set_min_proto_version(&context, TLS1_2_VERSION);
  if (SSL_CTX_use_certificate_chain_file(&context, config.tls_certificate.c_str()) != 1 ||
      SSL_CTX_use_PrivateKey_file(&context, config.tls_key.c_str(), SSL_FILETYPE_PEM) != 1 ||
      SSL_CTX_check_private_key(&context) != 1) {
    return false;
  }
  if (config.client_authority.empty()) return true;
  const char* authority = config.client_authority.c_str();
  SSL_CTX_set_client_CA_list(&context, SSL_load_client_CA_file(authority));
  SSL_CTX_set_verify(&context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  return SSL_CTX_load_verify_locations(&context, authority, nullptr) == 1;
}

std::unique_ptr<httplib::Server> make_server(const Config& config) {
  if (!config.tls()) return std::make_unique<httplib::Server>();
  return std::make_unique<httplib::SSLServer>(
      [&](SSL_CTX& context) { return set_tls(context, config); });
}

httplib::Headers default_headers(bool tls) {
  httplib::Headers headers{{"Content-Security-Policy", content_security_policy},
                           {"X-Content-Type-Options", "nosniff"},
                           {"X-Frame-Options", "DENY"},
                           {"Referrer-Policy", "no-referrer"},
                           {"Cross-Origin-Opener-Policy", "same-origin"},
                           {"Cross-Origin-Resource-Policy", "same-origin"},
                           {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"}};
  if (tls) headers.emplace("Strict-Transport-Security", "max-age=31536000");
  return headers;
}

// Sends the file in pieces and removes it, whether it arrived or not.
void send_file(httplib::Response& response, const std::filesystem::path& path,
               const std::string& type) {
  const auto in = std::make_shared<std::ifstream>(path, std::ios::binary);
  const auto size = static_cast<std::size_t>(std::filesystem::file_size(path));
  std::filesystem::remove(path);
  const auto provide = [in](std::size_t, std::size_t length, httplib::DataSink& sink) {
    std::string chunk(std::min(length, send_chunk), '\0');
    in->read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
    return in->gcount() > 0 && sink.write(chunk.data(), static_cast<std::size_t>(in->gcount()));
  };
  response.set_content_provider(size, type.c_str(), provide);
}

void send(httplib::Response& response, const Answer& answer) {
  response.status = answer.status;
  for (const auto& [name, value] : answer.headers) {
    response.set_header(name.c_str(), value.c_str());
  }
  // What came from the store stays in no cache.
  if (!response.has_header("Cache-Control")) response.set_header("Cache-Control", "no-store");
  if (!answer.file.empty()) {
    send_file(response, answer.file, answer.type);
  } else if (!answer.type.empty()) {
    response.set_content(answer.body, answer.type.c_str());
  }
}

// Only requests that call us by our own name: a page that rebinds its name to our address fails.
void require_host(const Application& app, const httplib::Request& request) {
  const std::string host = request.get_header_value("Host");
  for (const std::string& origin : app.config.origins) {
    if (origin.substr(origin.find("://") + 3) == host) return;
  }
  throw Refusal(421, ErrorCode::not_permitted, "host", "このサーバーの名前ではありません。");
}

void guard(Application& app, const httplib::Request& request) {
  if (request.target.size() > target_max || request.headers.size() > headers_max) {
    throw Refusal(431, ErrorCode::too_large, "headers",
                  std::string(error_message_ja(ErrorCode::too_large)));
  }
  require_host(app, request);
  if (!app.requests.take(request.remote_addr)) {
    throw Refusal(429, ErrorCode::back_off, "rate",
                  "アクセスが多すぎます。しばらく待ってからやり直してください。");
  }
}

// Where a request is refused before its body was read: the reader can be asked once alone, and may
// set a status of its own.
void drain(const ReadBody& read) {
  std::size_t drained = 0;
  read([&](const char*, std::size_t size) { return (drained += size) <= drained_max; });
}

}  // namespace

HttpServer::HttpServer(Application& application, const Router& router)
    : app_(application), router_(router), server_(make_server(application.config)) {
  if (!server_->is_valid()) {
    throw Error(ErrorCode::invalid, "the TLS certificate, its key or the authority can't be used",
                "tls-certificate");
  }
  set_limits();
  set_handlers();
  bind();
}

HttpServer::~HttpServer() = default;

void HttpServer::set_limits() {
  const std::size_t threads = app_.config.threads;
  server_->new_task_queue = [threads] { return new httplib::ThreadPool(threads); };
  // One request a connection: an idle browser holds no thread, and what is left of a refused body
  // is never taken for the next request.
  server_->set_keep_alive_max_count(1);
  server_->set_read_timeout(io_timeout_seconds);
  server_->set_write_timeout(io_timeout_seconds);
  server_->set_payload_max_length(std::max(app_.config.upload_max, app_.config.body_max));
  server_->set_default_headers(default_headers(app_.config.tls()));
}

Answer HttpServer::answer(const httplib::Request& request, const ReadBody& read) {
  bool was_read = false;
  const ReadBody read_once = [&](const auto& take) {
    was_read = true;
    return read(take);
  };
  try {
    guard(app_, request);
    const bool looks = request.method == "GET" || request.method == "HEAD";
    if (const StaticFile* file = looks ? app_.files.find(request.path) : nullptr) {
      return {200, file->type, file->body, {{"Cache-Control", "no-cache"}}, {}};
    }
    Call call(app_, request, read_once);
    return router_.answer(request.method, request.path, call);
  } catch (...) {
    const std::exception_ptr thrown = std::current_exception();
    if (read && !was_read) drain(read);
    return error_answer(thrown);
  }
}

void HttpServer::set_handlers() {
  server_->set_pre_routing_handler([this](const auto& request, auto& response) {
    // The library reads a body only for these.
    const bool has_body =
        request.method == "POST" || request.method == "PUT" || request.method == "DELETE";
    if (has_body && request.target.size() <= target_max) {
      return httplib::Server::HandlerResponse::Unhandled;
    }
    send(response, answer(request, {}));
    return httplib::Server::HandlerResponse::Handled;
  });
  const auto with_body = [this](const httplib::Request& request, httplib::Response& response,
                                const httplib::ContentReader& reader) {
    send(response, answer(request, [&](const auto& take) {
           return reader([&](const char* data, std::size_t size) { return take(data, size); });
         }));
  };
  constexpr const char* all = "[^]*";
  server_->Post(all, with_body);
  server_->Put(all, with_body);
  server_->Delete(all, with_body);
}

void HttpServer::bind() {
  Config& config = app_.config;
  const bool bound = config.port == 0 ? (config.port = server_->bind_to_any_port(config.host)) > 0
                                      : server_->bind_to_port(config.host, config.port);
  if (!bound) {
    throw Error(ErrorCode::io, "the address can't be listened on: in use, or not this machine's",
                "listen");
  }
  const std::string scheme = config.tls() ? "https://" : "http://";
  const std::string port = ":" + std::to_string(config.port);
  const bool v6 = config.host.find(':') != std::string::npos;
  address_ = scheme + (v6 ? "[" + config.host + "]" : config.host) + port;
  if (config.origins.empty()) {
    config.origins = {address_};
    if (config.host == "127.0.0.1") config.origins.push_back(scheme + "localhost" + port);
  }
}

void HttpServer::serve() {
  server_->listen_after_bind();
  has_ended_ = true;
}

void HttpServer::stop() {
  // Below, a stop that comes before the first accept is forgotten.
  while (!server_->is_running() && !has_ended_) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  server_->stop();
}

}  // namespace renraku::server
