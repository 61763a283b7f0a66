/* Find the money in a text with liberz: cc extract.c $(pkg-config --cflags --libs erz) */
#include <erz/extract.h>
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
    const char *text = argc > 2 ? argv[2] : "Meridian kauft Nordwind für 3,5 Mio. Euro.";
    erz_document doc = {.id = "example", .id_len = 7, .text = text, .len = strlen(text), .first = true, .last = true};
    erz_model *model = NULL;
    erz_extractor *extractor = NULL;
    erz_text *found = NULL;
    erz_error err = {0};

    if (argc < 2) return 2;
    erz_status status = erz_model_open(argv[1], &model, &err);
    if (status == ERZ_OK) status = erz_extractor_new(model, NULL, &extractor, &err);
    if (status == ERZ_OK) status = erz_extractor_run(extractor, &doc, &found, &err);
    for (size_t i = 0; status == ERZ_OK && i < found->nmentions; i++) {
        const erz_mention *m = &found->mentions[i];
        printf("%s\t%s\t%s\t%.*s\n", erz_mention_type_name(m), m->value, m->unit, (int)(m->end - m->begin), text + m->begin);
    }
    if (status != ERZ_OK) fprintf(stderr, "%s: %s\n", erz_status_name(status), err.message);
    erz_extractor_free(extractor);
    erz_model_close(model);
    return status != ERZ_OK;
}
