/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * property, user space - what pages are pinned for
 */
#ifndef PROPERTY_LINUX_IOMMU_H
#define PROPERTY_LINUX_IOMMU_H

#define IOMMU_READ	1
#define IOMMU_WRITE	2

#endif /* PROPERTY_LINUX_IOMMU_H */
