/* ASCII classes as the product of two tables of 16 bytes: class = low[c & 15] & high[c >> 4] (0 for bytes above 0x7F, since a
 * byte shuffle gives 0 for an index with its top bit set). For kernels with a byte shuffle. */
#ifndef ERZ_TOKENIZE_NIBBLES_H
#define ERZ_TOKENIZE_NIBBLES_H

enum {
    NIB_LETTER_4_6 = 0x01,
    NIB_LETTER_5_7 = 0x02,
    NIB_LETTER = 0x03,
    NIB_DIGIT = 0x04,
    NIB_EVENT = 0xf8 /* ! # $ % & ' * + . /   : ; < = > ?   @ `   \ ^ _ | ~ DEL   newline */
};

#define NIB_LOW 0x26, 0x0f, 0x07, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x07, 0x07, (char)0x9b, 0x19, 0x51, 0x11, 0x59, 0x59
#define NIB_HIGH (char)0x80, 0, 0x08, 0x14, 0x21, 0x42, 0x21, 0x42, 0, 0, 0, 0, 0, 0, 0, 0

#endif
