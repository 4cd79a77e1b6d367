// SPDX-License-Identifier: GPL-2.0-only
/*
 * /dev/apsim_kvm: user space makes VMs and executes instructions in them
 */
#include <linux/cleanup.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/uaccess.h>

#include "front.h"
#include "vm.h"

/* Orders the creation of VMs. */
static DEFINE_MUTEX(create_lock);

static int dev_create(struct file *file, void __user *arg)
{
	struct apsim_kvm_create create;
	struct vm *vm;

	if (copy_from_user(&create, arg, sizeof(create)))
		return -EFAULT;
	guard(mutex)(&create_lock);
	if (file->private_data)
		return -EBUSY;
	vm = apsim_vm_create(&create);
	if (IS_ERR(vm))
		return PTR_ERR(vm);
	/* Whoever sees the VM sees it complete. */
	smp_store_release(&file->private_data, vm);
	return 0;
}

static int dev_exec(struct vm *vm, void __user *arg)
{
	struct apsim_kvm_exec exec;

	if (current->mm != vm->mm)
		return -EIO;
	if (copy_from_user(&exec, arg, sizeof(exec)))
		return -EFAULT;
	if ((exec.r1 | exec.r2) & ~0xe || exec.reserved)
		return -EINVAL;
	apsim_vm_exec(vm, &exec);
	return copy_to_user(arg, &exec, sizeof(exec)) ? -EFAULT : 0;
}

static int dev_hole(struct vm *vm, void __user *arg)
{
	struct apsim_kvm_hole hole;

	if (copy_from_user(&hole, arg, sizeof(hole)))
		return -EFAULT;
	return apsim_vm_set_hole(vm, &hole);
}

static int dev_share(struct vm *vm, unsigned int cmd, void __user *arg)
{
	u64 addr;

	if (current->mm != vm->mm)
		return -EIO;
	if (get_user(addr, (u64 __user *)arg))
		return -EFAULT;
	return cmd == APSIM_KVM_SHARE ? apsim_vm_share(vm, addr) :
					apsim_vm_unshare(vm, addr);
}

static int dev_file(struct vm *vm, unsigned int cmd, void __user *arg)
{
	struct file *file;
	s32 fd;
	int rc;

	if (get_user(fd, (s32 __user *)arg))
		return -EFAULT;
	file = fget(fd);
	if (!file)
		return -EBADF;
	rc = cmd == APSIM_KVM_ADD_FILE ? apsim_vm_add_file(vm, file) :
					 apsim_vm_del_file(vm, file);
	fput(file);
	return rc;
}

static int dev_state(struct vm *vm, void __user *arg)
{
	struct apsim_kvm_state state;

	apsim_vm_state(vm, &state);
	return copy_to_user(arg, &state, sizeof(state)) ? -EFAULT : 0;
}

static int dev_hold(struct vm *vm)
{
	int rc;

	guard(mutex)(&vm->kvm.lock);
	WRITE_ONCE(vm->held, true);
	rc = wait_event_killable(vm->let_go, !READ_ONCE(vm->held));
	WRITE_ONCE(vm->held, false);
	return rc;
}

static int dev_let_go(struct vm *vm)
{
	WRITE_ONCE(vm->held, false);
	wake_up_all(&vm->let_go);
	return 0;
}

static long dev_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	void __user *p = (void __user *)arg;
	struct vm *vm;

	/* Pairs with dev_create(). */
	vm = smp_load_acquire(&file->private_data);
	if (cmd == APSIM_KVM_CREATE)
		return dev_create(file, p);
	if (!vm)
		return -ENODEV;
	switch (cmd) {
	case APSIM_KVM_EXEC:
		return dev_exec(vm, p);
	case APSIM_KVM_STATE:
		return dev_state(vm, p);
	case APSIM_KVM_ADD_FILE:
	case APSIM_KVM_DEL_FILE:
		return dev_file(vm, cmd, p);
	case APSIM_KVM_HOLE:
		return dev_hole(vm, p);
	case APSIM_KVM_SHARE:
	case APSIM_KVM_UNSHARE:
		return dev_share(vm, cmd, p);
	case APSIM_KVM_TAKE_IRQS:
		return put_user(apsim_vm_take_irqs(vm), (u8 __user *)p);
	case APSIM_KVM_HOLD:
		return dev_hold(vm);
	case APSIM_KVM_LET_GO:
		return dev_let_go(vm);
	case APSIM_KVM_HELD:
		return put_user(READ_ONCE(vm->held), (u8 __user *)p);
	case APSIM_KVM_PIN_MS:
		return get_user(vm->pin_ms, (u32 __user *)p);
	default:
		return -ENOTTY;
	}
}

static int dev_open(struct inode *inode, struct file *file)
{
	/* misc_open() leaves the device here. */
	file->private_data = NULL;
	return 0;
}

static int dev_release(struct inode *inode, struct file *file)
{
	struct vm *vm = file->private_data;

	if (vm)
		apsim_vm_close(vm);
	return 0;
}

static const struct file_operations fops = {
	.owner = THIS_MODULE,
	.open = dev_open,
	.release = dev_release,
	.unlocked_ioctl = dev_ioctl,
};

static struct miscdevice dev = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "apsim_kvm",
	.fops = &fops,
};

int apsim_kvm_dev_init(void)
{
	return misc_register(&dev);
}

void apsim_kvm_dev_exit(void)
{
	misc_deregister(&dev);
}
