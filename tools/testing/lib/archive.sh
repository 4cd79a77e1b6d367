# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# archive - the Debian archive for other suites and for s390x, by an apt of
# our own: its lists, state and sources are in the cache, the system's are not
# touched.  Where the archive is, and the way to it (proxies), is what the
# machine's own apt says; what comes is checked with the installed keyring.
#
# A "shelf" is such an apt: an architecture and some suites.

# What most likely was in the way of the apt call that just failed.
archive_why()
{
	local log=${UI_LOG:-/dev/null}

	if grep -qE 'NO_PUBKEY|not signed|EXPKEYSIG|BADSIG' "$log"; then
		die "the archive's signature could not be verified:" \
		    "install the newest debian-archive-keyring"
	elif grep -qE 'Could not (resolve|connect|open)|Cannot initiate' "$log" ||
	     grep -qE 'Connection (failed|timed out)|unreachable|Tempor' "$log"; then
		die "no network: the Debian archive cannot be reached; check" \
		    "the network (or the proxy apt uses) and run this again"
	elif grep -qE 'Hash Sum mismatch|File has unexpected size' "$log"; then
		die "the archive's mirror was just being updated:" \
		    "run this again in a few minutes"
	elif grep -qE 'Unable to locate package|no installation candidate' "$log"; then
		die "the archive does not have what is needed:" \
		    "$(grep -E 'Unable to locate|no installation' "$log" | tail -1)"
	fi
	exit 1
}

# The archive this machine installs from; the first look may come before its
# first "apt-get update", when only the sources themselves are known.
archive_uri()
{
	local uri

	# shellcheck disable=SC2016
	uri=$(apt-get indextargets --format '$(REPO_URI)' \
	      'Created-By: Packages' 'Origin: Debian' 'Label: Debian' |
	      grep -E '^https?:' | sort -u | sed -n 1p)
	# shellcheck disable=SC2016
	[ -n "$uri" ] ||
		uri=$(apt-get indextargets --format '$(REPO_URI)' \
		      'Created-By: Packages' "Codename: $CODENAME" |
		      grep -E '^https?:' | sort -u | sed -n 1p)
	[ -n "$uri" ] ||
		die "apt has no Debian archive to fetch from: put one into" \
		    "/etc/apt/sources.list, run apt-get update, then this again"
	printf '%s\n' "$uri"
}

archive_keyring()
{
	local file

	for file in /usr/share/keyrings/debian-archive-keyring.{gpg,pgp}; do
		[ ! -e "$file" ] || { printf '%s\n' "$file"; return; }
	done
	die "the archive's keys are missing: install debian-archive-keyring"
}

# shelf_apt SHELF APT-GET-ARGUMENT...: one at a time, lists are not to change
# under a download.  After a failure they are fetched anew.
shelf_apt()
{
	local dir=$CACHE/apt/$1 lock
	shift

	exec {lock}> "$dir/lock"
	flock $lock
	apt-get -q -c "$dir/apt.conf" "$@" || {
		rm -f "$dir/updated"
		archive_why
	}
	exec {lock}>&-
}

# shelf_write DIR TYPE ARCH STATUS SUITE...: what this apt knows; TYPE is deb
# (packages) or deb-src (their sources)
shelf_write()
{
	local dir=$1 type=$2 arch=$3 status=$4 target=Packages uri keyring
	shift 4

	[ "$type" = deb ] || target=Sources
	uri=$(archive_uri)
	keyring=$(archive_keyring)
	mkdir -p "$dir"/{lists,cache/archives}/partial
	: >> "$dir/empty"
	cat > "$dir/debian.sources" << END
Types: $type
URIs: $uri
Suites: $*
Components: main
Architectures: $arch
Targets: $target
Signed-By: $keyring
END
	# The machine's hooks would clean its own cache, its pins pin.
	cat > "$dir/apt.conf" << END
#clear APT::Update;
#clear APT::Architectures;
#clear DPkg::Post-Invoke;
#clear DPkg::Pre-Install-Pkgs;
APT::Architecture "$arch";
APT::Architectures { "$arch"; };
APT::Sandbox::User "root";
APT::Update::Error-Mode "any";
APT::Install-Recommends "false";
Acquire::Languages "none";
Acquire::Retries "3";
Dir::State "$dir";
Dir::State::Lists "$dir/lists";
Dir::State::status "$status";
Dir::Cache "$dir/cache";
Dir::Etc::SourceList "$dir/debian.sources";
Dir::Etc::SourceParts "/dev/null";
Dir::Etc::Preferences "/dev/null";
Dir::Etc::PreferencesParts "/dev/null";
END
}

# The machine's own status in "host" makes apt fetch just what it lacks; the
# others start from nothing.
shelf_open()
{
	local dir=$CACHE/apt/$1

	case $1 in
	box)
		shelf_write "$dir" deb s390x "$dir/empty" \
			bookworm bookworm-backports
		;;
	kernels)
		shelf_write "$dir" deb amd64 "$dir/empty" \
			bookworm-backports trixie-backports
		;;
	clients-*)
		shelf_write "$dir" deb s390x "$dir/empty" "${1#clients-}"
		;;
	debian-*)
		shelf_write "$dir" deb s390x "$dir/empty" "${1#debian-}" \
			bookworm-backports
		;;
	sources)
		shelf_write "$dir" deb-src amd64 "$dir/empty" forky
		;;
	host)
		mkdir -p "$dir"
		cp /var/lib/dpkg/status "$dir/status"
		shelf_write "$dir" deb amd64 "$dir/status" \
			"$CODENAME" "$CODENAME-backports"
		;;
	esac
	shelf_apt "$1" update
	touch "$dir/updated"
}

shelf_is_fresh()
{
	[ -n "$(find "$CACHE/apt/$1/updated" -mmin -30 2> /dev/null)" ]
}

shelf_locked()
{
	shelf_is_fresh "$1" ||
		step "look into the archive ($1)" shelf_open "$1"
}

# need_shelf SHELF: its lists are there and not old
need_shelf()
{
	shelf_is_fresh "$1" ||
		with_lock "apt-$1" "look into the archive" shelf_locked "$1"
}

# fetch SHELF DIR PACKAGE[=VERSION]...: the .debs, checked by apt, into DIR
fetch()
{
	local shelf=$1 dir=$2
	shift 2

	mkdir -p "$dir"
	(cd "$dir" && shelf_apt "$shelf" download "$@")
}

# fetch_source DIR PACKAGE=VERSION: a source package, likewise
fetch_source()
{
	mkdir -p "$1"
	(cd "$1" && shelf_apt sources source --download-only "$2")
}

# newest SHELF PACKAGE: prints the version an install would take
newest()
{
	if [ "$1" = sources ]; then
		apt-cache -c "$CACHE/apt/$1/apt.conf" showsrc \
			--only-source "$2" | sed -n 's/^Version: //p' |
			sort -V | tail -n 1
		return
	fi
	apt-cache -c "$CACHE/apt/$1/apt.conf" policy "$2" |
		sed -n 's/^  Candidate: *\([^(]\)/\1/p'
}

# pinned SHELF PACKAGE: the newest there was when first asked.  It stays until
# "make update", so that a warm run neither needs the network nor rebuilds.
pinned()
{
	local file=$CACHE/versions/$2

	cat "$file" 2> /dev/null || die "nobody has pinned $2"
}

# pin SHELF PACKAGE
pin()
{
	local file=$CACHE/versions/$2 version

	[ ! -s "$file" ] || return 0
	need_shelf "$1"
	version=$(newest "$1" "$2")
	[ -n "$version" ] ||
		die "the archive has no $2 (looked in the suites of" \
		    "$CACHE/apt/$1/debian.sources): choose another mirror"
	mkdir -p "$CACHE/versions"
	printf '%s\n' "$version" > "$file.new"
	mv "$file.new" "$file"
}
