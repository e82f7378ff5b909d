#!/usr/bin/env bash
# The recipe of Reference/parts.md for GNU parallel, run for real: parts at once, one of them interrupted
# and run again, put together, and held against the undivided run byte for byte.
#
#   Tests/Parts/parallel.sh LESSONS [BITS]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
lessons=$(realpath "$1")
bits=${2:-10}
export lessons
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
python3 "$here/case.py" "$bits" >case.json
set -- --max-outcomes $((1 << 2 * bits))
outcomes=$*
export outcomes

"$lessons" moments case.json --json $outcomes >whole.json

echo "== a part that is interrupted ends at once with status 130 and leaves no file"
"$lessons" moments case.json --part 1/1 --json $outcomes --output interrupted.json &
part=$!
sleep 0.1
kill -INT "$part"
status=0
wait "$part" || status=$?
if [ "$status" -ne 130 ] || [ -n "$(find . -name 'interrupted*')" ]; then
  echo "status $status, found: $(ls)"
  exit 1
fi

echo "== eight parts, the third of them failing at first"
run() {
  if [ "$1" -eq 3 ] && mkdir once 2>/dev/null; then return 1; fi
  "$lessons" moments case.json --part "$1/8" --json $outcomes --output "part-$1.json"
}
export -f run
seq 8 | parallel --will-cite -j2 --joblog parts.log run && exit 1
"$lessons" merge part-*.json --json 2>refusal.txt && exit 1
grep -q "part 3/8: is missing" refusal.txt
seq 8 | parallel --will-cite -j2 --joblog parts.log --resume-failed run
[ "$(wc -l <parts.log)" -eq 9 ] || [ "$(wc -l <parts.log)" -eq 10 ]

"$lessons" merge part-*.json --json >merged.json
cmp merged.json whole.json

echo "== brute force of the oracle in three parts"
python3 "$here/case.py" 13 | python3 -c 'import json; print(json.dumps(json.loads(input())["spec"]))' \
  >model.json
"$lessons" oracle model.json --method brute-force --json >whole-model.json
seq 3 | parallel --will-cite -j2 \
  "$lessons oracle model.json --method brute-force --part {}/3 --json --output model-{}.json"
"$lessons" merge model-[123].json --json | cmp - whole-model.json
echo "the same bytes from 8 and 3 parts as undivided"
