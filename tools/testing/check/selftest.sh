#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# selftest - can the static checks fail?  Every rule meets one file that breaks
# it, in a copy of the project, and nothing else may be found wrong.
#
#	selftest.sh KERNEL
#
# KERNEL is a kernel's source, as for style.sh.

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
kernel=$1
CC=${CC:-cc}

. "$here/../selftests/vfio_ap/lib/ktap.sh"

driver=drivers/s390/crypto/vfio_ap
apsim=tools/testing/apsim
work=$(mktemp -d) || exit 1
trap 'rm -r "$work"' EXIT

# The sources that layers.sh looks at, and objects as if they had been built.
new_tree()
{
	rm -rf "$work/tree" "$work/objects"
	mkdir -p "$work/tree/$driver" "$work/tree/$apsim/core" "$work/tree/$apsim/user"
	cp -r "$root/$driver/." "$work/tree/$driver"
	cp "$root/$apsim/core/"*.[ch] "$work/tree/$apsim/core"
	object "$driver/core/pure" "int apm_pure(void) { return 0; }"
	object "$apsim/core/pure" "int apsim_pure(void) { return 0; }"
	object "$driver/s390/all" "$(definitions 'hw|bus|guest|dbf')"
	object "$driver/shell" "$(definitions on)"
}

# object NAME CODE
object()
{
	mkdir -p "$work/objects/${1%/*}"
	echo "$2" | $CC -w -x c -c -o "$work/objects/$1.o" -
}

definitions()
{
	cat "$root/$driver/port/"*.h | grep -oE "\<vap_($1)_[a-z0-9_]+\(" |
		sort -u | sed 's/.*/void &void) { }/'
}

layers()
{
	"$here/layers.sh" -r "$work/tree" "$work/objects"
}

style()
{
	"$here/style.sh" -r "$work/tree" "$kernel"
}

# finds CHECK CASE: exactly this case of a check fails; 0: none does
finds()
{
	said=$($1)
	result=$?
	bad=$(echo "$said" | sed -n 's/^not ok \([0-9]*\) .*/\1/p' | tr '\n' ' ')
	[ "${bad:-0 }" = "$2 " ] || wrong "failed: ${bad:-none}, should: $2" "$said"
	[ $((result != 0)) -eq $(($2 != 0)) ] || wrong "exit status $result"
}

# line CASE FILE TEXT: a source gets one line more
line()
{
	new_tree
	echo "$3" >> "$work/tree/$2"
	finds layers "$1"
}

# more CASE NAME CODE: an object more
more()
{
	new_tree
	object "$2" "$3"
	finds layers "$1"
}

good_layers()
{
	new_tree
	finds layers 0
}

# In two pieces, so that checkpatch does not take it for this file's.
licence()
{
	echo "// SPDX-License""-Identifier: GPL-2.0-only"
}

# A tree of one small file that is as it should be
good_file()
{
	rm -rf "$work/tree"
	mkdir -p "$work/tree/$driver/core"
	licence > "$work/tree/$driver/core/good.c"
	cat >> "$work/tree/$driver/core/good.c" <<-'EOF'
		/*
		 * good - an example
		 */
		#include "good.h"

		/**
		 * apm_good - add one
		 * @number: what to add it to
		 *
		 * Return: the sum.
		 */
		int apm_good(int number)
		{
			return number + 1;
		}
	EOF
}

# file CASE COMMAND...: one more file, which the command prints
file()
{
	expected=$1
	shift
	good_file
	{
		licence
		"$@"
	} > "$work/tree/$driver/core/bad.c"
	finds style "$expected"
}

good_style()
{
	good_file
	finds style 0
}

repeated()
{
	yes "$1" | head -n "$2"
}

misformatted()
{
	echo 'int  a ;'
}

long_file()
{
	repeated '/* A line. */' 500
}

long_function()
{
	printf 'static void bad(void)\n{\n'
	repeated '	good();' 58
	echo '}'
}

conditional()
{
	printf '#ifdef CONFIG_BAD\n#endif\n'
}

incomplete_doc()
{
	printf '/**\n * apm_bad - do it\n */\n'
	printf 'void apm_bad(int what)\n{\n}\n'
}

undocumented()
{
	printf 'void apm_bad(int what)\n{\n}\n'
}

plan 23
try "the layers of this project are accepted" good_layers
try "the core includes a kernel header" \
	line 1 $driver/core/mask.c '#include <linux/slab.h>'
try "the core includes its user" \
	line 1 $driver/core/mask.c '# include "../vap.h"'
try "the core's one header includes too much" \
	line 1 $driver/core/base.h '#include <linux/module.h>'
try "a port includes KVM" \
	line 2 $driver/port/guest.h '#include <linux/kvm_host.h>'
try "the shell includes the architecture" \
	line 3 $driver/main.c '#include <asm/ap.h>'
try "the shell includes KVM" \
	line 3 $driver/main.c '#include <linux/kvm_host.h>'
try "the shell includes an adapter's header" \
	line 3 $driver/main.c '#include "s390/qci.h"'
try "an adapter includes the shell" \
	line 4 $driver/s390/hw.c '#include "../vap.h"'
try "a suite includes the shell" \
	line 5 $driver/tests/mask_kunit.c '#include "../vap.h"'
try "the simulated machine includes a kernel header" \
	line 6 $apsim/core/machine.c '#include <linux/slab.h>'
try "the simulator includes the driver" line 7 $apsim/user/front.h \
	"#include \"../../../../$driver/../vfio_ap/core/mask.h\""
try "the core needs the kernel" \
	more 8 $driver/core/bad 'void apm_bad(void) { printk(); }'
try "the simulated machine needs the kernel" \
	more 9 $apsim/core/bad 'void apsim_bad(void) { kmalloc(); }'
try "an instruction is defined twice" \
	more 10 $driver/s390/bad 'void vap_hw_tapq(void) { }'
try "an adapter defines a call up" \
	more 11 $driver/s390/bad 'void vap_on_bind(void) { }'
try "a good style is accepted" good_style
try "checkpatch has something to say" file 1 misformatted
try "a file is too long" file 2 long_file
try "a function is too long" file 3 long_function
try "the driver has conditional code" file 4 conditional
try "a parameter is not described" file 5 incomplete_doc
try "a public function is not described" file 6 undocumented
finish
