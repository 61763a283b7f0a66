/* Whole files. */
#ifndef ERZ_BASE_FILE_H
#define ERZ_BASE_FILE_H

#include <stddef.h>

#include "erz/error.h"

/* Write data[0, len) under a temporary name and rename it, so that a reader never sees half a file; what is no file (/dev/null)
 * is written to as it is. ERZ_E_IO: nothing is left behind. */
erz_status erz_file_write(const char *path, const void *data, size_t len, erz_error *err);

#endif
