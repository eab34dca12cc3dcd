#include "services/gateway/embedded.h"

// The assembler takes the files as they are; CCFA_HTTP_RULES and CCFA_CONTRACT are their paths.
asm(".section .rodata\n"
    "ccfa_http_rules: .incbin \"" CCFA_HTTP_RULES
    "\"\n"
    "ccfa_http_rules_end:\n"
    "ccfa_contract: .incbin \"" CCFA_CONTRACT
    "\"\n"
    "ccfa_contract_end:\n"
    ".text\n");

extern "C" {
extern const char ccfa_http_rules[], ccfa_http_rules_end[];
extern const char ccfa_contract[], ccfa_contract_end[];
}

namespace ccfa::gateway {

absl::string_view HttpRules() {
  return {ccfa_http_rules, static_cast<size_t>(ccfa_http_rules_end - ccfa_http_rules)};
}

absl::string_view Contract() {
  return {ccfa_contract, static_cast<size_t>(ccfa_contract_end - ccfa_contract)};
}

}  // namespace ccfa::gateway
