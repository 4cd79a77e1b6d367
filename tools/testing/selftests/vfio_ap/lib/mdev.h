/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mdev - mediated devices in sysfs, and opening them through VFIO
 */
#ifndef VFIO_AP_TEST_MDEV_H
#define VFIO_AP_TEST_MDEV_H

#include "vm.h"

#define MATRIX	"/sys/devices/vfio_ap/matrix/"

/* Ways into VFIO. */
enum vfio_way {
	VFIO_BY_GROUP,		/* group and type1 container */
	VFIO_BY_CDEV,		/* character device and iommufd */
};

/**
 * struct mdev_file - an open mediated device; -1 where something is not open
 * @iommu: container or iommufd
 * @group: VFIO group, if that is the way
 * @device: the device
 * @vm: the machine that has it, or NULL
 * @ioas: iommufd's address space, 0: there is none
 */
struct mdev_file {
	int iommu;
	int group;
	int device;
	struct vm *vm;
	uint32_t ioas;
};

#define MDEV_CLOSED							\
	((struct mdev_file){ .iommu = -1, .group = -1, .device = -1 })

int sysfs_write(const char *path, const char *text);
int sysfs_read(const char *path, char *text, int size);
int mdev_write(const char *uuid, const char *file, const char *text);
int mdev_create(const char *uuid);
int mdev_exists(const char *uuid);
void mdev_remove(const char *uuid);
int vfio_way_exists(enum vfio_way way);
int mdev_open(struct mdev_file *file, enum vfio_way way, const char *uuid,
	      struct vm *vm);
void mdev_close(struct mdev_file *file);

#endif /* VFIO_AP_TEST_MDEV_H */
