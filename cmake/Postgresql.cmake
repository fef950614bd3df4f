# Target renraku::postgresql: libpq, for the second engine. Without it the rest is built all the same.
if(RENRAKU_POSTGRESQL)
  find_package(PkgConfig REQUIRED)
  pkg_check_modules(libpq IMPORTED_TARGET libpq>=15)
  if(libpq_FOUND)
    add_library(renraku::postgresql ALIAS PkgConfig::libpq)
  else()
    message(WARNING "libpq 15 is missing (Debian: libpq-dev): renraku is built WITHOUT its "
                    "PostgreSQL engine. -DRENRAKU_POSTGRESQL=OFF says that this is meant so.")
  endif()
endif()
