# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# libvirt - words for libvirtd and virsh
#
#	begin_libvirt		as begin_clients; libvirtd runs
#	node_name UUID		what libvirt calls that mediated device
#	node_device ADAPTER DOMAIN [UUID]	as XML, in $NODE_XML
#	says FIELD VALUE	$said has that line
#	active			does libvirt know that $NODE has started: yes or no
#
# $DOMAIN_XML is a domain "guest" that has the mediated device ONE; $HOSTDEV_XML
# is what it has it by.

NODE_XML=/run/node.xml
DOMAIN_XML=/run/domain.xml
HOSTDEV_XML=/run/hostdev.xml

node_name()
{
	echo "mdev_$(echo "$1" | tr - _)_matrix"
}

node_device()
{
	cat > $NODE_XML << END
<device>
  <name>$(node_name "${3:-$ONE}")</name>
  <parent>ap_matrix</parent>
  <capability type='mdev'>
    <type id='vfio_ap-passthrough'/>
    <uuid>${3:-$ONE}</uuid>
    <attr name='assign_adapter' value='$1'/>
    <attr name='assign_domain' value='$2'/>
  </capability>
</device>
END
}

libvirt_domain()
{
	cat > $HOSTDEV_XML << END
<hostdev mode='subsystem' type='mdev' model='vfio-ap'>
  <source><address uuid='$ONE'/></source>
</hostdev>
END
	cat > $DOMAIN_XML << END
<domain type='kvm'>
  <name>guest</name>
  <memory unit='MiB'>64</memory>
  <vcpu>1</vcpu>
  <os>
    <type arch='s390x' machine='s390-ccw-virtio'>hvm</type>
    <kernel>$VFIO_AP_BIN/guest.elf</kernel>
  </os>
  <cpu mode='host-passthrough'/>
  <on_crash>preserve</on_crash>
  <devices>
    $(cat $HOSTDEV_XML)
    <memballoon model='none'/>
  </devices>
</domain>
END
}

says()
{
	echo "$said" | grep -q "^$1: *$2\$" || wrong "$1 is not $2: $said"
}

active()
{
	if virsh nodedev-list --cap mdev | grep -qx $NODE; then
		echo yes
	else
		echo no
	fi
}

answers_virsh()
{
	virsh uri
}

libvirt_end()
{
	{
		virsh destroy guest
		virsh undefine guest
	} 2> /dev/null
	kill "$(cat /run/libvirtd.pid)" "$(cat /run/virtlogd.pid)"
	clients_clean
}

begin_libvirt()
{
	begin_clients
	NODE=$(node_name $ONE)
	libvirt_domain
	mkdir -p $DEFINED
	trap 'libvirt_end > /dev/null' EXIT
	# In a name space of its own QEMU would have a /dev that misses much here.
	echo 'namespaces = []' > /etc/libvirt/qemu.conf
	virtlogd -d || bail "virtlogd does not start"
	libvirtd -d || bail "libvirtd does not start"
	waits libvirtd qemu:///system answers_virsh
}
