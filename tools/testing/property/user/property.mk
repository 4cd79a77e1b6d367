# SPDX-License-Identifier: GPL-2.0-only
#
# property - all of the driver but its adapters, over the simulated machine, with
# headers that stand in for the kernel's; and sequences against a model
#
# property-run	with sanitizers; STEPS=N commands at random, and all else
# property-fast	the program without: three times as fast

PROPERTY := tools/testing/property
STEPS	?= 100000

# matrix.c and signal.c are the driver core's and eventfd's business.
shell	:= assignable attach edit engine host irq main marks mdev nib queue quiet refuse reset settle \
	   sysfs_matrix sysfs_queue tell vfio withheld
property := $(call sources,$(VFIO_AP)/core/*.c $(APSIM)/core/*.c \
	     $(APSIM)/user/bn_openssl.c $(PROPERTY)/*.c $(PROPERTY)/user/*.c) \
	    $(shell:%=$(VFIO_AP)/%.c) regressions.c

prop-sane := -O1 $(SANE)
prop-fast := -O2
prop-flags := -D_GNU_SOURCE -I$(TOP)/$(PROPERTY)/user/include $(BASE) \
	      -I$(TOP)/$(PROPERTY)

$(OUT)/property: $(call objects,prop-sane,$(property))
	$(Q)$(CC) $(prop-flags) $(prop-sane) -o $@ $^ -lcrypto

$(OUT)/property-fast: $(call objects,prop-fast,$(property))
	$(Q)$(CC) $(prop-flags) $(prop-fast) -o $@ $^ -lcrypto

$(OUT)/regressions.c: $(TOP)/$(PROPERTY)/regressions.sh \
		$(wildcard $(TOP)/$(PROPERTY)/regressions/*.seq)
	@mkdir -p $(@D)
	$(Q)sh $< > $@

define prop-flavour
$(OUT)/$(1)/%.o: $(TOP)/%.c $(HERE)/Makefile $(TOP)/$(PROPERTY)/user/property.mk
	@mkdir -p $$(@D)
	$(Q)$(CC) $(prop-flags) $($(1)) -MMD -MP -c -o $$@ $$<

$(OUT)/$(1)/regressions.o: $(OUT)/regressions.c
	@mkdir -p $$(@D)
	$(Q)$(CC) $(prop-flags) $($(1)) -c -o $$@ $$<

-include $(patsubst %.o,%.d,$(call objects,$(1),$(property)))
endef
$(foreach name,prop-sane prop-fast,$(eval $(call prop-flavour,$(name))))

property-run: $(OUT)/property
	@VFIO_AP_STEPS=$(STEPS) $(OUT)/property > $(OUT)/property.ktap; \
	result=$$?; cat $(OUT)/property.ktap; exit $$result

.PHONY: property-run
