#include "erz/document.h"

uint64_t erz_document_offset(const erz_document *doc, uint32_t at)
{
    size_t lo = 0, hi = doc->nfixes;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (doc->fixes[mid].at <= at)
            lo = mid + 1;
        else
            hi = mid;
    }
    int64_t shift = lo == 0 ? 0 : doc->fixes[lo - 1].shift;
    return doc->base + (uint64_t)((int64_t)at + shift);
}
