// SPDX-License-Identifier: GPL-2.0-only
/*
 * property, user space - VMs, VFIO and mediated devices, and the port guest
 */
#include <stdio.h>
#include <stdlib.h>

#include "world.h"

struct kvm world_kvm[VMS];

static struct mdev_driver *mdev_driver;
static struct mdev_device mdev[MDEVS];
static struct device matrix = { .name = "matrix" };

/* They are removed by somebody else, who may have to wait. */
static struct work_struct remover[MDEVS];
static bool leaving[MDEVS];

/* The pause between two requests to let go */
#define REQUEST_NS	10000000000ULL

/* Where a VM's pages and its GISA are for the machine */
#define KVM_AT(number)	(0x10000000ULL * (1 + (number)))

void world_guests_begin(bool small_vm)
{
	const struct apm_limits large = { APM_IDS - 1, APM_IDS - 1 };
	const struct apm_limits small = { 63, 15 };
	unsigned int i, page;

	for (i = 0; i < VMS; i++) {
		world_kvm[i] = (struct kvm) {
			.number = i,
			.limits = small_vm && i == SMALL_VM ? small : large,
		};
		for (page = 0; page < NIB_PAGES; page++)
			world_kvm[i].page[page].addr =
				KVM_AT(i) + page * PAGE_SIZE;
	}
	for (i = 0; i < MDEVS; i++)
		mdev[i].dev = (struct device) { .name = "" };
}

/* A VM that goes has to be nobody's. */
void world_guests_end(void)
{
	unsigned int i, isc;

	for (i = 0; i < VMS; i++) {
		if (world_kvm[i].refs || world_kvm[i].link)
			user_alarm("a VM is not given back");
		for (isc = 0; isc < 8; isc++)
			if (world_kvm[i].isc[isc])
				user_alarm("a subclass is not given back");
	}
}

/* The machine has set a notification byte, and interrupts. */
void world_ring(const struct apsim_irq *irq)
{
	unsigned int i, page;

	for (i = 0; i < VMS; i++) {
		struct kvm *kvm = &world_kvm[i];

		for (page = 0; page < NIB_PAGES; page++)
			kvm->rung[page] |= irq->nib == kvm->page[page].addr +
					   NIB_OFFSET;
		kvm->woken |= irq->gisa == KVM_AT(i) >> 4 &&
			      irq->gisc == NIB_ISC;
	}
}

bool world_is_pinned(u64 addr)
{
	unsigned int i, page;

	for (i = 0; i < VMS; i++)
		for (page = 0; page < NIB_PAGES; page++)
			if (world_kvm[i].page[page].addr == (addr & PAGE_MASK))
				return world_kvm[i].page[page].pins > 0 ||
				       world_kvm[i].page[page].refs > 0;
	return false;
}

/* What the shell's other files would do */
int vap_matrix_init(void)
{
	vap.matrix = &matrix;
	return 0;
}

void vap_matrix_exit(void)
{
}

void vap_signal_config(struct vap_mdev *to)
{
}

void vap_signal_request(struct vap_mdev *to, unsigned int count)
{
}

long vap_signal_set_irqs(struct vap_mdev *to, void __user *arg)
{
	return -EINVAL;
}

void vap_signal_release(struct vap_mdev *to)
{
}

/* KVM */
int vap_guest_attach(struct kvm *kvm, struct vap_guest_link *link)
{
	if (kvm->link)
		return -EPERM;
	kvm->link = link;
	kvm->refs++;
	return 0;
}

void vap_guest_detach(struct kvm *kvm)
{
	kvm->link = NULL;
}

void vap_guest_get(struct kvm *kvm)
{
	kvm->refs++;
}

void vap_guest_put(struct kvm *kvm)
{
	kvm->refs--;
}

void vap_guest_lock(struct kvm *kvm)
{
	mutex_lock(&kvm->lock);
}

bool vap_guest_trylock(struct kvm *kvm)
{
	return mutex_trylock(&kvm->lock);
}

void vap_guest_unlock(struct kvm *kvm)
{
	mutex_unlock(&kvm->lock);
}

static void put_mask(struct apsim_mask *to, const struct apm_mask *from,
		     unsigned int last)
{
	unsigned int i;

	for (i = 0; i <= last; i++)
		if (world_lie != LIE_MASKS || apm_mask_test(from, i))
			apsim_mask_put(to, i, apm_mask_test(from, i));
}

void vap_guest_plug(struct kvm *kvm, const struct apm_matrix *plugged)
{
	lockdep_assert_held(&kvm->lock);
	put_mask(&kvm->view.apm, &plugged->adapters, kvm->limits.max_apid);
	put_mask(&kvm->view.aqm, &plugged->domains, kvm->limits.max_apqi);
	put_mask(&kvm->view.adm, &plugged->controls, kvm->limits.max_apqi);
}

void vap_guest_unplug(struct kvm *kvm)
{
	const struct apm_matrix nothing = {};

	vap_guest_plug(kvm, &nothing);
}

struct apm_limits vap_guest_limits(struct kvm *kvm)
{
	return kvm->limits;
}

bool vap_guest_has_storage(struct kvm_vcpu *vcpu, u64 addr)
{
	return true;
}

bool vap_guest_shares(struct kvm_vcpu *vcpu, struct page *page)
{
	return true;
}

struct kvm *vap_guest_of(struct kvm_vcpu *vcpu)
{
	return vcpu->kvm;
}

int vap_guest_isc_get(struct kvm *kvm, struct apm_bell *bell)
{
	kvm->isc[bell->gisc]++;
	bell->isc = 5;
	bell->gisa = KVM_AT(kvm->number) >> 4;
	return 0;
}

void vap_guest_isc_put(struct kvm *kvm, u8 gisc)
{
	kvm->isc[gisc]--;
}

/* VFIO */
void *user_vfio_alloc(size_t size, size_t offset, struct device *dev,
		      const struct vfio_device_ops *ops)
{
	void *mem = calloc(1, size);
	struct vfio_device *vdev = mem + offset;

	vdev->dev = dev;
	vdev->ops = ops;
	ops->init(vdev);
	return mem;
}

void vfio_put_device(struct vfio_device *vdev)
{
	vdev->ops->release(vdev);
	free(to_vap_mdev(vdev));
}

/* As long as somebody has it open they are asked to let go. */
void vfio_unregister_group_dev(struct vfio_device *vdev)
{
	unsigned int count = 0;

	while (vdev->open) {
		vdev->ops->request(vdev, count++);
		user_wait_event(!vdev->open, user_now + REQUEST_NS);
	}
}

static struct page *page_of(struct vfio_device *vdev, u64 iova)
{
	return &vdev->kvm->page[(iova - NIB_AT) / PAGE_SIZE];
}

int vfio_pin_pages(struct vfio_device *vdev, u64 iova, int npage, int prot,
		   struct page **pages)
{
	if (!vdev->kvm->mapped)
		return -EINVAL;
	*pages = page_of(vdev, iova);
	(*pages)->pins++;
	return npage;
}

void vfio_unpin_pages(struct vfio_device *vdev, u64 iova, int npage)
{
	struct page *page = page_of(vdev, iova);

	if (world_lie == LIE_UNPIN)
		return;
	page->pins--;
	if (world_may_write(page))
		user_alarm("a page is not pinned that may be written");
}

/* Memory comes and goes: the driver is told before it goes. */
void world_map(struct kvm *kvm, bool mapped)
{
	unsigned int n;

	for (n = 0; n < MDEVS && !mapped; n++) {
		struct vap_mdev *to = world_mdev(n);

		if (to && to->vdev.kvm == kvm)
			to->vdev.ops->dma_unmap(&to->vdev, 0, NIB_AT * 2);
	}
	kvm->mapped = mapped;
}

int mdev_register_driver(struct mdev_driver *driver)
{
	mdev_driver = driver;
	return 0;
}

void mdev_unregister_driver(struct mdev_driver *driver)
{
	unsigned int n;

	for (n = 0; n < MDEVS; n++)
		if (world_mdev(n))
			world_remove(n);
}

struct vap_mdev *world_mdev(unsigned int n)
{
	return dev_get_drvdata(&mdev[n].dev);
}

int world_create(unsigned int n)
{
	if (world_mdev(n))
		return -EEXIST;
	snprintf(mdev[n].dev.name, sizeof(mdev[n].dev.name), "mdev%u", n);
	return mdev_driver->probe(&mdev[n]);
}

static void remove_mdev(struct work_struct *work)
{
	unsigned int n = work - remover;

	mdev_driver->remove(&mdev[n]);
	dev_set_drvdata(&mdev[n].dev, NULL);
	leaving[n] = false;
}

/* If it is open this ends later. */
void world_remove(unsigned int n)
{
	INIT_WORK(&remover[n], remove_mdev);
	leaving[n] = world_mdev(n)->vdev.open;
	if (leaving[n])
		queue_work(NULL, &remover[n]);
	else
		remove_mdev(&remover[n]);
}

bool world_is_leaving(unsigned int n)
{
	return leaving[n];
}

int world_open(unsigned int n, struct kvm *kvm)
{
	struct vfio_device *vdev = &world_mdev(n)->vdev;
	int rc;

	vdev->kvm = kvm;
	rc = vdev->ops->open_device(vdev);
	if (rc)
		vdev->kvm = NULL;
	else
		kvm->mapped = true;
	vdev->open = !rc;
	return rc;
}

void world_close(unsigned int n)
{
	struct vfio_device *vdev = &world_mdev(n)->vdev;

	vdev->ops->close_device(vdev);
	vdev->kvm = NULL;
	vdev->open = false;
	user_wake();
	flush_work(&remover[n]);
}

int world_reset(unsigned int n)
{
	struct vfio_device *vdev = &world_mdev(n)->vdev;

	return vdev->ops->ioctl(vdev, VFIO_DEVICE_RESET, 0);
}

/* PQAP(AQIC) of a guest, as KVM hands it on; @nib 0: off */
unsigned int world_aqic(struct kvm *kvm, u16 apqn, u64 nib)
{
	struct kvm_vcpu vcpu = { kvm };
	struct apm_aqic aqic = {
		.apqn = apqn,
		.enable = nib,
		.isc = NIB_ISC,
		.nib = nib,
	};

	return vap_on_aqic(kvm->link, &vcpu, &aqic).rc;
}

static struct device_attribute *find(const char *name)
{
	struct attribute **attr;

	for (attr = vap_mdev_groups[0]->attrs; *attr; attr++)
		if (!strcmp((*attr)->name, name))
			break;
	return container_of(*attr, struct device_attribute, attr);
}

int world_write(unsigned int n, const char *file, const char *text)
{
	struct device_attribute *attr = find(file);
	ssize_t rc = attr->store(&mdev[n].dev, attr, text, strlen(text));

	return rc < 0 ? rc : 0;
}

/* @text: a page */
void world_read(unsigned int n, const char *file, char *text)
{
	struct device_attribute *attr = find(file);
	ssize_t len = attr->show(&mdev[n].dev, attr, text);

	text[len > 0 ? len : 0] = '\0';
}
