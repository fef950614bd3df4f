// Prints the policy table as the documentation shows it.
#include <cstdio>

#include "access/policy.hpp"

int main() {
  std::fputs(renraku::access::policy_page().c_str(), stdout);
  return 0;
}
