#include "application.hpp"

#include <cstdio>
#include <renraku/described/log.hpp>
#include <renraku/witness.hpp>

namespace renraku::server {

StoreOptions store_options(const Config& config) {
  StoreOptions options;
  options.log = [](const LogLine& line) {
    std::fprintf(stderr, "renraku-server: %s %s: %s\n", enum_name(line.level).data(),
                 enum_name(line.event).data(), line.text.c_str());
  };
  if (!config.journal_signer.empty()) {
    options.journal_signer = signer_in_file(config.journal_signer);
  }
  if (!config.witness.empty()) options.witness = witness_in_file(config.witness);
  options.home = config.home;
  return options;
}

}  // namespace renraku::server
