# SPDX-License-Identifier: GPL-2.0-only
#
# Leaves out the entry VFIO_AP of a Kconfig, unread: up to what comes after it.

/^config VFIO_AP$/ {
	inside = 1
	next
}
inside && /^(config|menuconfig|menu|endmenu|choice|if|endif|source|comment)/ {
	inside = 0
}
!inside
