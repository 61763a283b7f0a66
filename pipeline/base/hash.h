/* 64-bit hash of short byte strings: multiply-xorshift over 8-byte words. Not for hostile keys alone: tables built on it are
 * bounded and compare the bytes. The function is part of the model's format: changing it changes ERZ_MODEL_VERSION. */
#ifndef ERZ_BASE_HASH_H
#define ERZ_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline uint64_t erz_hash_mix(uint64_t h)
{
    h ^= h >> 32;
    h *= UINT64_C(0xd6e8feb86659fd93);
    h ^= h >> 29;
    return h;
}

/* Little-endian load of n (0..8) bytes. */
static inline uint64_t erz_load_tail(const unsigned char *p, size_t n)
{
    if (n >= 4) {
        uint32_t lo, hi;
        memcpy(&lo, p, 4);
        memcpy(&hi, p + n - 4, 4);
        return (uint64_t)lo | (uint64_t)hi << (8 * (n - 4));
    }
    if (n == 0) return 0;
    return (uint64_t)p[0] | (uint64_t)p[n / 2] << (8 * (n / 2)) | (uint64_t)p[n - 1] << (8 * (n - 1));
}

static inline uint64_t erz_hash_16(uint64_t lo, uint64_t hi, size_t len, uint64_t seed)
{
    uint64_t h = lo * UINT64_C(0x9e3779b97f4a7c15) + (seed + 1) * UINT64_C(0xd6e8feb86659fd93) + len;
    return erz_hash_mix(erz_hash_mix(h) ^ hi * UINT64_C(0xc2b2ae3d27d4eb4f));
}

static inline uint64_t erz_hash(const void *data, size_t len, uint64_t seed)
{
    const unsigned char *p = data;
    uint64_t lo = 0;
    if (len <= 8) return erz_hash_16(erz_load_tail(p, len), 0, len, seed);
    memcpy(&lo, p, 8);
    /* cppcheck-suppress pointerOutOfBounds ; more than 8 bytes */
    if (len <= 16) return erz_hash_16(lo, erz_load_tail(p + 8, len - 8), len, seed);
    uint64_t h = seed ^ (uint64_t)len * UINT64_C(0x9e3779b97f4a7c15);
    for (; len > 8; len -= 8, p += 8) {
        memcpy(&lo, p, 8);
        h = erz_hash_mix(h ^ lo);
    }
    return erz_hash_mix(erz_hash_mix(h ^ erz_load_tail(p, len)) + UINT64_C(0x9e3779b97f4a7c15));
}

/* Bytes 0..7 and 8..15 of a string of len <= 16 bytes, zeros behind its end; 16 bytes must be readable. No branch on len. */
static inline void erz_load_16(const void *data, size_t len, uint64_t *lo, uint64_t *hi)
{
#define M(n) ((UINT64_C(1) << (8 * (n))) - 1)
    static const uint64_t masks[17][2] = {{0, 0},        {M(1), 0},     {M(2), 0},     {M(3), 0},     {M(4), 0},
                                          {M(5), 0},     {M(6), 0},     {M(7), 0},     {~M(0), 0},    {~M(0), M(1)},
                                          {~M(0), M(2)}, {~M(0), M(3)}, {~M(0), M(4)}, {~M(0), M(5)}, {~M(0), M(6)},
                                          {~M(0), M(7)}, {~M(0), ~M(0)}};
#undef M
    memcpy(lo, data, 8);
    memcpy(hi, (const char *)data + 8, 8);
    *lo &= masks[len][0];
    *hi &= masks[len][1];
}

static inline uint64_t erz_hash_pair(uint64_t a, uint64_t b)
{
    return erz_hash_mix(erz_hash_mix(a) + b * UINT64_C(0x9e3779b97f4a7c15) + 1);
}

#endif
