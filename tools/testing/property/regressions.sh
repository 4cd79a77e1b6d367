#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# regressions.sh - what is kept in regressions/, as C, for programs that run where
#	there are no files
here=$(dirname "$0")

cat << END
#include "regress.h"

const char prop_regressions[] =
END
for file in "$here"/regressions/*.seq; do
	sed 's/["\\]/\\&/g; s/.*/	"&\\n"/' "$file"
	printf '\t"-\\n"\n'
done
echo '	"";'
