#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The API from Go: installs the library into a folder of the build tree, builds the example against its pkg-config file, runs it
# and compares its report with the one that the C example prints for the same rows.
set -euo pipefail

source_folder=$1 build_folder=$2 go=$3
if [ ! -x "$go" ]; then
    echo "skipped: no Go compiler"
    exit 77
fi
prefix=$build_folder/tests/ffi/prefix
cmake --install "$build_folder" --prefix "$prefix" >/dev/null
pkg_config_folder=$(dirname "$(find "$prefix" -name sla.pc)")
library_folder=$(dirname "$pkg_config_folder")

cp -r "$source_folder/examples/go" "$build_folder/tests/ffi/"
cd "$build_folder/tests/ffi/go"
export PKG_CONFIG_PATH=$pkg_config_folder LD_LIBRARY_PATH=$library_folder CGO_ENABLED=1 GOFLAGS=-mod=mod GOTOOLCHAIN=local
"$go" vet ./...
"$go" build -o sla-report .
vivvo=$source_folder/examples/vivvo
GODEBUG=cgocheck=1 ./sla-report "$vivvo/contract.yaml" "$vivvo/requests.csv" 2026-11-23T12:00:00Z | tee printed.txt
grep -q premium printed.txt
grep -q standard printed.txt
grep -q 'in scope: true' printed.txt
