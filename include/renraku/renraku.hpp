// Everything of renraku's C++ API. Start at store.hpp, then session.hpp, then one header a noun.
#pragma once

#include <renraku/error.hpp>
#include <renraku/session.hpp>
#include <renraku/store.hpp>
