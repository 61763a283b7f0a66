# Benchmarks: ratios within one run, counts checked; see bench/README.md.
BENCH_MB ?= 200
.PHONY: profile bench
$(BUILD)/bench/%: bench/%.c $(BUILD)/liberz.a
	@mkdir -p $(@D)
	@$(CC) $(ALL_CFLAGS) -o $@ $< $(BUILD)/liberz.a $(PKG_LIBS) $(LDFLAGS)
$(BUILD)/bench/text.txt: bench/make_text.py
	@mkdir -p $(@D)
	python3 bench/make_text.py $@ $(BENCH_MB)
$(BUILD)/bench/once.txt: bench/make_text.py
	@mkdir -p $(@D)
	python3 bench/make_text.py $@ 0

profile: $(BUILD)/bench/profile $(BUILD)/de.erzm $(BUILD)/bench/text.txt ## cycles a byte by stage
	@$(BUILD)/bench/profile $(BUILD)/de.erzm $(BUILD)/bench/text.txt

$(BUILD)/bench/unseen.txt: $(BUILD)/bench/text.txt
	@cat ../shared/data/raw/*.txt > $@ 2>/dev/null || cat corpus/docs/*.txt > $@
$(BUILD)/bench/hyperscan: bench/hyperscan.c
	@mkdir -p $(@D)
	@$(CC) -O2 -std=c11 -D_GNU_SOURCE -o $@ $< -lhs

bench: bench-deps ## all benchmarks; writes bench/record and bench/README.md
	@$(MAKE) --no-print-directory all $(BUILD)/bench/profile $(BUILD)/bench/stem $(BUILD)/bench/hyperscan $(BUILD)/bench/text.txt $(BUILD)/bench/once.txt $(BUILD)/bench/unseen.txt $(patsubst bench/%.c,$(BUILD)/bench/%,$(wildcard bench/tokenize.c))
	python3 bench/run.py $(BUILD)

# Texts of the tokenizer's benchmark: ../shared/data/raw when there, else the project's corpus.
BENCH_TEXT ?= $(or $(wildcard ../shared/data/raw/*.txt),$(wildcard corpus/docs/*.txt))
BENCH_ROUNDS ?= 15
.PHONY: bench-tokenize
bench-tokenize: $(BUILD)/bench/tokenize $(BUILD)/de.erzm ## tokenizer in memory, each kernel against ICU and a table loop
	@$< -s -n $(BENCH_ROUNDS) $(BUILD)/de.erzm $(BENCH_TEXT)
.PHONY: bench-inputs
bench-inputs: all ## compressed and 8-bit input against plain text; writes bench/record/inputs-*
	python3 bench/inputs.py $(BUILD)
