#include "unicode.h"

#include "unicode_table.h"

enum { BLOCK_BITS = 6, LIMIT = 0x20000 };

erz_uclass erz_uclass_of(uint32_t cp)
{
    if (cp >= LIMIT) { /* ideographs, tags, variation selectors, private use */
        if (cp < 0x3fffe) return UC_LETTER;
        if (cp >= 0xe0001 && cp <= 0xe007f) return UC_IGNORE;
        return cp >= 0xe0100 && cp <= 0xe01ef ? UC_MARK : UC_OTHER;
    }
    uint32_t at = (uint32_t)unicode_index[cp >> BLOCK_BITS] << BLOCK_BITS | (cp & ((1U << BLOCK_BITS) - 1));
    return (erz_uclass)(unicode_class[at >> 1] >> (at & 1) * 4 & 15);
}
