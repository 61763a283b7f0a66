/* A kernel that the library has not, against its scalar one. */
#ifndef ERZ_TESTS_SWAPPED_H
#define ERZ_TESTS_SWAPPED_H

#include "kernels.h"

/* A tokenizer is opaque: this one's kernel is swapped where the library keeps it, its first member. The exit status. */
static int compare_swapped(const erz_kernel *under_test, const char *name)
{
    erz_tokenizer *scalar, *other;
    if (erz_tokenizer_new(NULL, "scalar", &scalar, NULL) != ERZ_OK || erz_tokenizer_new(NULL, NULL, &other, NULL) != ERZ_OK)
        return 1;
    memcpy(other, &under_test, sizeof under_test);
    bool masks = compare_masks(&erz_kernel_scalar, under_test, 20000),
         texts = compare_texts(scalar, other, 300, 3) && compare_shifts(scalar, other, 5000);
    printf("%sok 1 - %s: masks\n", masks ? "" : "not ", name);
    printf("%sok 2 - %s: texts of 0-300 bytes, at every place in a window\n1..2\n", texts ? "" : "not ", name);
    erz_tokenizer_free(scalar);
    erz_tokenizer_free(other);
    return !(masks && texts);
}

#endif
