// SPDX-License-Identifier: GPL-2.0-only
/*
 * failport - the driver's calls to hardware, guest, bus and kernel are counted,
 * and one of them fails
 *
 * Each call that may fail has one line below: what it can end with.  A call that
 * fails is not made.  Kbuild has the linker put these functions between the driver
 * and those whom it calls; the driver's own objects are what they always are.
 *
 *	failport=N,HOW,MORE	the Nth call from now on ends with the HOWth of its
 *				errors, with MORE all that follow it, too; N 0: none
 *	reading it		how many calls there were since, how many failed,
 *				and the name of the last one that did
 */
#include <linux/atomic.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/sysfs.h>
#include <linux/types.h>
#include <linux/vfio.h>
#include <linux/xarray.h>

#include "../../../drivers/s390/crypto/vfio_ap/port/bus.h"
#include "../../../drivers/s390/crypto/vfio_ap/port/guest.h"
#include "../../../drivers/s390/crypto/vfio_ap/port/hw.h"

/* A status word with the A bit */
#define ASYNC	0x100

static unsigned int nth;
static unsigned int how;
static unsigned int more;
static atomic_t calls;
static atomic_t failed;
static const char *last = "none";

static int failport_set(const char *val, const struct kernel_param *kp)
{
	unsigned int n, h, m;

	if (sscanf(val, "%u,%u,%u", &n, &h, &m) != 3)
		return -EINVAL;
	WRITE_ONCE(nth, 0);
	WRITE_ONCE(how, h);
	WRITE_ONCE(more, m);
	WRITE_ONCE(last, "none");
	atomic_set(&calls, 0);
	atomic_set(&failed, 0);
	WRITE_ONCE(nth, n);
	return 0;
}

static int failport_get(char *buf, const struct kernel_param *kp)
{
	return sysfs_emit(buf, "%d %d %s\n", atomic_read(&calls),
			  atomic_read(&failed), READ_ONCE(last));
}

static const struct kernel_param_ops failport_ops = {
	.set = failport_set,
	.get = failport_get,
};

module_param_cb(failport, &failport_ops, NULL, 0600);
MODULE_PARM_DESC(failport, "N,HOW,MORE: which call is to fail");

/* Is this the call? Then @error is one of its @count @errors. */
static bool strikes(const char *name, const int *errors, unsigned int count,
		    int *error)
{
	unsigned int n = READ_ONCE(nth);
	unsigned int call = atomic_inc_return(&calls);

	if (!n || call < n || (call > n && !READ_ONCE(more)))
		return false;
	*error = errors[READ_ONCE(how) % count];
	WRITE_ONCE(last, name);
	atomic_inc(&failed);
	return true;
}

#define WRAP(name, type, params, args, errors, failure)			\
static const int errors_of_##name[] = errors;				\
									\
type __real_##name params;						\
type __wrap_##name params;						\
type __wrap_##name params						\
{									\
	int error;							\
									\
	if (strikes(#name, errors_of_##name,				\
		    ARRAY_SIZE(errors_of_##name), &error))		\
		return failure;						\
	return __real_##name args;					\
}

#define ERRORS(...) { __VA_ARGS__ }

#define WRAP_INT(name, params, args, ...)				\
	WRAP(name, int, params, args, ERRORS(__VA_ARGS__), error)

#define WRAP_BOOL(name, params, args)					\
	WRAP(name, bool, params, args, ERRORS(0), error)

#define WRAP_PTR(name, type, params, args, ...)				\
	WRAP(name, type, params, args, ERRORS(__VA_ARGS__), ERR_PTR(error))

#define STATUS { .rc = error & 0xff, .empty = true, .async = error & ASYNC }

#define WRAP_STATUS(name, params, args, ...)				\
	WRAP(name, struct apm_status, params, args, ERRORS(__VA_ARGS__),	\
	     ((struct apm_status)STATUS))

#define WRAP_TAPQ(name, params, args, ...)				\
	WRAP(name, struct apm_tapq, params, args, ERRORS(__VA_ARGS__),	\
	     ((struct apm_tapq) { .status = STATUS }))

/*
 * port/hw.h: what the machine may answer at any time.  An AQIC that turns off is
 * not told that the queue is not there while it is, see faultmatrix.c.
 */
WRAP_BOOL(vap_hw_present, (void), ())
WRAP_INT(vap_hw_qci, (struct apm_hostcfg *cfg), (cfg), -EOPNOTSUPP)
WRAP_TAPQ(vap_hw_tapq, (u16 apqn), (apqn), 0x02, 0x05, 0x35 | ASYNC, 0x7f)
WRAP_STATUS(vap_hw_zapq, (u16 apqn), (apqn), 0x02, 0x05, 0x0a, 0x7f)
WRAP_STATUS(vap_hw_aqic_on, (u16 apqn, const struct apm_bell *bell), (apqn, bell),
	    0x01, 0x05, 0x06, 0x35 | ASYNC)
WRAP_STATUS(vap_hw_aqic_off, (u16 apqn), (apqn), 0x02, 0x05, 0x07, 0x35 | ASYNC)

/* port/guest.h */
WRAP_INT(vap_guest_attach, (struct kvm *kvm, struct vap_guest_link *link),
	 (kvm, link), -EPERM)
WRAP_BOOL(vap_guest_trylock, (struct kvm *kvm), (kvm))
WRAP_BOOL(vap_guest_has_storage, (struct kvm_vcpu *vcpu, u64 addr), (vcpu, addr))
WRAP_BOOL(vap_guest_shares, (struct kvm_vcpu *vcpu, struct page *page),
	  (vcpu, page))
WRAP_INT(vap_guest_isc_get, (struct kvm *kvm, struct apm_bell *bell), (kvm, bell),
	 -ENODEV, -EINVAL)

/* port/bus.h, and what the adapter behind it calls */
struct ap_driver;
struct notifier_block;

WRAP_INT(vap_bus_register, (const struct attribute_group **groups), (groups),
	 -EBUSY, -ENOMEM)
WRAP_INT(ap_driver_register,
	 (struct ap_driver *driver, struct module *owner, char *name),
	 (driver, owner, name), -EBUSY, -ENOMEM)
WRAP_INT(bus_register_notifier,
	 (const struct bus_type *bus, struct notifier_block *nb), (bus, nb),
	 -EINVAL, -ENOMEM)

/* VFIO */
struct eventfd_ctx;

WRAP_PTR(_vfio_alloc_device, struct vfio_device *,
	 (size_t size, struct device *dev, const struct vfio_device_ops *ops),
	 (size, dev, ops), -ENOMEM, -EINVAL)
WRAP_INT(vfio_register_emulated_iommu_dev, (struct vfio_device *vdev), (vdev),
	 -ENOMEM, -EINVAL)
WRAP_INT(vfio_pin_pages,
	 (struct vfio_device *vdev, dma_addr_t iova, int npage, int prot,
	  struct page **pages), (vdev, iova, npage, prot, pages),
	 -EINVAL, -EFAULT, -ENOMEM, 0)
WRAP_INT(vfio_set_irqs_validate_and_prepare,
	 (struct vfio_irq_set *hdr, int num_irqs, int max_irq_type,
	  size_t *data_size), (hdr, num_irqs, max_irq_type, data_size), -EINVAL)
WRAP_INT(vfio_iommufd_emulated_bind,
	 (struct vfio_device *vdev, struct iommufd_ctx *ictx, u32 *id),
	 (vdev, ictx, id), -ENOMEM, -EINVAL)
WRAP_INT(vfio_iommufd_emulated_attach_ioas, (struct vfio_device *vdev, u32 *id),
	 (vdev, id), -ENOMEM, -EINVAL)
WRAP_PTR(eventfd_ctx_fdget, struct eventfd_ctx *, (int fd), (fd), -EBADF, -EINVAL)

/* The driver core, the mdev core, tables */
struct mdev_driver;
struct mdev_parent;
struct mdev_type;

WRAP_PTR(__root_device_register, struct device *,
	 (const char *name, struct module *owner), (name, owner), -EEXIST, -ENOMEM)
WRAP_INT(bus_register, (const struct bus_type *bus), (bus), -EEXIST, -ENOMEM)
WRAP_INT(driver_register, (struct device_driver *driver), (driver), -EBUSY,
	 -ENOMEM)
WRAP_INT(device_add, (struct device *dev), (dev), -EEXIST, -ENOMEM)
WRAP_INT(mdev_register_driver, (struct mdev_driver *driver), (driver), -EBUSY,
	 -EINVAL)
WRAP_INT(mdev_register_parent,
	 (struct mdev_parent *parent, struct device *dev,
	  struct mdev_driver *driver, struct mdev_type **types,
	  unsigned int nr_types), (parent, dev, driver, types, nr_types),
	 -EEXIST, -ENOMEM)
WRAP_INT(__xa_insert,
	 (struct xarray *xa, unsigned long index, void *entry, gfp_t gfp),
	 (xa, index, entry, gfp), -EBUSY, -ENOMEM)
