#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# install - the package on a Debian that has its own kernel, and no mdev
here=$(dirname "$0")
. "$here/../lib/ktap.sh"
. "$here/../lib/ap.sh"
. "$here/lib/package.sh"

# What dkms has built elsewhere: the package's postinst takes it from here.  Without, it
# compiles, which takes long in a simulated machine.
archive_at_hand()
{
	for archive in /with/*.dkms.tar.gz; do
		[ -e "$archive" ] || return
		mkdir -p /usr/share/vfio-ap-dkms
		cp "$archive" /usr/share/vfio-ap-dkms/
	done
}

debian_has_no_such_modules()
{
	expect_module vfio_ap ""
	expect_module mdev ""
}

dpkg_installs_it()
{
	shown dpkg -i "$(deb_file)"
	same "state" "$(dpkg-query -W -f '${db:Status-Abbrev}' vfio-ap-dkms)" "ii "
	# "dkms status" would say so, too, and take half a minute here.
	same "dkms' link" "$(readlink "/var/lib/dkms/vfio-ap/kernel-$RELEASE-s390x")" \
		"$VERSION/$RELEASE/s390x"
}

modprobe_finds_its_modules()
{
	expect_module vfio_ap "$OURS"
	expect_module mdev "$OURS"
	same "version" "$(modinfo -F version vfio_ap)" "$VERSION"
}

# As if the kernel had one
it_wins_over_the_kernels_own()
{
	other=/lib/modules/$RELEASE/kernel/drivers/s390/crypto/vfio_ap.ko
	cp "$(modinfo -n mdev)" $other
	depmod
	expect_module vfio_ap "$OURS"
	modprobe --show-depends vfio_ap | grep -q "$other" &&
		wrong "modprobe would load $other"
	# ... and only because of where it is
	mv "$OURS" /run/ours
	depmod
	expect_module vfio_ap "$other"
	mv /run/ours "$OURS"
	rm $other
	depmod
}

what_it_needs_comes_along()
{
	shown modprobe -v vfio_ap
	same "mdev" "$(loaded mdev)" yes
	same "kvm" "$(loaded kvm)" yes
	same "vfio_iommu_type1" "$(loaded vfio_iommu_type1)" yes
	same "parent" "$(ls -d $MATRIX)" $MATRIX
}

it_says_which_one_is_loaded()
{
	same "version" "$(value /sys/module/vfio_ap/version)" "$VERSION"
	same "srcversion" "$(value /sys/module/vfio_ap/srcversion)" \
		"$(modinfo -F srcversion vfio_ap)"
	said=$(dmesg | grep 'vfio_ap: version')
	note "$said"
	expect_said "vfio_ap: version $VERSION, out of the kernel's tree"
}

need_system
archive_at_hand
run_all debian_has_no_such_modules \
	dpkg_installs_it \
	modprobe_finds_its_modules \
	it_wins_over_the_kernels_own \
	what_it_needs_comes_along \
	it_says_which_one_is_loaded
