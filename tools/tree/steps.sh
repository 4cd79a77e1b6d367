# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034,SC2154
#
# steps - the driver in the form that it has in a kernel tree
#
#	. steps.sh; tree=DIR compat=FLAGS; step_NAME
#
# Each step brings what belongs together, and is a patch of the series.  None is
# part of a build before step_build, which takes the kernel's own driver of this
# name away in the same moment.  A second time they change nothing.
#
# Files are replaced, never written into: a tree may be hard links of another.

STEPS=(core suites ports adapters shell build documentation)
TREE_DRIVER=drivers/s390/crypto/vfio_ap

# What is changed or removed in a tree, apart from what is added
TREE_TOUCHES=(MAINTAINERS arch/s390/Kconfig drivers/Kconfig drivers/Makefile
	drivers/s390/crypto/Makefile
	Documentation/arch/s390/index.rst Documentation/driver-api/index.rst
	Documentation/admin-guide/index.rst)
TREE_REMOVES=("drivers/s390/crypto/vfio_ap_*" "Documentation/arch/s390/vfio-ap*.rst")

# Pages about this project's beds and machine, which are not in a kernel tree
TREE_OTHER_PAGES=(in-tree testing tests-of-tests property model simulator
	simulator-howto sie quirks first-change performance package)

# put FILE: as it is, below the same path
put()
{
	mkdir -p "$tree/$(dirname "$1")"
	cp --remove-destination "$TOP/$1" "$tree/$1"
}

# put_folder FOLDER
put_folder()
{
	local file

	for file in "$TOP/$1"/*.[ch]; do
		put "$1/$(basename "$file")"
	done
}

# edit FILE AWK-ARGUMENT...
edit()
{
	local file=$tree/$1
	shift

	awk "$@" "$file" > "$file.new"
	chmod --reference="$file" "$file.new"
	mv "$file.new" "$file"
}

# What was put there before, in another version
forget()
{
	rm -rf "${tree:?}/$TREE_DRIVER" "$tree/Documentation/driver-api/vfio-ap" \
		"$tree/Documentation/admin-guide/vfio-ap"
}

# Whoever puts the driver into a tree is who answers for it there.
maintainer()
{
	local who

	who=$(git -C "$TOP" var GIT_COMMITTER_IDENT 2> /dev/null) || return 0
	printf 'M:\t%s\n' "${who% * *}"
}

# maintains PATTERN...: our entry in MAINTAINERS, with these files
maintains()
{
	local person entry

	person=$(maintainer)
	entry=$(
		printf 'S390 VFIO AP (CRYPTO EXPRESS QUEUES FOR GUESTS)\n'
		[ -z "$person" ] || printf '%s\n' "$person"
		printf 'L:\tlinux-s390@vger.kernel.org\n'
		printf 'S:\t%s\n' "$([ -n "$person" ] && echo Maintained || echo Orphan)"
		printf 'F:\t%s\n' "$@" | sort
	)
	edit MAINTAINERS -v entry="$entry" -f "$TREE_TOOLS/maintainers.awk"
}

step_core()
{
	put_folder $TREE_DRIVER/core
	maintains $TREE_DRIVER/core/
}

step_suites()
{
	put_folder $TREE_DRIVER/tests
	put $TREE_DRIVER/tests/Makefile
	put $TREE_DRIVER/.kunitconfig
	maintains $TREE_DRIVER/{.kunitconfig,core/,tests/}
}

step_ports()
{
	put_folder $TREE_DRIVER/port
	maintains $TREE_DRIVER/{.kunitconfig,core/,port/,tests/}
}

# The comparison with the AP bus's header is for those who do not have it.
step_adapters()
{
	put_folder $TREE_DRIVER/s390
	rm "$tree/$TREE_DRIVER/s390/ap_bus_check.c"
	maintains $TREE_DRIVER/{.kunitconfig,core/,port/,s390/,tests/}
}

step_shell()
{
	put_folder $TREE_DRIVER
	maintains $TREE_DRIVER/
}

# An older kernel lacks what the driver is written for; the newest one nothing.
build_compat()
{
	local flags=()

	read -ra flags < <(tr ' ' '\n' <<< "$compat" |
		grep -E 'AP_ATTR_MUTEX|CFG_CHG_IRQ' | tr '\n' ' ') || :
	rm -f "$tree/$TREE_DRIVER/compat.h"
	[ ${#flags[@]} -gt 0 ] || return 0
	cp "$TOP/include/compat/compat.h" "$tree/$TREE_DRIVER/compat.h"
	cat >> "$tree/$TREE_DRIVER/Makefile" << END

# What this kernel lacks
ccflags-y += ${flags[*]} -include \$(src)/compat.h
END
}

step_build()
{
	local pattern

	for pattern in "${TREE_REMOVES[@]}"; do
		# shellcheck disable=SC2086
		rm -f "$tree"/$pattern
	done
	put $TREE_DRIVER/Kconfig
	put $TREE_DRIVER/Makefile
	build_compat
	edit arch/s390/Kconfig -f "$TREE_TOOLS/kconfig.awk"
	# shellcheck disable=SC2016
	edit drivers/Kconfig -v line="source \"$TREE_DRIVER/Kconfig\"" '
		$0 == line { getline; next }
		/^endmenu/ { print line "\n" }
		{ print }'
	# shellcheck disable=SC2016
	edit drivers/Makefile '
		/VFIO_AP_KUNIT_TEST/ { next }
		{ print }
		/^obj-\$\(CONFIG_S390\)/ {
			print "obj-$(CONFIG_VFIO_AP_KUNIT_TEST)\t+= s390/crypto/vfio_ap/tests/"
		}'
	# shellcheck disable=SC2016
	edit drivers/s390/crypto/Makefile '
		!/vfio_ap/ { print; next }
		!done++ { print "obj-$(CONFIG_VFIO_AP) += vfio_ap/" }'
	edit Documentation/arch/s390/index.rst '!/^ *vfio-ap(-locking)?$/'
	edit MAINTAINERS -v remove=1 -f "$TREE_TOOLS/maintainers.awk"
	maintains $TREE_DRIVER/
}

# index FOLDER TITLE: a page that lists the others there
index()
{
	local page

	{
		cat "$TREE_TOOLS/index-$(basename "$(dirname "$1")").rst"
		for page in "$tree/$1"/*.rst; do
			page=$(basename "$page" .rst)
			[ "$page" = index ] || echo "   $page"
		done
		for page in "$tree/$1"/*/index.rst; do
			echo "   $(basename "$(dirname "$page")")/index"
		done
	} > "$tree/$1/index.new"
	mv "$tree/$1/index.new" "$tree/$1/index.rst"
}

# Pages as they are, but for what is said to those who have no kernel tree.
put_pages()
{
	local file

	while IFS= read -r file; do
		case " ${TREE_OTHER_PAGES[*]} " in
		*" $(basename "$file" .rst) "*) continue ;;
		esac
		put "$file"
		edit "$file" '
			/^\.\. begin: out of tree$/ { out = 1 }
			!out
			/^\.\. end: out of tree$/ { out = 0; getline }'
	done < <(cd "$TOP" && find Documentation -type f \
		\( -path '*/ABI/testing/*' -o -path '*/arch/s390/*' \
		   -o -path '*/vfio-ap/*' \) | sort)
}

# listed INDEX PAGE BEFORE: in a toctree, above another page
listed()
{
	# shellcheck disable=SC2016
	edit "Documentation/$1" -v page="$2" -v before="$3" '
		$1 == page && NF == 1 { next }
		$1 == before && NF == 1 && !done++ {
			print substr($0, 1, match($0, /[^ ]/) - 1) page
		}
		{ print }'
}

step_documentation()
{
	put_pages
	index Documentation/driver-api/vfio-ap
	index Documentation/admin-guide/vfio-ap
	listed arch/s390/index.rst vfio-ap vfio-ccw
	listed driver-api/index.rst vfio-ap/index vfio-mediated-device
	listed admin-guide/index.rst vfio-ap/index vga-softcursor
	maintains Documentation/ABI/testing/sysfs-devices-vfio_ap-matrix \
		Documentation/admin-guide/vfio-ap/ \
		Documentation/arch/s390/vfio-ap.rst \
		Documentation/driver-api/vfio-ap/ $TREE_DRIVER/
}

# tree_probe KERNEL: what it lacks; a sentence if it cannot be supported
tree_probe()
{
	local flags file

	[ -d "$1" ] || die "there is no folder $1: say KERNEL=FOLDER, a kernel's source"
	flags=$("$TOP/include/compat/probe.sh" "$1")
	[ "${flags#error: }" = "$flags" ] || die "${flags#error: }"
	for file in "${TREE_TOUCHES[@]}"; do
		[ -e "$1/$file" ] || die "$1 has no $file: name a kernel's full source"
	done
	printf '%s\n' "$flags"
}
