/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * dma - which of a guest's memory an mdev can reach, and how much is pinned
 */
#ifndef VFIO_AP_TEST_DMA_H
#define VFIO_AP_TEST_DMA_H

#include "mdev.h"

/**
 * struct dma - where an open mdev's memory is mapped
 * @file: the mdev
 * @ioas: with iommufd, the address space
 */
struct dma {
	const struct mdev_file *file;
	uint32_t ioas;
};

int dma_init(struct dma *dma, const struct mdev_file *file);
int dma_map(const struct dma *dma, void *from, uint64_t iova, uint64_t size);
int dma_map_as(const struct dma *dma, void *from, uint64_t iova, uint64_t size,
	       int write);
int dma_unmap(const struct dma *dma, uint64_t iova, uint64_t size);
int dma_detach(const struct dma *dma);
int dma_attach(const struct dma *dma);

long pins(void);
int pins_become(long want);

#endif /* VFIO_AP_TEST_DMA_H */
