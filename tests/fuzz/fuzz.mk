# Fuzzing: `make fuzz` runs each target FUZZ_TIME seconds under libFuzzer (clang); `make test` replays seeds and corpus.
FUZZ_TARGETS := $(patsubst tests/fuzz/fuzz_%.c,%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
FUZZ_TIME ?= 60
FUZZ_BUILD := $(BUILD)-fuzz
REPLAY_BIN := $(FUZZ_TARGETS:%=$(BUILD)/tests/fuzz/replay_%)

replays: $(REPLAY_BIN)
.PHONY: replays fuzz fuzz-build asan ubsan tsan
$(BUILD)/tests/fuzz/replay_%: tests/fuzz/fuzz_%.c tests/fuzz/common.c tests/fuzz/replay.c tests/fuzz/fuzz.h $(BUILD)/liberz.a
	@mkdir -p $(@D)
	@$(CC) $(ALL_CFLAGS) -Itests/fuzz -o $@ $(filter %.c,$^) $(BUILD)/liberz.a $(PKG_LIBS) $(LDFLAGS)

$(FUZZ_BUILD)/fuzz_%: tests/fuzz/fuzz_%.c tests/fuzz/common.c tests/fuzz/fuzz.h $(FUZZ_BUILD)/liberz.a
	@$(CC) $(ALL_CFLAGS) -fsanitize=fuzzer -Itests/fuzz -o $@ $(filter %.c,$^) $(FUZZ_BUILD)/liberz.a $(PKG_LIBS)

# The library is built with coverage for the fuzzer, in a folder of its own.
fuzz-build: all
	@$(MAKE) --no-print-directory BUILD=$(FUZZ_BUILD) CC=clang SAN="-fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=undefined" \
	    FUZZ_BUILD=$(FUZZ_BUILD) $(FUZZ_BUILD)/liberz.a $(FUZZ_TARGETS:%=$(FUZZ_BUILD)/fuzz_%)
fuzz: fuzz-build ## fuzz each target for FUZZ_TIME seconds (default 60)
	@BUILD=$(BUILD) FUZZ_BUILD=$(FUZZ_BUILD) FUZZ_TIME=$(FUZZ_TIME) tests/fuzz/run_fuzz.sh $(FUZZ_TARGETS)

# The whole test suite under sanitizers, each with its own build folder, sizes divided by ERZ_TEST_SCALE. Compilers warn of more
# when they instrument, so warnings are no errors there.
asan ubsan tsan: export ERZ_TEST_SCALE ?= 5
asan: ## the test suite under AddressSanitizer and UndefinedBehaviorSanitizer
	@$(MAKE) --no-print-directory BUILD=$(BUILD)-asan SAN="-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer" CFLAGS="$(CFLAGS) -Wno-error" test
ubsan: ## the test suite under UndefinedBehaviorSanitizer
	@$(MAKE) --no-print-directory BUILD=$(BUILD)-ubsan SAN="-fsanitize=undefined -fno-sanitize-recover=undefined" CFLAGS="$(CFLAGS) -Wno-error" test
tsan: ## the test suite under ThreadSanitizer
	@$(MAKE) --no-print-directory BUILD=$(BUILD)-tsan SAN="-fsanitize=thread" CFLAGS="$(CFLAGS) -Wno-error" test
