#!/bin/bash
# Debian's packages, without a trace on this machine's own: apt with lists and files in a folder of its own. To be sourced.

# Prints the places from which this machine takes Debian's own packages; KIND is deb or deb-src.
debian_sources() {
    local kind=$1 keys=/usr/share/keyrings/debian-archive-keyring.gpg
    # shellcheck disable=SC2016 # the names in $( ) are apt's
    apt-get indextargets --format '$(CREATED_BY) $(ORIGIN) $(REPO_URI) $(RELEASE) $(COMPONENT)' |
        sed -n "s|^Packages Debian |$kind [signed-by=$keys] |p" | sort -u
}

# Makes FOLDER ready for apt_aside and reads the lists of KIND. Fails where packages are not Debian's. A list that a mirror
# cannot give, or gives with a wrong hash, is told and left out: the others may have all that is wanted, and apt takes
# nothing that a signed list does not name.
prepare_apt_aside() {
    local folder=$1 kind=$2
    shift 2
    command -v apt-get >/dev/null || { echo "there is no apt-get here to take Debian's packages with"; return 1; }
    rm -rf "$folder"
    mkdir -p "$folder/lists/partial" "$folder/archives/partial"
    : >"$folder/status"
    debian_sources "$kind" >"$folder/sources.list"
    [[ -s $folder/sources.list ]] || { echo "none of this machine's package lists is Debian's"; return 1; }
    apt_aside "$folder" "$@" update || echo "going on with the lists that could be had"
}

# apt-get as on a machine on which nothing is installed.
apt_aside() {
    local folder=$1
    shift
    apt-get -q -y -o Dir::State="$folder" -o Dir::State::status="$folder/status" -o Dir::Cache="$folder" \
        -o Dir::Etc::sourceparts=- -o Dir::Etc::sourcelist="$folder/sources.list" -o APT::Sandbox::User="$(id -un)" \
        -o Acquire::Languages=none -o Debug::NoLocking=1 "$@" </dev/null
}

# Makes FOLDER, if need be, with the zones of UTC, Europe and Australia, and prints its path: for tests that would go
# through all zones of the world where that is slow.
some_zones() {
    local folder=$1
    mkdir -p "$folder" && cp -RL /usr/share/zoneinfo/{UTC,Europe,Australia} "$folder" && echo "$folder"
}

# Prints "passed N, failed N" from the LOG of ctest.
count_of_tests() {
    local log=$1 total=0 failed=0
    if [[ $(grep -E 'tests passed, ' "$log") =~ ([0-9]+)\ tests\ failed\ out\ of\ ([0-9]+) ]]; then
        failed=${BASH_REMATCH[1]} total=${BASH_REMATCH[2]}
    fi
    echo "passed $((total - failed)), failed $failed"
}
