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

# Sphinx is asked where it could tell.
docs()
{
	SPHINX=$sphinx "$here/docs.sh" -r "$work/tree" "$kernel"
}

# A tree of one page, about one function of one file
good_page()
{
	good_file
	mkdir -p "$work/tree/Documentation" "$work/tree/include" "$work/tree/tools"
	echo 'all:' > "$work/tree/Makefile"
	echo '[pages](Documentation/index.rst), `make all`' > "$work/tree/README.md"
	cat > "$work/tree/Documentation/index.rst" <<-EOF
		====
		Page
		====

		\`\`apm_good()\`\` in \`\`core/good.c\`\`, by \`\`make all\`\`, see
		Documentation/index.rst and https://example.org/a.

		.. kernel-doc:: $driver/core/good.c
	EOF
}

good_docs()
{
	good_page
	finds docs 0
}

sphinx=none

# page CASE LINE...: the page has some lines more
page()
{
	expected=$1
	shift
	good_page
	printf '\n%s\n' "$@" >> "$work/tree/Documentation/index.rst"
	finds docs "$expected"
}

# book COMMAND...: the same, by Sphinx
book()
{
	sphinx=/usr/bin/sphinx-build
	if [ -x $sphinx ]; then
		"$@"
	else
		skip "no Sphinx: install python3-sphinx"
	fi
	sphinx=none
}

unknown_tag()
{
	good_page
	mkdir -p "$work/tree/Documentation/ABI/testing"
	printf '%s\n' 'What:		/sys/good' 'Since:		1.0' \
		'Description:	Good.' > "$work/tree/Documentation/ABI/testing/good"
	printf '\n%s\n' '.. kernel-abi:: ABI/testing' \
		>> "$work/tree/Documentation/index.rst"
	finds docs 1
}

undescribed()
{
	good_page
	sed -i '/@number/d' "$work/tree/$driver/core/good.c"
	finds docs 1
}

not_in_the_reference()
{
	good_page
	sed 's/good/more/' "$work/tree/$driver/core/good.c" \
		> "$work/tree/$driver/core/more.c"
	finds docs 2
}

no_such_test()
{
	good_page
	mkdir -p "$work/tree/Documentation/driver-api"
	printf '==\nI1\n==\n\nSee ``none``.\n' \
		> "$work/tree/Documentation/driver-api/invariants.rst"
	finds docs 6
}

link_to_nowhere()
{
	good_page
	echo '[nowhere](Documentation/none.rst)' >> "$work/tree/README.md"
	finds docs 4
}

plan 37
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
try "good pages are accepted" book good_docs
try "a table of a page is malformed" book page 1 '== ==' 'a  b' 'c d  e' '== =='
try "a title is too short" book page 1 'A long title' '====='
try "a file in sysfs is described with an unknown tag" book unknown_tag
try "a parameter in the reference is not described" book undescribed
try "a source is not in the reference" not_in_the_reference
try "a page names a file that is not there" page 3 'See ``core/none.c``.'
try "a block names a file that is not there" page 3 '::' '  none.c  apm_good()'
try "a link of README leads nowhere" link_to_nowhere
try "a page names a page that is not there" page 4 'See Documentation/none.rst.'
try "a page names a function that is not there" page 5 'Call ``apm_none()``.'
try "an invariant names a test that is not there" no_such_test
try "a page names a command that is not there" page 7 'Say ``make none``.'
try "an address is none" page 8 'See https://example,org/a'
finish
