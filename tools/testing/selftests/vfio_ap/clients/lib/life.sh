#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# life - of a guest, in short: there is something in it for each trace point
here=$(dirname "$0")/..
. "$here/lib/clients.sh"
. "$here/../lib/guest.sh"

# What it says would be in the middle of what the tracer says.
exec > /dev/null
create $ONE
wr $MATRIX/$ONE/ap_config "$(mask 5),$(mask 4),"
settles guest_matrix 05.0004 lines $MATRIX/$ONE/guest_matrix
guest_start $ONE
ask arm 05.0004
ask disarm 05.0004
machine off 5
machine on 5
settles guest_matrix 05.0004 lines $MATRIX/$ONE/guest_matrix
guest_stop
remove $ONE
