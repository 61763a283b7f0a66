/* Hyperscan with money and percent patterns and start of match over a file's lines, as a whole process. Prints the number of
 * matches. */
#include <fcntl.h>
#include <hs/hs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int found(unsigned id, unsigned long long from, unsigned long long to, unsigned flags, void *context)
{
    (void)id, (void)from, (void)to, (void)flags;
    ++*(unsigned long long *)context;
    return 0;
}

int main(int argc, char **argv)
{
    static char money[4096];
    hs_database_t *db = NULL;
    hs_scratch_t *scratch = NULL;
    hs_compile_error_t *error = NULL;
    if (argc < 3) return 2;
    FILE *f = fopen(argv[1], "r");
    if (f == NULL || fgets(money, sizeof money, f) == NULL) return 1;
    money[strcspn(money, "\n")] = '\0';
    const char *patterns[] = {money, "\\d[\\d.,]* ?(?:%|Prozent)"};
    unsigned flags[] = {HS_FLAG_SOM_LEFTMOST, HS_FLAG_SOM_LEFTMOST}, ids[] = {1, 2};
    if (hs_compile_multi(patterns, flags, ids, 2, HS_MODE_BLOCK, NULL, &db, &error) != HS_SUCCESS) {
        fprintf(stderr, "hyperscan: %s\n", error->message);
        return 1;
    }
    if (hs_alloc_scratch(db, &scratch) != HS_SUCCESS) return 1;
    int fd = open(argv[2], O_RDONLY);
    enum { BLOCK = 1 << 20 };
    char *block = malloc(BLOCK);
    if (fd < 0 || block == NULL) return 1;
    unsigned long long matches = 0;
    size_t have = 0;
    for (;;) {
        ssize_t n = read(fd, block + have, BLOCK - have);
        if (n <= 0) break;
        have += (size_t)n;
        char *last = memrchr(block, '\n', have);
        size_t whole = last == NULL ? have : (size_t)(last - block) + 1;
        if (hs_scan(db, block, (unsigned)whole, 0, scratch, found, &matches) != HS_SUCCESS) return 1;
        memmove(block, block + whole, have - whole);
        have -= whole;
    }
    printf("%llu\n", matches);
    return 0;
}
