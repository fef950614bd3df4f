#define BOOST_TEST_MODULE canary
#include <boost/test/unit_test.hpp>
