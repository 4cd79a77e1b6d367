// SPDX-License-Identifier: GPL-2.0-only
/*
 * mdev - mediated devices in sysfs, and opening them through VFIO
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/vfio.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "iommufd.h"
#include "mdev.h"

#define CREATE	MATRIX "mdev_supported_types/vfio_ap-passthrough/create"

/**
 * sysfs_write() - write a string in one write()
 * @path: the attribute
 * @text: what to write, without a newline
 *
 * Return: 0 or -errno.
 */
int sysfs_write(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	int rc = 0;

	if (fd < 0)
		return -errno;
	if (write(fd, text, strlen(text)) < 0)
		rc = -errno;
	close(fd);
	return rc;
}

/**
 * sysfs_read() - read an attribute
 * @path: the attribute
 * @text: its text, without the last newline
 * @size: size of @text
 *
 * Return: 0 or -errno.
 */
int sysfs_read(const char *path, char *text, int size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t len;
	int rc;

	if (fd < 0)
		return -errno;
	len = read(fd, text, size - 1);
	rc = len < 0 ? -errno : 0;
	close(fd);
	if (rc)
		return rc;
	if (len && text[len - 1] == '\n')
		len--;
	text[len] = '\0';
	return 0;
}

/**
 * mdev_write() - write one of an mdev's attributes
 * @uuid: the mdev
 * @file: the attribute
 * @text: what to write
 *
 * Return: 0 or -errno.
 */
int mdev_write(const char *uuid, const char *file, const char *text)
{
	char path[256];

	snprintf(path, sizeof(path), MATRIX "%s/%s", uuid, file);
	return sysfs_write(path, text);
}

int mdev_create(const char *uuid)
{
	return sysfs_write(CREATE, uuid);
}

int mdev_exists(const char *uuid)
{
	char path[256];

	snprintf(path, sizeof(path), MATRIX "%s", uuid);
	return !access(path, F_OK);
}

void mdev_remove(const char *uuid)
{
	mdev_write(uuid, "remove", "1");
}

/* /dev/vfio/N for the mdev's IOMMU group N. */
static int open_group(const char *uuid)
{
	char path[256];
	char link[256];
	ssize_t len;

	snprintf(path, sizeof(path), MATRIX "%s/iommu_group", uuid);
	len = readlink(path, link, sizeof(link) - 1);
	if (len < 0)
		return -1;
	link[len] = '\0';
	snprintf(path, sizeof(path), "/dev/vfio/%s", strrchr(link, '/') + 1);
	return open(path, O_RDWR | O_CLOEXEC);
}

static int by_group(struct mdev_file *file, const char *uuid, struct vm *vm)
{
	int rc;

	file->iommu = open("/dev/vfio/vfio", O_RDWR | O_CLOEXEC);
	file->group = open_group(uuid);
	if (file->iommu < 0 || file->group < 0 ||
	    ioctl(file->group, VFIO_GROUP_SET_CONTAINER, &file->iommu) ||
	    ioctl(file->iommu, VFIO_SET_IOMMU, VFIO_TYPE1v2_IOMMU))
		return -errno;
	if (vm) {
		struct vfio_iommu_type1_dma_map map = {
			.argsz = sizeof(map),
			.flags = VFIO_DMA_MAP_FLAG_READ |
				 VFIO_DMA_MAP_FLAG_WRITE,
			.vaddr = (uintptr_t)vm->mem,
			.size = VM_SIZE,
		};

		if (ioctl(file->iommu, VFIO_IOMMU_MAP_DMA, &map))
			return -errno;
		rc = vm_add_file(vm, file->group);
		if (rc)
			return rc;
	}
	file->device = ioctl(file->group, VFIO_GROUP_GET_DEVICE_FD, uuid);
	return file->device < 0 ? -errno : 0;
}

/* /dev/vfio/devices/vfioN, by the name below the mdev's vfio-dev. */
static int open_cdev(const char *uuid)
{
	struct dirent *entry;
	int error = ENOENT;
	char path[512];
	int fd = -1;
	DIR *dir;

	snprintf(path, sizeof(path), MATRIX "%s/vfio-dev", uuid);
	dir = opendir(path);
	if (!dir)
		return -1;
	while ((entry = readdir(dir))) {
		if (strncmp(entry->d_name, "vfio", 4))
			continue;
		snprintf(path, sizeof(path), "/dev/vfio/devices/%s",
			 entry->d_name);
		fd = open(path, O_RDWR | O_CLOEXEC);
		error = errno;
		break;
	}
	closedir(dir);
	errno = error;
	return fd;
}

static int by_cdev(struct mdev_file *file, const char *uuid, struct vm *vm)
{
	struct test_bind_iommufd bind = { .argsz = sizeof(bind) };
	struct test_attach_iommufd attach = { .argsz = sizeof(attach) };
	struct test_ioas_alloc ioas = { .size = sizeof(ioas) };
	int rc;

	file->iommu = open("/dev/iommu", O_RDWR | O_CLOEXEC);
	file->device = open_cdev(uuid);
	if (file->iommu < 0 || file->device < 0)
		return -errno;
	if (vm) {
		rc = vm_add_file(vm, file->device);
		if (rc)
			return rc;
	}
	bind.iommufd = file->iommu;
	if (ioctl(file->device, TEST_BIND_IOMMUFD, &bind) ||
	    ioctl(file->iommu, TEST_IOAS_ALLOC, &ioas))
		return -errno;
	file->ioas = ioas.out_ioas_id;
	attach.pt_id = file->ioas;
	if (ioctl(file->device, TEST_ATTACH_IOMMUFD, &attach))
		return -errno;
	if (vm) {
		struct test_ioas_map map = {
			.size = sizeof(map),
			.flags = TEST_IOAS_FIXED_RW,
			.ioas_id = file->ioas,
			.user_va = (uintptr_t)vm->mem,
			.length = VM_SIZE,
		};

		if (ioctl(file->iommu, TEST_IOAS_MAP, &map))
			return -errno;
	}
	return 0;
}

/* Does this kernel have that way into VFIO? */
int vfio_way_exists(enum vfio_way way)
{
	if (way == VFIO_BY_GROUP)
		return !access("/dev/vfio/vfio", F_OK);
	return !access("/dev/iommu", F_OK) && !access("/dev/vfio/devices", F_OK);
}

/**
 * mdev_open() - open an mdev for a virtual machine
 * @file: filled in; mdev_close() it, whatever this returns
 * @way: through which of VFIO's doors
 * @uuid: the mdev
 * @vm: the machine that is to have it, or NULL: none
 *
 * Return: 0 or -errno, the driver's own if it was asked.
 */
int mdev_open(struct mdev_file *file, enum vfio_way way, const char *uuid,
	      struct vm *vm)
{
	*file = (struct mdev_file){
		.iommu = -1, .group = -1, .device = -1, .vm = vm,
	};
	return way == VFIO_BY_GROUP ? by_group(file, uuid, vm) :
				      by_cdev(file, uuid, vm);
}

/**
 * mdev_close() - give the mdev back
 * @file: what mdev_open() has seen; its machine may be closed already
 */
void mdev_close(struct mdev_file *file)
{
	if (file->vm)
		vm_del_file(file->vm, file->group >= 0 ? file->group :
							 file->device);
	if (file->device >= 0)
		close(file->device);
	if (file->group >= 0)
		close(file->group);
	if (file->iommu >= 0)
		close(file->iommu);
	*file = MDEV_CLOSED;
}
