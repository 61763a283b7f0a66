/* What the files of the reader share. Data flow: walk (which inputs) -> source (bytes of one input, decompressed, UTF-16 and
 * UTF-32 turned into UTF-8) -> split (where documents begin and end) -> charset (UTF-8 and fixes) -> batch. */
#ifndef ERZ_INPUT_READER_H
#define ERZ_INPUT_READER_H

#include "base/buf.h"
#include "erz/input.h"

/* ---- walk.c: the inputs in order */
typedef struct input_walk input_walk;
/* all: also those that are not in the shard. */
erz_status input_walk_new(const erz_input_options *options, bool all, input_walk **out, erz_error *err);
void input_walk_free(input_walk *walk);
/* The next input's path, valid until the next call; ERZ_END after the last or asked to stop. Directories are expanded. */
erz_status input_walk_next(input_walk *walk, const char **path, erz_error *err);
/* Would the next path have to be waited for? */
bool input_walk_blocks(const input_walk *walk);
/* open(2) for reading, for paths of any length. -1 and errno. */
int input_open_path(const char *path, int flags);

/* ---- input.c */
/* With a single input there is nothing to share out but its documents. */
bool input_single(const erz_input_options *options);

/* ---- source.c: the bytes of one input */
typedef struct input_source input_source;
erz_status input_source_new(const erz_input_options *options, input_source **out, erz_error *err);
void input_source_free(input_source *source);
/* ERZ_E_OPEN: cannot be opened; ERZ_E_INPUT: not text. The source is closed then. */
erz_status input_source_open(input_source *source, const char *path, erz_error *err);
void input_source_close(input_source *source);
/* Is it an archive? Then input_source_next() goes to its first entry. */
bool input_source_archive(const input_source *source);
/* Go to the next entry of an archive; ERZ_END: there is none. */
erz_status input_source_next(input_source *source, erz_error *err);
/* After an error: it was that entry alone, others may follow. */
bool input_source_more(const input_source *source);
/* Did ERZ_END mean that reading was asked to stop? */
bool input_source_stopped(const input_source *source);
/* Path of the input, with `!entry` for an entry of an archive. */
const char *input_source_name(const input_source *source);
/* Bytes read from the file so far. */
uint64_t input_source_bytes(const input_source *source);
/* Up to cap bytes; *got == 0: the end. ERZ_E_INPUT, ERZ_E_IO: nothing more will come; ERZ_END: asked to stop. */
erz_status input_source_read(input_source *source, char *to, size_t cap, size_t *got, erz_error *err);
/* After ERZ_E_INPUT of compressed text: does it go on behind the damage, at byte *at of the file? */
erz_status input_source_resume(input_source *source, bool *found, uint64_t *at, erz_error *err);
/* Would the next read wait for a writer? */
bool input_source_blocks(const input_source *source);
/* Is there nothing to read from the file, whatever was read of it and not used? */
bool input_source_waits(const input_source *source);
/* Is the text known to be UTF-8: by its byte order mark, or converted from UTF-16 or UTF-32? */
bool input_source_utf8(const input_source *source);

/* ---- split.c, csv.c, jsonl.c, warc.c: documents in a run of bytes */
struct input_charset;
typedef enum split_result {
    SPLIT_MORE, /* no end in sight: more bytes are needed */
    SPLIT_DOC,  /* a document */
    SPLIT_SKIP, /* `next` bytes hold no document */
    SPLIT_BAD,  /* a bad record of `next` bytes: *err says why */
    SPLIT_FAIL  /* memory is short */
} split_result;

typedef struct input_piece {
    const char *id; /* the record's own; NULL: path#N */
    size_t id_len;
    const char *text;
    size_t len;
    bool in_place;   /* text lies in the run of bytes, not in the splitter's buffer */
    bool unnumbered; /* the id is the path alone */
    size_t next;     /* bytes taken */
    bool clean;      /* the text is UTF-8 already */
    uint64_t broken; /* sequences that were replaced already */
    const char *encoding;
} input_piece;

typedef struct input_split {
    erz_docs_mode mode;
    const erz_input_options *options;
    uint64_t number; /* documents of this input so far, with those that were skipped */
    uint64_t line;   /* lines of the records taken so far */
    size_t seen;     /* bytes of the run without an end */
    bool inside;     /* the run begins inside a document: a section of it was taken */
    char newline;    /* line mode: '\n', '\r' (old Mac files), 0: not known yet */
    erz_buf text;    /* of records, when it does not stand in the run as it is */
    bool lost;       /* pass over bytes until a line, or a record, begins */
    bool unusable;   /* pass over everything: the input lacks what it must have */
    struct {
        char delimiter; /* 0: the header is yet to come */
        bool quoted;    /* the run is seen up to inside a quoted field, */
        bool closed;    /* or to its end */
        int text, id;   /* columns, from 0; -1: none */
    } csv;
    struct {
        uint64_t record;     /* number of the record, from 1 */
        uint64_t body, skip; /* bytes left of the document, and of what is passed over */
        bool in_body, chunked;
    } warc;
    bool has_id; /* leipzig: the id of the line at hand was taken */
    erz_buf id;  /* leipzig, warc, jsonl: of the record at hand */
    void *json;  /* jansson's value of the last line */
    struct input_charset *charset;
} input_split;

void input_split_begin(input_split *split, const erz_input_options *options, struct input_charset *charset);
void input_split_end(input_split *split);
/* After input_split_next() with eof: bytes follow nevertheless, and a record may begin with them. */
void input_split_resume(input_split *split);
/* Find the first document in p[0, len); eof: no bytes will follow. */
split_result input_split_next(input_split *split, const char *p, size_t len, bool eof, input_piece *piece, erz_error *err);
/* Can a document be given in sections while it is still being read? */
bool input_split_sections(const input_split *split);
/* Is a record begun, so that something is missing if no bytes follow? */
bool input_split_pending(const input_split *split);
/* p[0, len) is taken as a section of the document at hand. */
void input_split_section(input_split *split, const char *p, size_t len, input_piece *piece);
/* Where to end a section of at most max bytes: a paragraph's end if there is one, else the best there is. */
size_t input_split_cut(const char *p, size_t max);

/* ---- charset.c: the text of one document */
typedef struct input_charset input_charset;
typedef struct charset_text {
    bool in_place;        /* the bytes are UTF-8 as they stand */
    size_t begin, len;    /* else the text's place in `out` */
    size_t fix, nfixes;   /* place in `fixes` */
    const char *encoding; /* converted from; NULL: UTF-8 */
    uint64_t broken;      /* sequences replaced by U+FFFD */
    uint64_t mojibake;    /* places where UTF-8 had been read as an 8-bit encoding */
    bool mixed;           /* other encoding than the documents before */
} charset_text;
typedef struct charset_fixes {
    erz_fix *data;
    size_t n, cap;
} charset_fixes;
erz_status input_charset_new(const erz_input_options *options, input_charset **out, erz_error *err);
void input_charset_free(input_charset *charset);
/* A new input begins; known: it was converted to UTF-8 already or has a byte order mark. */
void input_charset_begin(input_charset *charset, bool known);
/* Make bytes p[0, len) UTF-8. first: begin of a document (its later sections keep its encoding). ERZ_E_INPUT: not text. */
erz_status input_charset_decode(input_charset *charset, const char *p, size_t len, bool first, erz_buf *out,
                                charset_fixes *fixes, charset_text *text, erz_error *err);
/* Append an id or a column's name, which stands beside the texts, as UTF-8; what the encoding of the texts is stays as it was.
 */
erz_status input_charset_name(input_charset *charset, const char *p, size_t len, erz_buf *out, erz_error *err);

/* ---- detect.c */
/* The 8-bit encoding in which the bytes make sense as German or another western text, else what ICU says; NULL: none. */
const char *input_detect(const char *p, size_t len);
/* Bytes that look like a program, a picture or another file that is no text. */
bool input_looks_binary(const char *p, size_t len);

/* ---- batch.c */
typedef struct batch_place {
    size_t id, text, fix;
    bool converted;
} batch_place;
struct erz_batch {
    erz_buf raw, converted, ids;
    charset_fixes fixes;
    erz_document *docs;
    batch_place *places;
    size_t n, cap, cap_places;
    erz_position position; /* behind the last document */
};
void input_batch_clear(erz_batch *batch);
/* A zeroed document at the end of the batch, NULL: memory is short. */
erz_document *input_batch_add(erz_batch *batch, batch_place **place);
/* Once the buffers no longer grow: set the pointers. */
void input_batch_resolve(erz_batch *batch);

#endif
