# SPDX-License-Identifier: GPL-2.0-only
#
# user bed - the fuzzers: NAME_fuzz.c with what it is about
#
# For libFuzzer, clang compiles what is looked into with counters and sanitizers,
# and the fuzzer with its twins without, so that they cost little.  replay-NAME
# is the same without libFuzzer, by any compiler and with sanitizers throughout.

CLANG	?= clang
TIME	?= 8
SEED	?= 1

fuzz-of-core	:= $(call sources,$(VFIO_AP)/core/*.c)
fuzz-of-apsim	:= $(call sources,$(APSIM)/core/*.c $(APSIM)/user/bn_openssl.c)
fuzz-of-parse	:= $(fuzz-of-core)
fuzz-of-plan	:= $(fuzz-of-core)
fuzz-of-aqic	:= $(fuzz-of-core)
fuzz-of-command	:= $(fuzz-of-apsim)
fuzz-of-machine	:= $(fuzz-of-apsim)

FUZZERS	:= parse plan aqic command machine

FLAVOURS += fuzz front
fuzz	:= -O2 -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
# A look at each comparison costs half of the time: loops over 256 numbers.
fuzz	+= -fno-sanitize-coverage=trace-cmp
front	:= -O2
CC_fuzz	:= $(CLANG)
CC_front := $(CLANG)

fuzz_c	= tools/testing/user/fuzz/$(1)_fuzz.c
fuzz-all := $(foreach name,$(FUZZERS),$(call fuzz_c,$(name)))
fuzz-deps := $(call objects,obj,$(fuzz-all) tools/testing/user/fuzz/replay.c)
fuzz-deps += $(call objects,front,$(fuzz-all))
fuzz-deps += $(call objects,fuzz,$(fuzz-of-core) $(fuzz-of-apsim))

define fuzzer
$(OUT)/replay-$(1): $(call objects,obj,$(call fuzz_c,$(1)) $(fuzz-of-$(1)) \
		      tools/testing/user/fuzz/replay.c)
	$(Q)$(CC) $(BASE) $(obj) -o $$@ $$^ -lcrypto

$(OUT)/fuzz-$(1): $(call objects,front,$(call fuzz_c,$(1))) \
		  $(call objects,fuzz,$(fuzz-of-$(1)))
	$(Q)$(CLANG) -fsanitize=fuzzer,address,undefined -o $$@ $$^ -lcrypto
endef
$(foreach name,$(FUZZERS),$(eval $(call fuzzer,$(name))))

# For the selftest: with counters, as it is what is looked into.
broken_fuzz := tools/testing/user/selftest/broken_fuzz.c
fuzz-deps += $(call objects,obj,$(broken_fuzz)) $(call objects,fuzz,$(broken_fuzz))

$(OUT)/replay-broken: $(call objects,obj,$(broken_fuzz) \
			tools/testing/user/fuzz/replay.c)
	$(Q)$(CC) $(BASE) $(obj) -o $@ $^

$(OUT)/fuzz-broken: $(call objects,fuzz,$(broken_fuzz))
	$(Q)$(CLANG) -fsanitize=fuzzer,address,undefined -o $@ $^

fuzzers: $(addprefix $(OUT)/fuzz-,$(FUZZERS))
replay: $(addprefix $(OUT)/replay-,$(FUZZERS))

# Without libFuzzer only the corpus is tried.  KEEP=1: what was found is kept.
fuzz: replay
	@! CLANG=$(CLANG) $(HERE)/fuzz/run.sh probe $(OUT) || \
		$(MAKE) -s -f $(HERE)/Makefile O=$(OUT) fuzzers || :
	@TIME=$(TIME) SEED=$(SEED) $(HERE)/fuzz/run.sh run $(OUT) $(FUZZERS) \
		>$(OUT)/fuzz.ktap; \
	result=$$?; cat $(OUT)/fuzz.ktap; \
	[ -z "$(KEEP)" ] || $(HERE)/fuzz/run.sh keep $(OUT) $(FUZZERS); \
	exit $$result

# For who reads what they found
fuzz-anyway:
	@$(MAKE) -s -f $(HERE)/Makefile O=$(OUT) fuzz > /dev/null || :

.PHONY: fuzzers replay fuzz fuzz-anyway
