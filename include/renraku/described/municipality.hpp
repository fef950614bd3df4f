#pragma once

#include <renraku/describe.hpp>
#include <renraku/records/municipality.hpp>

namespace renraku {

RENRAKU_DESCRIBE_ENUM(DisclosurePolicy, opt_in, presumed, unless_refused)
RENRAKU_DESCRIBE_ENUM(TwoFactor, off, warned, required)
RENRAKU_DESCRIBE_ENUM(TextIndex, off, filling, on)
RENRAKU_DESCRIBE(Municipality, id, revision, code, name, disclosure, label_red, label_blue,
                 label_yellow, two_factor, text_index)

}  // namespace renraku
