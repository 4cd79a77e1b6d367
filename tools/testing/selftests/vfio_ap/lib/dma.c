// SPDX-License-Identifier: GPL-2.0-only
/*
 * dma - which of a guest's memory an mdev can reach, and how much is pinned
 */
#include <errno.h>
#include <linux/vfio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "dma.h"
#include "iommufd.h"

static int is_iommufd(const struct dma *dma)
{
	return dma->file->group < 0;
}

/**
 * dma_init() - the memory that an mdev has been opened with
 * @dma: filled in
 * @file: the mdev, open; used from now on
 *
 * Return: 0 or -errno.
 */
int dma_init(struct dma *dma, const struct mdev_file *file)
{
	*dma = (struct dma){ .file = file, .ioas = file->ioas };
	return is_iommufd(dma) && !dma->ioas ? -ENODEV : 0;
}

/**
 * dma_map_as() - let the mdev reach memory
 * @dma: the mdev's
 * @from: the memory
 * @iova: where the mdev finds it
 * @size: how much; one mapping, which can only be unmapped as a whole
 * @write: it may be written, too
 *
 * Return: 0 or -errno.
 */
int dma_map_as(const struct dma *dma, void *from, uint64_t iova, uint64_t size,
	       int write)
{
	struct vfio_iommu_type1_dma_map type1 = {
		.argsz = sizeof(type1),
		.flags = VFIO_DMA_MAP_FLAG_READ |
			 (write ? VFIO_DMA_MAP_FLAG_WRITE : 0),
		.vaddr = (uintptr_t)from,
		.iova = iova,
		.size = size,
	};
	struct test_ioas_map iommufd = {
		.size = sizeof(iommufd),
		.flags = write ? TEST_IOAS_FIXED_RW : TEST_IOAS_FIXED_READ,
		.ioas_id = dma->ioas,
		.user_va = (uintptr_t)from,
		.length = size,
		.iova = iova,
	};
	int rc = is_iommufd(dma) ?
		 ioctl(dma->file->iommu, TEST_IOAS_MAP, &iommufd) :
		 ioctl(dma->file->iommu, VFIO_IOMMU_MAP_DMA, &type1);

	return rc ? -errno : 0;
}

/* To be read and written, as a guest's memory is */
int dma_map(const struct dma *dma, void *from, uint64_t iova, uint64_t size)
{
	return dma_map_as(dma, from, iova, size, 1);
}

/**
 * dma_unmap() - the mdev cannot reach memory any more
 * @dma: the mdev's
 * @iova: where
 * @size: how much; mappings as they were made
 *
 * Return: 0 or -errno; -ENOENT if nothing was mapped.
 */
int dma_unmap(const struct dma *dma, uint64_t iova, uint64_t size)
{
	struct vfio_iommu_type1_dma_unmap type1 = {
		.argsz = sizeof(type1),
		.iova = iova,
		.size = size,
	};
	struct test_ioas_unmap iommufd = {
		.size = sizeof(iommufd),
		.ioas_id = dma->ioas,
		.iova = iova,
		.length = size,
	};

	if (is_iommufd(dma))
		return ioctl(dma->file->iommu, TEST_IOAS_UNMAP, &iommufd) ?
		       -errno : 0;
	if (ioctl(dma->file->iommu, VFIO_IOMMU_UNMAP_DMA, &type1))
		return -errno;
	return type1.size ? 0 : -ENOENT;
}

/* With iommufd: the mdev can reach nothing, while its device is open. */
int dma_detach(const struct dma *dma)
{
	struct test_detach_iommufd detach = { .argsz = sizeof(detach) };

	return ioctl(dma->file->device, TEST_DETACH_IOMMUFD, &detach) ? -errno : 0;
}

/* .. and all of it again. */
int dma_attach(const struct dma *dma)
{
	struct test_attach_iommufd attach = {
		.argsz = sizeof(attach),
		.pt_id = dma->ioas,
	};

	return ioctl(dma->file->device, TEST_ATTACH_IOMMUFD, &attach) ? -errno : 0;
}

static long vmstat(const char *text, const char *what)
{
	const char *line = strstr(text, what);

	return line ? strtol(line + strlen(what), NULL, 10) : -1;
}

/**
 * pins() - pages pinned by anybody now
 *
 * Return: how many, or -1 if the kernel does not tell.
 */
long pins(void)
{
	static char text[1 << 16];
	FILE *file = fopen("/proc/vmstat", "r");
	long acquired, released;
	size_t len;

	if (!file)
		return -1;
	len = fread(text, 1, sizeof(text) - 1, file);
	fclose(file);
	text[len] = '\0';
	acquired = vmstat(text, "nr_foll_pin_acquired ");
	released = vmstat(text, "nr_foll_pin_released ");
	return acquired < 0 || released < 0 ? -1 : acquired - released;
}

/**
 * pins_become() - wait until so many pages are pinned
 * @want: how many
 *
 * The kernel adds up what its CPUs count now and then.
 *
 * Return: 1 if that is so within 5 seconds, else 0.
 */
int pins_become(long want)
{
	int tries;

	for (tries = 0; tries < 100; tries++) {
		FILE *refresh = fopen("/proc/sys/vm/stat_refresh", "w");

		if (refresh) {
			fputs("1", refresh);
			fclose(refresh);
		}
		if (pins() == want)
			return 1;
		usleep(50000);
	}
	return 0;
}
