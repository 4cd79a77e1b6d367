/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vfio_ap - its version
 *
 * The only place that says it: the module shows it, and the package is named after
 * it (tools/packaging/deb).
 */
#ifndef VFIO_AP_VERSION_H
#define VFIO_AP_VERSION_H

#define VAP_VERSION "1.0"

#endif /* VFIO_AP_VERSION_H */
