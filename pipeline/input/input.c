/* Inputs as batches of documents: reads, splits, decodes. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unicode/ucnv.h>
#include <unistd.h>

#include "base/hash.h"
#include "reader.h"

enum { BATCH_BYTES = 1 << 20, BATCH_DOCUMENTS = 1 << 13, READ_LEAST = 1 << 16, MESSAGES = 100 };

struct erz_input {
    erz_input_options o;
    erz_input_counts counts;
    erz_report_fn *told; /* who is told about bad input */
    void *told_context;
    input_walk *walk;
    input_source *source;
    input_charset *charset;
    input_split split;
    erz_buf carry;                 /* bytes read but not taken by the last batch */
    bool by_document;              /* the shard is one of documents */
    bool open, eof, failed, ended; /* an input is open; its text has come to an end, by an error; nothing more will come */
    const char *path;              /* of the next input, which is not open yet; NULL: not known */
    uint64_t done, chain;          /* hash of the paths of inputs completed; with that of the one begun */
    erz_position position;
    uint64_t skip;            /* documents to pass over: an earlier run has done them */
    uint64_t section_base[3]; /* of the section to come: bytes, code points, UTF-16 units */
    bool given, refused;      /* sections of the document at hand: some were given; the rest is left out */
    uint64_t messages[2];     /* about texts of this input: notices, errors */
    uint64_t ordinal;         /* documents of all inputs */
};

bool input_single(const erz_input_options *o)
{
    struct stat st;
    if (o->docs == ERZ_DOCS_FILE || o->files_from != NULL || o->npaths > 1) return false;
    return o->npaths == 0 || strcmp(o->paths[0], "-") == 0 || stat(o->paths[0], &st) != 0 || !S_ISDIR(st.st_mode);
}

static erz_status check_options(const erz_input_options *o, erz_error *err)
{
    if (o->shards > 0 && (o->shard < 1 || o->shard > o->shards))
        return erz_fail(err, ERZ_E_USAGE, NULL, 0, 0, "shard %u of %u: the first is 1", o->shard, o->shards);
    if (o->encoding == NULL) return ERZ_OK;
    UErrorCode code = U_ZERO_ERROR;
    UConverter *c = ucnv_open(o->encoding, &code);
    ucnv_close(c);
    return U_SUCCESS(code) ? ERZ_OK : erz_fail(err, ERZ_E_USAGE, NULL, 0, 0, "no encoding '%s'", o->encoding);
}

static void report(void *context, const erz_error *e)
{
    erz_input *in = context;
    if (in->told != NULL) in->told(in->told_context, e);
    if (e->status != ERZ_OK && in->o.fail_fast) in->ended = true;
}

erz_status erz_input_open(const erz_input_options *options, erz_input **out, erz_error *err)
{
    erz_error own;
    if (err == NULL) err = &own;
    erz_status status = check_options(options, err);
    if (status != ERZ_OK) return status;
    erz_input *in = calloc(1, sizeof *in);
    if (in == NULL) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    in->o = *options;
    in->told = options->report;
    in->told_context = options->report_context;
    in->o.report = report;
    in->o.report_context = in;
    if (in->o.max_doc_bytes == 0) in->o.max_doc_bytes = (size_t)64 << 20;
    if (in->o.read_size == 0) in->o.read_size = 1 << 20;
    in->by_document = input_single(&in->o);
    status = input_walk_new(&in->o, in->by_document, &in->walk, err);
    if (status == ERZ_OK) status = input_source_new(&in->o, &in->source, err);
    if (status == ERZ_OK) status = input_charset_new(&in->o, &in->charset, err);
    if (status != ERZ_OK) {
        erz_input_close(in);
        return status;
    }
    *out = in;
    return ERZ_OK;
}

void erz_input_close(erz_input *in)
{
    if (in == NULL) return;
    input_source_free(in->source);
    input_walk_free(in->walk);
    input_charset_free(in->charset);
    input_split_end(&in->split);
    erz_buf_free(&in->carry);
    free(in);
}

void erz_input_count(const erz_input *in, erz_input_counts *counts)
{
    *counts = in->counts;
    counts->raw_bytes += in->open ? input_source_bytes(in->source) : 0;
}

static erz_status no_memory(erz_error *err)
{
    return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
}

/* A message about one of an input's texts: after many of a kind only their number is told, when the input ends. */
static void report_text(erz_input *in, const erz_error *e)
{
    if (in->messages[e->status != ERZ_OK]++ < MESSAGES || in->o.verbose) report(in, e);
}

static void begin_text(erz_input *in)
{
    input_split_begin(&in->split, &in->o, in->charset);
    input_charset_begin(in->charset, input_source_utf8(in->source));
    in->eof = in->failed = false;
    in->messages[0] = in->messages[1] = 0;
    memset(in->section_base, 0, sizeof in->section_base);
}

static void end_text(erz_input *in)
{
    erz_error e;
    uint64_t more = 0;
    for (size_t i = 0; i < 2; i++) more += in->messages[i] > MESSAGES ? in->messages[i] - MESSAGES : 0;
    if (more == 0 || in->o.verbose) return;
    erz_fail(&e, ERZ_OK, input_source_name(in->source), 0, 0, "%llu more messages about this input", (unsigned long long)more);
    report(in, &e);
}

static void pass_input(erz_input *in)
{
    in->position.input++;
    in->position.document = 0;
    in->done = in->chain;
}

static void end_input(erz_input *in)
{
    in->counts.raw_bytes += input_source_bytes(in->source);
    input_source_close(in->source);
    in->open = false;
    pass_input(in);
}

/* An error of the source: reported when the rest can go on. */
static erz_status source_failed(erz_input *in, erz_status status, const erz_error *err)
{
    if (status != ERZ_E_OPEN && status != ERZ_E_INPUT && status != ERZ_E_IO) return status;
    in->counts.unreadable++;
    report(in, err);
    return ERZ_OK;
}

static erz_status other_inputs(const char *path, erz_error *err)
{
    return erz_fail(err, ERZ_E_USAGE, path, 0, 0, "cannot resume: the inputs are not those of the broken run");
}

/* Inputs that an earlier run has completed are passed over; they and the one it was in must be the same again. */
static erz_status skip_input(erz_input *in, const char *path, bool *skip, erz_error *err)
{
    const erz_position *start = in->o.start;
    in->chain = erz_hash(path, strlen(path), in->done);
    *skip = start != NULL && in->position.input < start->input;
    in->skip = 0;
    if (*skip) pass_input(in);
    if (start == NULL || *skip || in->position.input != start->input) return ERZ_OK;
    in->skip = start->document;
    uint64_t hash = start->document > 0 ? in->chain : in->done;
    return start->input_hash == hash ? ERZ_OK : other_inputs(path, err);
}

/* The next input that is to be read. */
static erz_status next_path(erz_input *in, erz_error *err)
{
    for (;;) {
        const char *path;
        bool skip;
        erz_status status = input_walk_next(in->walk, &path, err);
        bool missing = status == ERZ_END && in->o.start != NULL && in->position.input < in->o.start->input;
        if (missing) return other_inputs(NULL, err);
        if (status != ERZ_OK) return status;
        status = skip_input(in, path, &skip, err);
        if (status != ERZ_OK) return status;
        if (skip) continue;
        in->path = path;
        return ERZ_OK;
    }
}

/* The next entry of the archive, or its end. */
static erz_status next_entry(erz_input *in, erz_error *err)
{
    for (;;) {
        erz_status status = input_source_next(in->source, err);
        if (status == ERZ_OK) {
            begin_text(in);
            return ERZ_OK;
        }
        bool more = status == ERZ_E_INPUT && input_source_more(in->source);
        if (status == ERZ_END)
            in->ended = input_source_stopped(in->source);
        else if ((status = source_failed(in, status, err)) != ERZ_OK)
            return status;
        if (more && !in->ended) continue;
        end_input(in);
        return ERZ_OK;
    }
}

static erz_status open_path(erz_input *in, erz_error *err)
{
    const char *path = in->path;
    in->path = NULL;
    erz_status status = input_source_open(in->source, path, err);
    if (status == ERZ_END) return ERZ_END;
    if (status != ERZ_OK) {
        pass_input(in);
        return source_failed(in, status, err);
    }
    in->counts.inputs++;
    in->open = true;
    if (input_source_archive(in->source)) return next_entry(in, err);
    begin_text(in);
    return ERZ_OK;
}

/* May reading it have to wait for a writer? */
static bool may_wait(const char *path)
{
    struct stat st;
    return strcmp(path, "-") == 0 || (stat(path, &st) == 0 && !S_ISREG(st.st_mode));
}

/* Open the next input. *wait: it may have to be waited for, so that documents that are ready go first. */
static erz_status open_next(erz_input *in, bool ready, bool *wait, erz_error *err)
{
    erz_status status = ERZ_OK;
    *wait = in->path == NULL && ready && input_walk_blocks(in->walk);
    if (in->path == NULL && !*wait) status = next_path(in, err);
    if (status != ERZ_OK || *wait) return status;
    *wait = ready && may_wait(in->path);
    return *wait ? ERZ_OK : open_path(in, err);
}

/* Compressed text has come to damage: documents behind it can still be read. A file that is one document ends there. */
static erz_status go_on(erz_input *in, bool *found, erz_error *err)
{
    erz_error e;
    uint64_t at = 0;
    *found = false;
    if (in->o.docs == ERZ_DOCS_FILE) return ERZ_OK;
    erz_status status = input_source_resume(in->source, found, &at, err);
    if (status == ERZ_END) in->ended = true;
    if (status != ERZ_OK || !*found) return status == ERZ_OK || status == ERZ_END ? ERZ_OK : source_failed(in, status, err);
    in->eof = in->failed = false;
    input_split_resume(&in->split);
    erz_fail(&e, ERZ_OK, input_source_name(in->source), 0, 0, "goes on behind the damage, from byte %llu",
             (unsigned long long)at);
    report_text(in, &e);
    return ERZ_OK;
}

/* The input's bytes are used up: the next entry of the archive, or the end. */
static erz_status end_of_bytes(erz_input *in, erz_error *err)
{
    bool found = false;
    erz_status status = in->failed ? go_on(in, &found, err) : ERZ_OK;
    if (status != ERZ_OK || found) return status;
    end_text(in);
    if (input_source_archive(in->source) && !(in->failed && !input_source_more(in->source))) return next_entry(in, err);
    end_input(in);
    return ERZ_OK;
}

static erz_status fill(erz_input *in, erz_batch *b, erz_error *err)
{
    size_t room = b->raw.len < BATCH_BYTES ? BATCH_BYTES - b->raw.len : 0, got = 0;
    if (room < READ_LEAST) room = READ_LEAST;
    if (!erz_buf_reserve(&b->raw, room)) return no_memory(err);
    erz_status status = input_source_read(in->source, b->raw.data + b->raw.len, room, &got, err);
    b->raw.len += got;
    in->counts.bytes += got;
    if (status == ERZ_OK && got > 0) return ERZ_OK;
    in->eof = true;
    in->failed = status != ERZ_OK;
    if (status == ERZ_END) in->ended = true;
    return status == ERZ_OK ? ERZ_OK : source_failed(in, status, err);
}

static erz_status set_id(erz_input *in, erz_batch *b, const input_piece *piece, erz_document *doc, batch_place *place,
                         erz_error *err)
{
    const char *name = input_source_name(in->source);
    erz_status status = ERZ_OK;
    place->id = b->ids.len;
    if (piece->id != NULL) {
        status = input_charset_name(in->charset, piece->id, piece->id_len, &b->ids, err);
    } else {
        erz_buf_str(&b->ids, name);
        if (!piece->unnumbered) {
            erz_buf_char(&b->ids, '#');
            erz_buf_u64(&b->ids, in->split.number);
        }
    }
    doc->id_len = b->ids.len - place->id;
    return status == ERZ_OK && b->ids.failed ? no_memory(err) : status;
}

static void notice(erz_input *in, const input_piece *piece, erz_status status, uint64_t line, const char *message)
{
    erz_error e;
    const char *name = input_source_name(in->source);
    if (piece->unnumbered || piece->id != NULL)
        erz_fail(&e, status, name, line, 0, "%s", message);
    else
        erz_fail(&e, status, NULL, 0, 0, "%s#%llu: %s", name, (unsigned long long)in->split.number, message);
    report_text(in, &e);
}

/* What is to be told about the text of a document. False: under --strict it is left out. */
static bool tell(erz_input *in, const input_piece *piece, const charset_text *text)
{
    char message[256];
    if (text->mixed) {
        in->counts.mixed++;
        snprintf(message, sizeof message, "mixed encodings: %s here, another one before",
                 text->encoding != NULL ? text->encoding : "UTF-8");
        notice(in, piece, ERZ_OK, 0, message);
    } else if (text->encoding != NULL && in->o.verbose) {
        snprintf(message, sizeof message, "converted from %s", text->encoding);
        notice(in, piece, ERZ_OK, 0, message);
    }
    if (text->mojibake > 0) {
        snprintf(message, sizeof message, "mojibake: UTF-8 was read as windows-1252 in %llu place%s",
                 (unsigned long long)text->mojibake, text->mojibake == 1 ? "" : "s");
        notice(in, piece, ERZ_OK, 0, message);
    }
    in->counts.mojibake += text->mojibake > 0;
    in->counts.converted += text->encoding != NULL;
    in->counts.broken_documents += text->broken > 0;
    in->counts.broken += text->broken;
    if (text->broken == 0) return true;
    snprintf(message, sizeof message, "broken UTF-8: %llu sequence%s%s", (unsigned long long)text->broken,
             text->broken == 1 ? "" : "s", in->o.strict ? "" : " replaced by U+FFFD");
    notice(in, piece, in->o.strict ? ERZ_E_UTF8 : ERZ_OK, 0, message);
    return !in->o.strict;
}

/* Where the next section begins: behind this one, whose last fix has that shift. */
static void advance_section(erz_input *in, const erz_document *doc, const char *text, int64_t shift)
{
    in->section_base[0] += (uint64_t)((int64_t)doc->len + shift);
    for (size_t i = 0; i < doc->len; i++) {
        unsigned char c = (unsigned char)text[i];
        in->section_base[1] += (c & 0xc0) != 0x80;
        in->section_base[2] += (c & 0xc0) == 0x80 ? 0 : c >= 0xf0 ? 2 : 1;
    }
}

static erz_status decode(erz_input *in, erz_batch *b, const input_piece *piece, bool first, charset_text *text, erz_error *err)
{
    if (!piece->clean)
        return input_charset_decode(in->charset, piece->text, piece->len, first, &b->converted, &b->fixes, text, err);
    memset(text, 0, sizeof *text);
    text->in_place = true;
    text->len = piece->len;
    return ERZ_OK;
}

/* The text of a document or section. *good: it can be used; else it was told why not. */
static erz_status take_text(erz_input *in, erz_batch *b, const input_piece *piece, bool first, charset_text *text, bool *good,
                            erz_error *err)
{
    size_t converted = b->converted.len, fixes = b->fixes.n;
    erz_status status = decode(in, b, piece, first, text, err);
    if (status != ERZ_OK && status != ERZ_E_INPUT) return status;
    if (status == ERZ_OK) {
        text->broken += piece->broken;
        if (piece->encoding != NULL) text->encoding = piece->encoding;
        *good = tell(in, piece, text);
    } else {
        notice(in, piece, ERZ_E_INPUT, 0, err->message);
        *good = false;
    }
    if (*good) return ERZ_OK;
    b->converted.len = converted;
    b->fixes.n = fixes;
    in->counts.bad_records++;
    return ERZ_OK;
}

static erz_status put(erz_input *in, erz_batch *b, const input_piece *piece, charset_text text, bool first, bool last,
                      erz_error *err)
{
    if (text.in_place && !piece->in_place) {
        text.begin = b->converted.len;
        erz_buf_add(&b->converted, piece->text, piece->len);
    }
    batch_place *place;
    erz_document *doc = input_batch_add(b, &place);
    if (doc == NULL) return no_memory(err);
    erz_status status = b->converted.failed ? no_memory(err) : set_id(in, b, piece, doc, place, err);
    if (status != ERZ_OK) return status;
    place->converted = !(text.in_place && piece->in_place);
    place->text = place->converted ? text.begin : (size_t)(piece->text - b->raw.data);
    place->fix = text.fix;
    doc->nfixes = text.nfixes;
    doc->len = text.len;
    doc->base = in->section_base[0];
    doc->base_char = in->section_base[1];
    doc->base_utf16 = in->section_base[2];
    doc->first = first;
    doc->last = last;
    in->given = !last;
    in->counts.documents += last;
    in->counts.sectioned += last && !first;
    if (!last)
        advance_section(in, doc, place->converted ? b->converted.data + text.begin : piece->text,
                        text.nfixes > 0 ? b->fixes.data[text.fix + text.nfixes - 1].shift : 0);
    return ERZ_OK;
}

/* Add a document or section to the batch. Once a section is refused, so is the rest of its document; what was given of it
 * before is closed by an empty section. */
static erz_status add(erz_input *in, erz_batch *b, const input_piece *piece, bool first, bool last, erz_error *err)
{
    charset_text text = {.in_place = true};
    input_piece nothing = {.id = piece->id, .id_len = piece->id_len, .text = "", .unnumbered = piece->unnumbered};
    if (first) in->refused = in->given = false;
    if (!in->refused) {
        bool good = false;
        erz_status status = take_text(in, b, piece, first, &text, &good, err);
        if (status == ERZ_OK && good) status = put(in, b, piece, text, first, last, err);
        if (status != ERZ_OK || good) return status;
        in->refused = true;
    }
    memset(&text, 0, sizeof text);
    text.in_place = true;
    return last && in->given ? put(in, b, &nothing, text, false, true, err) : ERZ_OK;
}

/* Is the document that begins here for this run? */
static bool wanted(erz_input *in)
{
    if (in->position.document < in->skip) return false;
    if (!in->by_document || in->o.shards == 0) return true;
    return erz_hash_pair(in->ordinal, 0) % in->o.shards == in->o.shard - 1;
}

/* A document of another shard or of an earlier run: what encoding it has counts for those behind it. */
static erz_status pass_by(erz_input *in, erz_batch *b, const input_piece *piece, bool first, erz_error *err)
{
    charset_text text;
    size_t converted = b->converted.len, fixes = b->fixes.n;
    erz_status status = decode(in, b, piece, first, &text, err);
    b->converted.len = converted;
    b->fixes.n = fixes;
    return status == ERZ_E_INPUT ? ERZ_OK : status;
}

static erz_status take_piece(erz_input *in, erz_batch *b, const input_piece *piece, bool last, erz_error *err)
{
    bool first = !in->split.inside;
    in->split.seen = 0;
    in->split.inside = !last;
    if (first) in->split.number++;
    erz_status status = wanted(in) ? add(in, b, piece, first, last, err) : pass_by(in, b, piece, first, err);
    in->position.inside = !last;
    if (last) {
        in->position.document++;
        in->ordinal++;
        memset(in->section_base, 0, sizeof in->section_base);
    }
    return status;
}

/* A record that cannot be used: reported, and counted like a document so that numbers stay those of the lines. Sections that
 * were given of it are closed by an empty one. */
static erz_status pass_over(erz_input *in, erz_batch *b, const erz_error *err, erz_error *fault)
{
    erz_error e = *err;
    erz_status status = ERZ_OK;
    if (e.file[0] == '\0') snprintf(e.file, sizeof e.file, "%s", input_source_name(in->source));
    if (in->position.document >= in->skip) report_text(in, &e);
    in->counts.bad_records++;
    if (!in->split.inside) in->split.number++;
    if (in->split.inside && in->given) {
        input_piece piece = {0};
        input_split_section(&in->split, "", 0, &piece);
        piece.in_place = false; /* not of the batch's bytes */
        status = put(in, b, &piece, (charset_text){.in_place = true}, false, true, fault);
    }
    in->split.inside = in->position.inside = false;
    memset(in->section_base, 0, sizeof in->section_base);
    in->position.document++;
    in->ordinal++;
    return status;
}

/* Take the next document from the bytes behind *at. *more: bytes are missing; *section: the batch ends with a section. */
static erz_status take_one(erz_input *in, erz_batch *b, size_t *at, bool *more, bool *section, erz_error *err)
{
    input_piece piece;
    const char *p = b->raw.data == NULL ? "" : b->raw.data + *at;
    size_t len = b->raw.len - *at, max = in->o.max_doc_bytes;
    bool cut = input_split_sections(&in->split) && len > max;
    if (cut) len = max + 1;
    split_result result = input_split_next(&in->split, p, len, in->eof && !cut, &piece, err);
    if (result == SPLIT_MORE && cut) {
        input_split_section(&in->split, p, input_split_cut(p, max), &piece);
        result = SPLIT_DOC;
        *section = true;
    }
    *more = result == SPLIT_MORE;
    if (result == SPLIT_MORE) return ERZ_OK;
    if (result == SPLIT_FAIL) return no_memory(err);
    *at += piece.next;
    if (result == SPLIT_DOC) return take_piece(in, b, &piece, !*section, err);
    in->split.seen = 0;
    if (result != SPLIT_BAD) return ERZ_OK;
    erz_error bad = *err;
    return pass_over(in, b, &bad, err);
}

/* Take documents until the batch is full (*full) or bytes are missing. */
static erz_status take(erz_input *in, erz_batch *b, size_t *at, bool *full, erz_error *err)
{
    bool more = false;
    erz_status status = ERZ_OK;
    while (status == ERZ_OK && !more && !*full && !in->ended) {
        bool section = false;
        bool done = in->eof && *at == b->raw.len && (in->o.docs != ERZ_DOCS_FILE || in->split.number > 0) &&
                    !input_split_pending(&in->split);
        if (done) break;
        status = take_one(in, b, at, &more, &section, err);
        *full = b->n > 0 && (section || b->n >= BATCH_DOCUMENTS || *at >= BATCH_BYTES || b->converted.len >= BATCH_BYTES);
        if (more && in->eof) break;
    }
    /* Nothing refers to bytes that hold no document. */
    if (b->n == 0 && *at > 0) {
        memmove(b->raw.data, b->raw.data + *at, b->raw.len - *at);
        b->raw.len -= *at;
        *at = 0;
    }
    return status;
}

static erz_status read_batch(erz_input *in, erz_batch *b, size_t *at, erz_error *err)
{
    bool full = false;
    while (!in->ended) {
        bool wait = false;
        erz_status status = in->open ? ERZ_OK : open_next(in, b->n > 0, &wait, err);
        if (status == ERZ_END) in->ended = true;
        if (status == ERZ_END || wait) break;
        if (status == ERZ_OK && !in->open) continue;
        if (status == ERZ_OK) status = take(in, b, at, &full, err);
        if (status != ERZ_OK || full || in->ended) return status;
        if (in->eof) {
            *at = b->raw.len;
            in->position.inside = false;
            if (b->n > 0 && input_source_archive(in->source) && input_source_waits(in->source)) return ERZ_OK;
            status = end_of_bytes(in, err);
        } else {
            if (b->n > 0 && input_source_blocks(in->source)) return ERZ_OK;
            status = fill(in, b, err);
        }
        if (status != ERZ_OK) return status;
    }
    return ERZ_OK;
}

erz_status erz_input_read(erz_input *in, erz_batch *b, erz_error *err)
{
    erz_error own;
    if (err == NULL) err = &own;
    input_batch_clear(b);
    erz_buf_add(&b->raw, in->carry.data, in->carry.len);
    in->carry.len = 0;
    if (b->raw.failed) return no_memory(err);
    size_t at = 0;
    erz_status status = read_batch(in, b, &at, err);
    if (status != ERZ_OK) return status;
    if (b->raw.len > at) erz_buf_add(&in->carry, b->raw.data + at, b->raw.len - at);
    if (in->carry.failed) return no_memory(err);
    b->position = in->position;
    b->position.input_hash = in->position.document > 0 ? in->chain : in->done;
    input_batch_resolve(b);
    return b->n == 0 ? ERZ_END : ERZ_OK;
}
