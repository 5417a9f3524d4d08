# Read by other scripts: what compiler and tests leave in the temporary folder goes into one of its
# own, which is removed when the script ends.
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export TMPDIR=$scratch
