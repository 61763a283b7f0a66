# Benchmarks: ratios within one run, counts checked; see bench/README.md.
BENCH_MB ?= 200
.PHONY: profile bench
$(BUILD)/bench/%: bench/%.c $(BUILD)/liberz.a
	@mkdir -p $(@D)
	@$(CC) $(ALL_CFLAGS) -o $@ $< $(BUILD)/liberz.a $(PKG_LIBS) $(LDFLAGS)
$(BUILD)/bench/text.txt: bench/make_text.py
	@mkdir -p $(@D)
	python3 bench/make_text.py $@ $(BENCH_MB)

profile: $(BUILD)/bench/profile $(BUILD)/de.erzm $(BUILD)/bench/text.txt ## cycles a byte by stage
	@$(BUILD)/bench/profile $(BUILD)/de.erzm $(BUILD)/bench/text.txt
