// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap - mediated devices come and go
 */
#include <linux/module.h>

#include "core/hostcfg.h"
#include "vap.h"

static struct mdev_type passthrough = {
	.sysfs_name = VAP_TYPE_NAME,
	.pretty_name = VAP_TYPE_TITLE,
};

static struct mdev_type *types[] = { &passthrough };
static struct mdev_parent parent;

static int probe(struct mdev_device *mdevice)
{
	struct vap_mdev *mdev;
	int rc;

	mdev = vfio_alloc_device(vap_mdev, vdev, &mdevice->dev, &vap_vfio_ops);
	if (IS_ERR(mdev))
		return PTR_ERR(mdev);
	scoped_guard(mutex, &vap.config) {
		mdev->limits = vap.host.now.limits;
		list_add_tail(&mdev->node, &vap.mdevs);
	}
	rc = vfio_register_emulated_iommu_dev(&mdev->vdev);
	if (rc) {
		scoped_guard(mutex, &vap.config)
			list_del(&mdev->node);
		vfio_put_device(&mdev->vdev);
		return rc;
	}
	dev_set_drvdata(&mdevice->dev, mdev);
	return 0;
}

/*
 * Unregistering waits until nobody has the device open any more; whoever has
 * is asked to let go (vap_withdraw(), through VFIO's request callback).
 */
static void remove(struct mdev_device *mdevice)
{
	struct vap_mdev *mdev = dev_get_drvdata(&mdevice->dev);
	const struct apm_edit nothing = { .kind = APM_REPLACE };

	vfio_unregister_group_dev(&mdev->vdev);
	vap_edit(mdev, "remove", &nothing);
	scoped_guard(mutex, &vap.config)
		list_del(&mdev->node);
	/* Nobody settles it any more. */
	cancel_delayed_work_sync(&mdev->poll_work);
	vfio_put_device(&mdev->vdev);
}

static struct mdev_driver driver = {
	.device_api = VFIO_DEVICE_API_AP_STRING,
	.max_instances = VAP_MAX_MDEVS,
	.probe = probe,
	.remove = remove,
	.driver = {
		.name = "vfio_ap_mdev",
		.owner = THIS_MODULE,
		.mod_name = KBUILD_MODNAME,
		.dev_groups = vap_mdev_groups,
	},
};

/**
 * vap_mdev_init - offer the mdev type
 *
 * Return: 0 or -errno of the mdev core.
 */
int vap_mdev_init(void)
{
	int rc = mdev_register_driver(&driver);

	if (rc)
		return rc;
	rc = mdev_register_parent(&parent, vap.matrix, &driver, types,
				  ARRAY_SIZE(types));
	if (rc)
		mdev_unregister_driver(&driver);
	return rc;
}

/**
 * vap_mdev_exit - remove all mediated devices and the type
 */
void vap_mdev_exit(void)
{
	mdev_unregister_parent(&parent);
	mdev_unregister_driver(&driver);
}

/**
 * vap_mdev_owning - whose is a queue?
 * @apqn: the queue
 *
 * Return: the mediated device it is assigned to, or NULL.
 */
struct vap_mdev *vap_mdev_owning(u16 apqn)
{
	struct vap_mdev *mdev;

	lockdep_assert_held(&vap.config);
	if (!apm_table_test(&vap.taken, apqn))
		return NULL;
	list_for_each_entry(mdev, &vap.mdevs, node)
		if (apm_matrix_has(&mdev->assigned, apqn))
			return mdev;
	return NULL;
}

/**
 * vap_mdev_of_guest - which mediated device does a VM have?
 * @kvm: the VM
 *
 * Return: it, or NULL.
 */
struct vap_mdev *vap_mdev_of_guest(struct kvm *kvm)
{
	struct vap_mdev *mdev;

	lockdep_assert_held(&vap.config);
	list_for_each_entry(mdev, &vap.mdevs, node)
		if (mdev->kvm == kvm)
			return mdev;
	return NULL;
}
