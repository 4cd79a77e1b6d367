# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# qemu - the emulator on this machine that the box runs in
#
# Before 8.0 it miscompiles long relative addresses; 10 is what was tried.
# Where the system has an older one or none, Debian's newer package and what
# it needs beyond this system are unpacked into the cache, nothing is installed.

QEMU_MAJOR=10

qemu_major()
{
	"$@" --version 2> /dev/null |
		sed -n 's/^QEMU emulator version \([0-9]*\).*/\1/p'
}

qemu_system_is_good()
{
	local major

	command -v qemu-system-s390x > /dev/null || return 1
	major=$(qemu_major qemu-system-s390x)
	[ "${major:-0}" -ge $QEMU_MAJOR ]
}

qemu_name()
{
	printf 'qemu-%s-%s\n' "$CODENAME" "$(declare -f qemu_fetch | key_of -)"
}

qemu_fetch()
{
	local dir=$1 suite=$CODENAME deb final

	# Trixie's own is new enough.
	[ "$suite" != bookworm ] || suite=bookworm-backports
	mkdir -p "$dir/deb/partial"
	shelf_apt host -y -d -t "$suite" -o "Dir::Cache::archives=$dir/deb/" \
		install qemu-system-s390x
	for deb in "$dir"/deb/*.deb; do
		dpkg-deb -x "$deb" "$dir"
	done
	rm -r "$dir/deb"

	final=$CACHE/$(qemu_name)
	cat > "$dir/qemu-system-s390x" << END
#!/bin/sh
LD_LIBRARY_PATH=$final/usr/lib/x86_64-linux-gnu:$final/lib/x86_64-linux-gnu
export LD_LIBRARY_PATH
QEMU_MODULE_DIR=$final/usr/lib/x86_64-linux-gnu/qemu
export QEMU_MODULE_DIR
exec $final/usr/bin/qemu-system-s390x -L $final/usr/share/qemu "\$@"
END
	chmod +x "$dir/qemu-system-s390x"
}

prepare_qemu()
{
	local major

	if qemu_system_is_good; then
		QEMU=qemu-system-s390x
		return
	fi
	QEMU=$CACHE/$(qemu_name)/qemu-system-s390x
	! have "$(qemu_name)" || return 0
	need_shelf host
	artefact "$(qemu_name)" "fetch QEMU for s390x" 300 qemu_fetch
	major=$(qemu_major "$QEMU")
	[ "${major:-0}" -ge $QEMU_MAJOR ] ||
		die "the archive's QEMU is ${major:-not able to run}, and the" \
		    "box needs $QEMU_MAJOR or newer: install a newer" \
		    "qemu-system-s390x"
}
