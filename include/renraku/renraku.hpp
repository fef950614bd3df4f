// Everything of renraku's C++ API. Start at store.hpp, then session.hpp, then one header a noun.
#pragma once

#include <renraku/applications.hpp>
#include <renraku/backup.hpp>
#include <renraku/copying.hpp>
#include <renraku/disclosures.hpp>
#include <renraku/error.hpp>
#include <renraku/factors.hpp>
#include <renraku/moving.hpp>
#include <renraku/notices.hpp>
#include <renraku/patients.hpp>
#include <renraku/region.hpp>
#include <renraku/rotation.hpp>
#include <renraku/session.hpp>
#include <renraku/store.hpp>
#include <renraku/witness.hpp>
