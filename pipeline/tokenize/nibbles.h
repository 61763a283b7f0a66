/* ASCII classes as the product of two tables of 16 bytes: class = low[c & 15] & high[c >> 4] (0 for bytes above 0x7F, since a
 * byte shuffle gives 0 for an index with its top bit set). For kernels with a byte shuffle. */
#ifndef ERZ_TOKENIZE_NIBBLES_H
#define ERZ_TOKENIZE_NIBBLES_H

enum {
    NIB_LETTER_4_6 = 0x40,
    NIB_LETTER_5_7 = 0x80,
    NIB_LETTER = 0xc0,
    NIB_DIGIT = 0x01,
    NIB_EVENT = 0x3e /* ! # $ % & ' * + . /   : ; < = > ?   @ `   \ ^ _ | ~ DEL   newline */
};

#define NIB_LOW                                                                                                                \
    (char)0x89, (char)0xc3, (char)0xc1, (char)0xc3, (char)0xc3, (char)0xc3, (char)0xc3, (char)0xc3, (char)0xc1, (char)0xc1,    \
        (char)0xe6, 0x46, 0x54, 0x44, 0x56, 0x56
#define NIB_HIGH 0x20, 0, 0x02, 0x05, 0x48, (char)0x90, 0x48, (char)0x90, 0, 0, 0, 0, 0, 0, 0, 0

#endif
