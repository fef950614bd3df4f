# Puts SQLCipher's object at OBJECT: from CACHED, which is compiled first where it is not there yet.
if(NOT EXISTS "${CACHED}")
  string(RANDOM LENGTH 8 suffix)
  set(half "${CACHED}.${suffix}") # renamed when complete: two builds may be here at once
  execute_process(COMMAND "${COMPILER}" ${FLAGS} "-ffile-prefix-map=${SOURCE}=sqlcipher"
                          -c "${SOURCE}/sqlite3.c" -o "${half}" COMMAND_ERROR_IS_FATAL ANY)
  file(RENAME "${half}" "${CACHED}")
endif()
configure_file("${CACHED}" "${OBJECT}" COPYONLY)
file(TOUCH "${OBJECT}")
