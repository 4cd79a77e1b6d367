# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# clients - words for scripts in which somebody else's program drives the driver
#
#	begin_clients		as begin; nothing is defined anywhere
#	run_timed FUNCTION...	run_all, and how long each case took
#	does COMMAND...		it succeeds; what it printed is in $said
#	fails_with TEXT COMMAND...	it fails, and TEXT is in what it printed
#	prints TEXT COMMAND...	it succeeds and prints just that
#	definition ADAPTER DOMAIN [auto]	as JSON, in $DEFINITION
#	there UUID		is that mediated device there: yes or no
#	waits WHAT WANT COMMAND...	settles within a minute
#	reload			the driver, as if the machine had just started
#
# What these programs call "definitions" is what mdevctl keeps in $DEFINED.

. "$here/../lib/ktap.sh"
. "$here/../lib/ap.sh"
. "$here/lib/environment.sh"

DEFINED=/etc/mdevctl.d/matrix
DEFINITION=/run/definition
SYSLOG=/run/syslog

clients_clean()
{
	rm -rf $DEFINED
	clean
}

begin_clients()
{
	command -v mdevctl > /dev/null || skip_all "needs Debian's programs"
	need_driver
	clients_clean > /dev/null
	trap 'clients_clean > /dev/null' EXIT
	trap 'exit 1' HUP INT TERM
}

# In hundredths of a second
clients_now()
{
	read -r clients_up clients_idle < /proc/uptime
	echo "${clients_up%.*}${clients_up#*.}"
}

clients_timed()
{
	clients_began=$(clients_now)
	"$1"
	clients_took=$(($(clients_now) - clients_began))
	note "took $((clients_took / 100)).$((clients_took / 10 % 10)) s"
}

run_timed()
{
	plan $#
	for clients_case; do
		try "$(echo "$clients_case" | tr _ ' ')" \
			clients_timed "$clients_case"
	done
	finish
}

does()
{
	said=$("$@" 2>&1) || wrong "$*: failed: $said"
}

fails_with()
{
	clients_text=$1
	shift
	if said=$("$@" 2>&1); then
		wrong "$*: succeeded, should fail: $clients_text; said: $said"
		return
	fi
	expect_said "$clients_text"
}

prints()
{
	clients_text=$1
	shift
	does "$@"
	same "$*" "$said" "$clients_text"
}

definition()
{
	cat > $DEFINITION << END
{"mdev_type": "vfio_ap-passthrough", "start": "${3:-manual}",
 "attrs": [{"assign_adapter": "$1"}, {"assign_domain": "$2"}]}
END
}

reload()
{
	rmmod vfio_ap && modprobe vfio_ap
}

# waits: settles, with more patience: udevd is slow in a simulated machine
waits()
{
	ktap_patience=1200
	settles "$@"
	ktap_patience=
}

there()
{
	if [ -e "$MATRIX/$1" ]; then
		echo yes
	else
		echo no
	fi
}
