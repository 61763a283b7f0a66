/* What cmocka wants included before it. */
#ifndef ERZ_TESTS_TAP_H
#define ERZ_TESTS_TAP_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
/* cmocka's header comes last: it uses the types above. */
#include <cmocka.h>
#endif
