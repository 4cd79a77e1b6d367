# SPDX-License-Identifier: GPL-2.0-only
#
# coverage - lines of *.gcov that were not executed, and whether that is all right
#
#	awk -f coverage.awk REASONS FILE.gcov...
#
# Prints "FILE EXECUTED OF BRANCHES OF" for each source, and what is wrong with it
# as "FILE: TEXT".  REASONS is read as coverage.reasons says.

function trim(text)
{
	gsub(/^[ \t]+|[ \t]+$/, "", text)
	return text
}

# The text behind "COUNT: NUMBER:"
function text_of(line)
{
	sub(/^[^:]*:[^:]*:/, "", line)
	return line
}

function tell()
{
	if (file != "")
		print file, executed + 0, lines + 0, taken + 0, branches + 0
	file = ""
	executed = lines = taken = branches = 0
}

FILENAME == ARGV[1] {
	if (/^#/ || /^$/)
		next
	if (/^in /) {
		source = $2
		place = $3
	} else if (/^why /) {
		reason = $0
	} else if (/^-/) {
		key = source SUBSEP place SUBSEP trim(substr($0, 2))
		why[key] = reason
		order[++keys] = key
	} else {
		print "reasons: what is " $1 "?"
	}
	next
}

/^ *-: +0:Source:/ {
	tell()
	file = $0
	sub(/.*Source:/, "", file)
	sub(/.*crypto\/vfio_ap\//, "", file)
	func_name = ""
	seen[file] = 1
	next
}

/^branch/ {
	branches++
	taken += !/never executed|taken 0/
	next
}

/^ *[0-9#=-]+\*?: *[0-9]+:/ {
	text = text_of($0)
	if (text ~ /^[a-z].*[a-z0-9_]\(/ && text !~ /;$/) {
		func_name = text
		sub(/\(.*/, "", func_name)
		sub(/.*[ *]/, "", func_name)
	}
	split($0, part, ":")
	count = trim(part[1])
	if (count == "-")
		next
	lines++
	if (count !~ /#####|=====/) {
		executed++
		next
	}
	key = file SUBSEP func_name SUBSEP trim(text)
	used[key] = 1
	if (!(key in why))
		wrong[++wrongs] = file ": line " part[2] + 0 " of " func_name \
			" is never executed: " trim(text)
}

END {
	tell()
	for (i = 1; i <= wrongs; i++)
		print wrong[i]
	for (i = 1; i <= keys; i++) {
		split(order[i], part, SUBSEP)
		if (!(order[i] in used))
			print part[1] ": has a reason, but is executed or not there: " \
				part[2] ": " part[3]
	}
}
