# SPDX-License-Identifier: GPL-2.0-only
#
# The entries of MAINTAINERS are paragraphs, sorted by title.  Puts "entry" among
# those of S390, in place of one with its title; with "remove" leaves out, unread,
# the one that has the kernel's own vfio_ap.

BEGIN {
	RS = ""
	title = entry
	sub(/\n.*/, "", title)
}

function put(paragraph) {
	printf "%s%s\n", n++ ? "\n" : "", paragraph
}

remove && /\nF:\tdrivers\/s390\/crypto\/vfio_ap\*/ {
	next
}
entry && !done && /^S390 / && $0 > title {
	put(entry)
	done = 1
}
!entry || index($0, title "\n") != 1 {
	put($0)
}
