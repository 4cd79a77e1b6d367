# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# clang - the other compiler, for what it has to say about the modules
#
# Linux 7.3 asks for 17 and Debian 12's own is 14, but has 19 beside it.

CLANG=clang-19

# What the beds with these checkers are better with; without them they skip.
PACKAGES_STATIC=("$CLANG" coccinelle)

clang_there()
{
	command -v "$CLANG" > /dev/null
}

# clang_flags: what make has to say, one a line, so that a kernel that gcc has built
# is believed to be clang's.  Nothing is linked to it, so its sanitizers, for which
# the two have other options, may stay away.
clang_flags()
{
	local major minor patch

	IFS=. read -r major minor patch < <("$CLANG" -dumpversion)
	printf '%s\n' "CC=$CLANG" CONFIG_CC_IS_GCC= CONFIG_GCC_VERSION=0 \
		CONFIG_CC_IS_CLANG=y CONFIG_KASAN= CONFIG_UBSAN= \
		CONFIG_CC_IMPLICIT_FALLTHROUGH=-Wimplicit-fallthrough
	printf 'CONFIG_CLANG_VERSION=%d%02d%02d\n' \
		"$major" "$minor" "${patch%%[!0-9]*}"
}
