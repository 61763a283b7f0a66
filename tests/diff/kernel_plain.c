/* The scalar kernel as a compiler without __builtin_shufflevector builds it. */
#include "swapped.h"

#define PLANES_PLAIN
#define erz_kernel_scalar kernel_under_test
#include "tokenize/scan_scalar.c"
#undef erz_kernel_scalar

int main(void)
{
    return compare_swapped(&kernel_under_test, "scalar without shuffles");
}
