#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every function of the public headers is called in a scenario of failing memory.

    table_test.py --scenarios SOURCE... --headers HEADER...
"""
import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "abi"))
from headers import Header, calls, functions  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description="Looks for public functions without a scenario.")
    parser.add_argument("--scenarios", nargs="+", required=True)
    parser.add_argument("--headers", nargs="+", required=True)
    arguments = parser.parse_args()
    declared = functions([Header(Path(path).read_text(encoding="utf-8")) for path in arguments.headers])
    called = set().union(*(calls(Path(path).read_text(encoding="utf-8")) for path in arguments.scenarios))
    missing = [name for name in declared if name not in called]
    for name in missing:
        print(f"no scenario calls {name}", file=sys.stderr)
    print(f"fault-table: functions {len(declared)}, called {len(declared) - len(missing)}, missing {len(missing)}")
    return 1 if missing or not declared else 0


if __name__ == "__main__":
    sys.exit(main())
