# SPDX-License-Identifier: GPL-2.0-only
# What every kernel front end links into its apsim.ko, relative to its folder.

apsim-common := $(patsubst $(src)/%.c,%.o,$(wildcard \
	$(src)/../core/*.c $(src)/../kernel/*.c))

# The machine as a tree in configfs is a module of its own.
apsim_configfs-y := $(patsubst $(src)/%.c,%.o,$(wildcard \
	$(src)/../kernel/configfs/*.c))
obj-$(if $(CONFIG_CONFIGFS_FS),m) += apsim_configfs.o

compat-dir := $(src)/../../../../include/compat
include $(compat-dir)/Kbuild.compat
CFLAGS_../kernel/machine.o := $(compat-flags) -I$(compat-dir)/..
