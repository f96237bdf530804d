#!/bin/sh
# usage: pkg-config.sh PREFIX SOURCE FOLDER shared|static
# Builds and runs SOURCE in FOLDER with what pkg-config says about the library in PREFIX. CC and CFLAGS are heeded.
set -eu
prefix=$1 source=$2 folder=$3 kind=$4

rm -rf "$folder"
mkdir -p "$folder"
if [ "$kind" = static ]; then
    # Beside a shared library the linker would prefer that.
    cp -R "$prefix" "$folder/prefix"
    find "$folder/prefix" -name 'libsla.so*' -exec rm {} +
    prefix=$folder/prefix
    static=--static
else
    static=
fi

package=$(find "$prefix" -name sla.pc)
export PKG_CONFIG_PATH="${package%/*}"
library=${package%/pkgconfig/sla.pc}
# pkg-config quotes for the shell, as a prefix with a space needs.
eval "${CC:-cc} ${CFLAGS:-} -o '$folder/consumer' '$source' $(pkg-config $static --cflags --libs sla)"

if [ "$kind" = static ]; then
    if readelf -d "$folder/consumer" | grep -q 'NEEDED.*libsla'; then
        echo "the program asks for the shared library" >&2
        exit 1
    fi
    "$folder/consumer"
else
    LD_LIBRARY_PATH="$library${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}" "$folder/consumer"
fi
