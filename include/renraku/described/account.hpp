#pragma once

#include <renraku/described/member.hpp>
#include <renraku/records/account.hpp>

namespace renraku {

RENRAKU_DESCRIBE(Colleague, id, name, profession, organisation, organisation_name)
RENRAKU_DESCRIBE(ColleagueFilter, text, profession, organisation)
RENRAKU_DESCRIBE(AccountImportOptions, dry_run, encoding)
RENRAKU_DESCRIBE(AccountRejection, line, column, reason)
RENRAKU_DESCRIBE(IssuedPassword, line, login, password)
RENRAKU_DESCRIBE(AccountImportReport, encoding, rows, added, rejected, issued)

}  // namespace renraku
