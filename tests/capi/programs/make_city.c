/* make_city FOLDER PASSPHRASE: makes a store that the examples read, with the city's administrator
 * and two residents. */
#include <stdio.h>
#include <string.h>

#include "city.h"

int main(int count, char** arguments) {
  if (count != 3) return 2;
  struct city city;
  char evacuee[37], person[37];
  renraku_secret secret = RENRAKU_INIT(renraku_secret);
  secret.passphrase = arguments[2];
  int32_t status = renraku_store_create(arguments[1], &secret, "example", NULL, &city.store, NULL);
  if (status == RENRAKU_OK) status = add_city(city.store, NULL);
  if (status == RENRAKU_OK) {
    status = renraku_session_sign_in(city.store, JOSO, "kanri", PASSWORD, &city.officer, NULL);
  }
  if (status != RENRAKU_OK) {
    fprintf(stderr, "%s\n", renraku_status_name(status));
    return 1;
  }
  city_resident(&city, "架空　花子", "カクウ　ハナコ", evacuee, person);
  city_resident(&city, "髙﨑　ハナ", "タカサキ　ハナ", evacuee, person);
  renraku_session_free(city.officer);
  renraku_store_free(city.store);
  return 0;
}
