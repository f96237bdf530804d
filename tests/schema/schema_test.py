# SPDX-License-Identifier: MIT
"""The published schema and the loader come to the same verdict: schema_test.py LOAD_VERDICT

Documents: those in good/ and the one in the format's reference, the contracts of the conformance vectors, those in ../invalid/, and mutants of the good ones.
On a case marked "shape" both agree; on one marked "reference" the schema accepts and the loader refuses. A mutant has no
mistake or one, and the loader has as many complaints: no mistake is told twice.
"""
import json
import pathlib
import subprocess
import sys
import tempfile

try:
    import jsonschema
    import yaml
except ImportError as missing:
    print(f"SKIPPED: {missing} (Debian: python3-jsonschema, python3-yaml)")
    sys.exit(77)

import mutate

HERE = pathlib.Path(__file__).resolve().parent
SCHEMA = HERE.parent.parent / "docs" / "contract.schema.json"

# What the loader's status does not tell: the schema sees these although they are about names, or cannot see these
# although they are about values.
SEEN = {"calendar-named-always", "metric-like-unknown"}
UNSEEN = {"json-surrogate-escapes", "date-range-reversed", "date-range-empty", "validity-reversed"}


class Reader(yaml.BaseLoader):
    """Every scalar is text; what the format refuses of YAML is refused."""

    def compose_node(self, parent, index):
        event = self.peek_event()
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None or getattr(event, "tag", None) is not None:
            raise yaml.composer.ComposerError(None, None, "anchors, aliases and tags are refused", event.start_mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node, deep=False):
        unique_keys([(str(key.value), None) for key, _ in node.value])
        return super().construct_mapping(node, deep=True)


def unique_keys(pairs):
    keys = [key for key, _ in pairs]
    if len(set(keys)) < len(keys):
        raise yaml.constructor.ConstructorError(None, None, "a key stands twice", None)
    return dict(pairs)


def as_text(value):
    if isinstance(value, dict):
        return {key: as_text(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [as_text(entry) for entry in value]
    return value if isinstance(value, str) else json.dumps(value)


def read(raw):
    """JSON is YAML, and its own reader takes a tenth of the time."""
    text = raw.decode("utf-8-sig")
    try:
        return as_text(json.loads(text, object_pairs_hook=unique_keys, parse_int=str, parse_float=str))
    except json.JSONDecodeError:
        return yaml.load(text, Reader)


def schema_accepts(validator, raw):
    try:
        return validator.is_valid(read(raw))
    except (yaml.YAMLError, UnicodeDecodeError):
        return False


def complaint_counts(program, texts):
    """By name: how many complaints the loader has about the document."""
    with tempfile.TemporaryDirectory() as folder:
        for number, raw in enumerate(texts.values()):
            (pathlib.Path(folder) / str(number)).write_bytes(raw)
        names = list(map(str, range(len(texts))))
        output = subprocess.run([program, *names], cwd=folder, check=True, capture_output=True, timeout=600).stdout.decode()
    counts = dict.fromkeys(names, 0)
    judged = set()
    for line in output.splitlines():
        name, verdict = line.split("\t")[:2]
        counts[name] += verdict != "ok"
        judged.add(name)
    assert judged == set(names), "the loader has no verdict on some documents"
    return dict(zip(texts, counts.values()))


# ---- The corpus: name -> (mark, number of its mistakes or None for one or more, text) ----

def good_files():
    for path in sorted((HERE / "good").iterdir()):
        yield path.stem, "shape", 0, path.read_bytes()


def reference_example():
    """The agreement that the format's reference shows."""
    reference = (HERE.parent.parent / "docs" / "contract-document.md").read_text(encoding="utf-8")
    yield "reference-example", "shape", 0, reference.split("```yaml\n")[1].split("```")[0].encode()


def conformance_contracts():
    for path in sorted((HERE.parent / "conformance").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            if "contract" in case:
                yield f"{path.stem}-{case['fixture']}", "shape", 0, json.dumps(case["contract"]).encode()


def invalid_mark(path):
    statuses = {line.split()[2] for line in path.read_text(encoding="utf-8").splitlines()}
    name = path.parent.name
    return "shape" if name in SEEN or ("SLA_INVALID_DOCUMENT" in statuses and name not in UNSEEN) else "reference"


def invalid_documents():
    for path in sorted((HERE.parent / "invalid").glob("*/expected")):
        if "FEED" not in path.read_text(encoding="utf-8") and not list(path.parent.glob("*.ics")):
            yield path.parent.name, invalid_mark(path), None, (path.parent / "contract.yaml").read_bytes()


def mutated_documents():
    documents = [(name, mutate.tree(yaml.load(raw.decode(), Reader))) for name, _, _, raw in good_files()]
    for name, mark, good, text in mutate.mutants(documents):
        yield name, mark, 0 if good else 1, text.encode()


def corpus():
    cases = {}
    for source in (good_files, reference_example, conformance_contracts, invalid_documents, mutated_documents):
        for name, mark, mistakes, raw in source():
            assert name not in cases, name
            cases[name] = (mark, mistakes, raw)
    return cases


def disagreement(mark, mistakes, by_schema, complaints):
    by_loader = complaints == 0
    if mark == "reference" and (by_loader or not by_schema):
        return "the schema has to accept it and the loader to refuse it"
    if mark == "shape" and by_schema != by_loader:
        return "schema and loader have to agree"
    if complaints != (max(complaints, 1) if mistakes is None else mistakes):
        return f"the loader has to have {'a complaint' if mistakes is None else mistakes} and has {complaints}"
    return None


def main():
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker(["date"]))
    cases = corpus()
    complaints = complaint_counts(sys.argv[1], {name: raw for name, (_, _, raw) in cases.items()})
    failures = 0
    for name, (mark, mistakes, raw) in cases.items():
        by_schema = schema_accepts(validator, raw)
        wrong = disagreement(mark, mistakes, by_schema, complaints[name])
        if wrong is not None:
            failures += 1
            print(f"{name} ({mark}): schema {'accepts' if by_schema else 'refuses'}; {wrong}\n    {raw[:1500]!r}")
    counts = [sum(1 for kept, _, _ in cases.values() if kept == mark) for mark in ("shape", "reference")]
    print(f"{len(cases)} documents, {counts[0]} of them shape, {counts[1]} reference: {failures} failures")
    assert min(counts) > 100, "the corpus is too small to mean anything"
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
