// Prints the schema's scripts in order, for the page that says of each column what a server sees.
#include <cstdio>
#include <string>

#include "session/schema.hpp"

int main() {
  for (const auto& step : renraku::session::migrations()) {
    std::fputs((std::string(step.script) + "\n").c_str(), stdout);
  }
  return 0;
}
