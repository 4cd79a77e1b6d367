# SPDX-License-Identifier: GPL-2.0-only
# What every kernel front end links into its apsim.ko, relative to its folder.

apsim-common := $(patsubst $(src)/%.c,%.o,$(wildcard \
	$(src)/../core/*.c $(src)/../kernel/*.c))
