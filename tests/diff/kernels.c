/* Every kernel of this machine against the scalar one: random, adversarial and real bytes. */
#include "kernels.h"

#include <dirent.h>

static int number, failures;

static void report(bool good, const char *kernel, const char *what)
{
    failures += !good;
    printf("%sok %d - %s: %s\n", good ? "" : "not ", ++number, kernel, what);
}

static const erz_kernel *kernel_named(const char *name)
{
#if defined(__x86_64__)
    if (strcmp(name, "avx512") == 0) return &erz_kernel_avx512;
    if (strcmp(name, "avx2") == 0) return &erz_kernel_avx2;
    if (strcmp(name, "ssse3") == 0) return &erz_kernel_ssse3;
#endif
#if defined(__aarch64__)
    if (strcmp(name, "neon") == 0) return &erz_kernel_neon;
#endif
    return &erz_kernel_scalar;
}

/* Real texts, read whole. */
static bool compare_file(erz_tokenizer *scalar, erz_tokenizer *other, const char *path)
{
    FILE *f = fopen(path, "rb");
    if (f == NULL) return true;
    char *data = malloc(1 << 23);
    size_t len = fread(data, 1, 1 << 23, f);
    fclose(f);
    erz_tokens a, b;
    erz_status sa = erz_tokenize(scalar, data, len, &a, NULL), sb = erz_tokenize(other, data, len, &b, NULL);
    bool good = sa == sb && (sa != ERZ_OK || (same_tokens(&a, &b) && well_formed(&a, data, len)));
    free(data);
    return good;
}

static bool compare_folder(erz_tokenizer *scalar, erz_tokenizer *other, const char *folder)
{
    DIR *d = opendir(folder);
    bool good = true;
    for (struct dirent *e; d != NULL && (e = readdir(d)) != NULL;) {
        char path[512];
        snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
        if (strstr(e->d_name, ".txt") != NULL) good = good && compare_file(scalar, other, path);
    }
    if (d != NULL) closedir(d);
    return good;
}

int main(void)
{
    erz_tokenizer *scalar, *other;
    if (erz_tokenizer_new(NULL, "scalar", &scalar, NULL) != ERZ_OK) return 1;
    for (const char *const *name = erz_kernel_names(); *name != NULL; name++) {
        if (erz_tokenizer_new(NULL, *name, &other, NULL) != ERZ_OK) return 1;
        report(strcmp(erz_tokenizer_kernel(other), *name) == 0, *name, "forced by name");
        report(compare_masks(kernel_named("scalar"), kernel_named(*name), 20000), *name, "masks");
        report(compare_texts(scalar, other, 300, 1), *name, "texts of 0-300 bytes at alignments 0-63");
        report(compare_texts(scalar, other, 2000, 37), *name, "texts up to 2000 bytes");
        report(compare_shifts(scalar, other, 20000), *name, "texts at every place in a window");
        report(compare_folder(scalar, other, "../shared/data/raw") && compare_folder(scalar, other, "corpus") &&
                   compare_folder(scalar, other, "corpus/docs"),
               *name, "real texts");
        erz_tokenizer_free(other);
    }
    erz_tokenizer_free(scalar);
    printf("1..%d\n", number);
    return failures != 0;
}
