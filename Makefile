# erz: build, tests, benchmarks. `make help` lists the targets.
BUILD ?= build
CC ?= cc
PREFIX ?= /usr/local
VERSION := 0.1.0

PKGS := icu-uc icu-i18n libpcre2-8 libpcre2-32 libzstd liblzma jansson
# gzip: ISA-L on x86-64, zlib elsewhere and with ISAL=0.
ISAL ?= $(if $(filter x86_64-%,$(shell $(CC) -dumpmachine)),1,0)
GZIP_PKG := $(if $(filter 1,$(ISAL)),libisal,zlib)
GZIP_LIBS = $(shell pkg-config --libs $(GZIP_PKG) 2>/dev/null)
CSTD := -std=c11 -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE
WARN := -Wall -Wextra -Wshadow -Wconversion -Wmissing-prototypes -Werror
OPT ?= -O2 -g
SAN ?=
PKG_CFLAGS = $(shell pkg-config --cflags $(PKGS) $(GZIP_PKG) 2>/dev/null) $(if $(filter 1,$(ISAL)),-DERZ_ISAL)
PKG_LIBS = $(shell pkg-config --libs $(PKGS) 2>/dev/null) $(GZIP_LIBS) -lbz2 -lstemmer -lpthread -lm
ALL_CFLAGS = $(CSTD) $(WARN) $(OPT) $(SAN) -fPIC -fvisibility=default -MMD -MP -Iinclude -Ipipeline -DPCRE2_CODE_UNIT_WIDTH=8 -DERZ_PREFIX='"$(PREFIX)"' -DERZ_VERSION='"$(VERSION)"' $(PKG_CFLAGS) $(CFLAGS)

# gcc optimizes the program as a whole: it runs 1 to 3 % faster, but its link takes 20 s. LTO=0 leaves that out, as clang and the
# sanitizers do. The libraries are without: what links them need not wait.
ifndef LTO
LTO := $(if $(SAN),0,$(if $(findstring Free Software,$(shell $(CC) --version 2>/dev/null)),1,0))
endif
ifeq ($(LTO),1)
LTO_OBJ := -flto -ffat-lto-objects
LTO_LINK := -flto=2
NO_LTO := -fno-lto
endif
OBJCOPY ?= objcopy

LIB_SRC := $(sort $(filter-out pipeline/cli/%,$(wildcard pipeline/*/*.c)))
CLI_SRC := $(sort $(wildcard pipeline/cli/*.c))
LIB_OBJ := $(LIB_SRC:%.c=$(BUILD)/%.o)
CLI_OBJ := $(CLI_SRC:%.c=$(BUILD)/%.o)
MODEL_SRC := $(shell find models/de -type f 2>/dev/null | LC_ALL=C sort)

.PHONY: all deps test-deps bench-deps demo check check-large test clean install help format lint quality
all: $(BUILD)/erz $(BUILD)/liberz.a $(BUILD)/liberz.so $(BUILD)/de.erzm

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	@echo "  CC $<"
	@$(CC) $(ALL_CFLAGS) $(LTO_OBJ) $(KERNEL_FLAGS) -c $< -o $@

# Each kernel is compiled for its own instruction set; the dispatcher asks the processor before calling it.
$(BUILD)/pipeline/tokenize/scan_ssse3.o: KERNEL_FLAGS = -mssse3 -mpopcnt
$(BUILD)/pipeline/tokenize/scan_avx2.o: KERNEL_FLAGS = -mavx2 -mbmi -mbmi2 -mpopcnt -mlzcnt
$(BUILD)/pipeline/tokenize/scan_avx512.o: KERNEL_FLAGS = -mavx512f -mavx512bw -mavx512vl -mavx2 -mbmi -mbmi2 -mpopcnt -mlzcnt

$(BUILD)/pipeline/match/company_kernel_avx2.o: KERNEL_FLAGS = -mavx2 -mbmi -mpopcnt

$(BUILD)/liberz.a: $(LIB_OBJ)
	@rm -f $@
	@$(AR) rcs $@ $^
ifeq ($(LTO),1)
	@$(OBJCOPY) --wildcard -R '.gnu.lto_*' -R '.gnu.debuglto_*' $@
endif
$(BUILD)/liberz.so: $(LIB_OBJ)
	@$(CC) $(OPT) $(SAN) $(NO_LTO) -shared -Wl,-soname,liberz.so.0 -o $@ $^ $(PKG_LIBS) $(LDFLAGS)
	@ln -sf liberz.so $(BUILD)/liberz.so.0
# All but the C library and ISA-L (Debian has no archive of it) is linked statically, at a fixed address: the program starts three
# times faster (ICU's relocations). STATIC=0 and sanitizers link it to shared libraries.
STATIC ?= 1
STATIC_LIBS = $(filter-out -lm -lpthread -pthread,$(shell pkg-config --static --libs $(PKGS) 2>/dev/null)) -lbz2 -lstemmer -lstdc++
$(BUILD)/erz: $(CLI_OBJ) $(BUILD)/liberz.a
ifeq ($(STATIC)$(SAN),1)
	@$(CC) $(OPT) $(LTO_LINK) -no-pie -static-libgcc -o $@ $(if $(LTO_LINK),$(CLI_OBJ) $(LIB_OBJ),$^) -Wl,-Bstatic $(STATIC_LIBS) -Wl,-Bdynamic $(GZIP_LIBS) -lpthread -lm $(LDFLAGS)
else
	@$(CC) $(OPT) $(SAN) $(NO_LTO) -o $@ $^ $(PKG_LIBS) $(LDFLAGS)
endif
$(BUILD)/de.erzm: $(BUILD)/erz $(MODEL_SRC)
	@$(BUILD)/erz model build models/de -o $@

-include $(LIB_OBJ:.o=.d) $(CLI_OBJ:.o=.d)

deps: ## install what the build needs (Debian packages; sudo if not root)
	@tools/deps.sh build
test-deps:
	@tools/deps.sh build test
bench-deps:
	@tools/deps.sh build test bench

demo: deps ## build, run erz over corpus/ and show the records
	@$(MAKE) --no-print-directory all
	@tools/demo.sh $(BUILD)

check: test-deps ## build and run every test; ends with "N passed, N failed"
	@$(MAKE) --no-print-directory test

TEST_BIN := $(patsubst tests/%.c,$(BUILD)/tests/%,$(sort $(wildcard tests/unit/*.c tests/ref/*.c tests/diff/*.c)))
test: all $(TEST_BIN) replays
	@BUILD=$(BUILD) tests/run.sh
check-large: all ## a document of 3 GB, 100,000 files, 50 kills, each allocation fails, memory of longer runs: an hour or more
	@ERZ_LARGE=1 ERZ_KILLS=50 ERZ_ALLOC_STEP=1 ERZ_MEMORY_BYTES=20000000 ERZ_MEMORY_TIMES=4 BUILD=$(BUILD) sh -c \
	    's=0; for t in cli/large cli/resume fault/fault cli/memory; do tests/run.sh tests/$$t || s=1; done; exit $$s'
$(BUILD)/tests/%: tests/%.c $(BUILD)/liberz.a
	@mkdir -p $(@D)
	@$(CC) $(ALL_CFLAGS) -Itests -o $@ $< $(BUILD)/liberz.a -lcmocka $(PKG_LIBS) $(LDFLAGS)
$(BUILD)/tests/diff/inflate: PKG_LIBS += -lz
-include $(TEST_BIN:=.d)
$(BUILD)/tests/fault.so: tests/fault/shim.c
	@mkdir -p $(@D)
	@$(CC) -O2 -Wall -Wextra -shared -fPIC -o $@ $< -ldl
-include bench/bench.mk
include tests/fuzz/fuzz.mk

quality: all ## score the gold sets and write tests/quality/results.tsv
	@BUILD=$(BUILD) tests/quality/run.sh

format: ## clang-format in place
	clang-format -i $(LIB_SRC) $(CLI_SRC) $(wildcard include/erz/*.h pipeline/*/*.h tests/*/*.c)

lint: all ## clang-tidy, cppcheck, clang-format; both compilers without warnings
	@tools/lint.sh

install: all ## into PREFIX (default /usr/local), DESTDIR honoured
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib/pkgconfig $(DESTDIR)$(PREFIX)/include/erz $(DESTDIR)$(PREFIX)/share/erz
	install -m 755 $(BUILD)/erz $(DESTDIR)$(PREFIX)/bin/erz
	install -m 644 $(BUILD)/liberz.a $(DESTDIR)$(PREFIX)/lib/liberz.a
	install -m 755 $(BUILD)/liberz.so $(DESTDIR)$(PREFIX)/lib/liberz.so.0
	ln -sf liberz.so.0 $(DESTDIR)$(PREFIX)/lib/liberz.so
	install -m 644 include/erz/*.h $(DESTDIR)$(PREFIX)/include/erz
	install -m 644 $(BUILD)/de.erzm $(DESTDIR)$(PREFIX)/share/erz/de.erzm
	sed -e 's|@PREFIX@|$(PREFIX)|; s|@VERSION@|$(VERSION)|' tools/erz.pc.in > $(DESTDIR)$(PREFIX)/lib/pkgconfig/erz.pc

clean:
	rm -rf $(BUILD)

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 16
