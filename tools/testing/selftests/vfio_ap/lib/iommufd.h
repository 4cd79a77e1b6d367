/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * iommufd - the few iommufd calls a VMM needs, for C libraries that are older
 *
 * Debian 12's kernel headers know neither iommufd nor VFIO's way to it, so
 * the calls used here are described again, under names that cannot clash.
 */
#ifndef VFIO_AP_TEST_IOMMUFD_H
#define VFIO_AP_TEST_IOMMUFD_H

#include <linux/ioctl.h>
#include <stdint.h>

struct test_bind_iommufd {
	uint32_t argsz;
	uint32_t flags;
	int32_t iommufd;
	uint32_t out_devid;
};

struct test_attach_iommufd {
	uint32_t argsz;
	uint32_t flags;
	uint32_t pt_id;
};

struct test_ioas_alloc {
	uint32_t size;
	uint32_t flags;
	uint32_t out_ioas_id;
};

struct test_ioas_map {
	uint32_t size;
	uint32_t flags;
	uint32_t ioas_id;
	uint32_t reserved;
	uint64_t user_va;
	uint64_t length;
	uint64_t iova;
};

struct test_detach_iommufd {
	uint32_t argsz;
	uint32_t flags;
};

struct test_ioas_unmap {
	uint32_t size;
	uint32_t ioas_id;
	uint64_t iova;
	uint64_t length;
};

#define TEST_BIND_IOMMUFD	_IO(';', 100 + 18)
#define TEST_ATTACH_IOMMUFD	_IO(';', 100 + 19)
#define TEST_DETACH_IOMMUFD	_IO(';', 100 + 20)
#define TEST_IOAS_ALLOC		_IO(';', 0x81)
#define TEST_IOAS_MAP		_IO(';', 0x85)
#define TEST_IOAS_UNMAP		_IO(';', 0x86)

/* At the address that is asked for; writable, readable. */
#define TEST_IOAS_FIXED_RW	7
#define TEST_IOAS_FIXED_READ	5

#endif /* VFIO_AP_TEST_IOMMUFD_H */
