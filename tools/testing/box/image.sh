# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# image - the box's initramfs, put together from cpio archives
#
# The kernel unpacks archives that follow each other over each other: user
# space, the modules for one kernel, what is to be done, and for the demo a
# QEMU.  No part is ever changed, so none needs root or a disk.

# Debian's modules the box loads; what they depend on comes along
STOCK_MODULES=(configfs zcrypt_cex4 kvm vfio vfio_iommu_type1)
# What the clients' file system needs
CLIENTS_MODULES=(virtio_blk crc32c_generic ext4 overlay)

box_cpio()
{
	(cd "$1" && find . -mindepth 1 | cpio -o -H newc -R 0:0 --quiet)
}

image_user_space()
{
	local dir=$1

	mkdir -p "$dir"/{bin,sbin,dev,proc,sys,tmp,run,etc,vfio_ap}
	cp "$CACHE/$BUSYBOX/busybox" "$dir/bin/"
	cp "$BOX/init" "$dir/init"
	cp "$BOX/report.sh" "$BOX/operate" "$dir/vfio_ap/"
	chmod 755 "$dir/init"
}

# image_stock_module NAME DIR: it and its dependencies, uncompressed
image_stock_module()
{
	local name=$1 dir=$2 file dependency

	[ ! -e "$dir/$name.ko" ] || return 0
	file=$(find "$(stock_dir)/lib/modules" \
		\( -name "$name.ko*" -o -name "${name//_/-}.ko*" \) | sed -n 1p)
	# Not there: built in.
	[ -n "$file" ] || return 0
	case $file in
	*.xz) xz -dc "$file" > "$dir/$name.ko" ;;
	*) cp "$file" "$dir/$name.ko" ;;
	esac
	for dependency in $(modinfo -F depends "$dir/$name.ko" | tr , ' '); do
		image_stock_module "$dependency" "$dir"
	done
}

image_release()
{
	case $1 in
	box-6.12) stock_abi ;;
	*) cat "$(kernel_dir "$1")/include/config/kernel.release" ;;
	esac
}

# The kernel's modules and the project's, flat, with depmod's index
image_modules()
{
	local bed=$1 root=$2 release dir module kdir more=()

	release=$(image_release "$bed")
	dir=$root/lib/modules/$release
	mkdir -p "$dir"
	case $bed in
	box-6.12)
		case $what in
		clients | system) more=("${CLIENTS_MODULES[@]}") ;;
		esac
		for module in "${STOCK_MODULES[@]}" "${more[@]}"; do
			image_stock_module "$module" "$dir"
		done
		cp "$(mdev_dir)/mdev.ko" "$dir/"
		cp "$(stock_dir)/lib/modules/$release"/modules.builtin* "$dir/"
		;;
	*)
		kdir=$(kernel_dir "$bed")
		sed 's/\.o$/.ko/' "$kdir/modules.order" |
			(cd "$kdir" && xargs cp -t "$dir")
		cp "$kdir"/modules.builtin* "$dir/"
		;;
	esac
	modules_list "$bed" | xargs cp -t "$dir"
	# Those of a package are built from the same sources, but not here.
	[ -z "${VFIO_AP_MODULES-}" ] || cp "$VFIO_AP_MODULES"/*.ko "$dir/"
	# A system brings its own.
	[ "$what" != system ] || rm -f "$dir"/{mdev,vfio_ap}.ko
	: > "$dir/modules.order"
	depmod -b "$root" "$release"
	[ "$bed" != box-6.12 ] || image_early "$root" "$dir"
}

image_early()
{
	mkdir -p "$1/sbin"
	cp "$BOX/modprobe.early" "$1/sbin/modprobe"
	chmod 755 "$1/sbin/modprobe"
	ln -f "$2/apsim.ko" "$1/early.ko"
}

# image_job BED ROOT TEST...: tests, helper programs, the demo; what to run
image_job()
{
	local bed=$1 root=$2/vfio_ap
	shift 2

	mkdir -p "$root"
	cp -rL "$TESTING/selftests/vfio_ap" "$root/tests"
	cp -rL "$(programs_dir "$bed")" "$root/bin"
	# There is no guest in a system.
	[ "$what" = system ] || "$BOX/guest/rsa-vectors" "$root/bin"
	[ ! -d "$BOX/demo" ] || cp -rL "$BOX/demo" "$root/demo"
	# What somebody else brings, and wants to be done
	[ -z "${with:-}" ] || cp -rL "$with" "${root%/*}/with"
	[ -z "${exec:-}" ] || printf 'exec 2>&1\n%s\n' "$exec" > "$root/exec"
	[ $# -eq 0 ] || printf '%s\n' "$@" > "$root/todo"
	: >> "$root/todo"
}

# image_make BED FILE INNER TEST...: INNER is "inner" to have QEMU in it
image_make()
{
	local bed=$1 file=$2 inner=$3 root
	shift 3

	root=$file.root
	rm -rf "$root"
	image_user_space "$root"
	image_modules "$bed" "$root"
	image_job "$bed" "$root" "$@"
	{
		box_cpio "$root"
		[ "$inner" != inner ] || cat "$(inner_cpio)"
	} > "$file"
	rm -rf "$root"
}
