#!/usr/bin/env bash
# The recipe of Reference/parts.md for Slurm, run for real on this machine alone: munged, slurmctld and
# slurmd on the loopback interface as one node of two cores, all of it in a temporary folder. An array
# is submitted, one part killed in the middle and submitted again; the parts are put together and held
# against the undivided run byte for byte. Whatever was started is stopped at the end.
#
#   Tests/Parts/slurm.sh LESSONS [BITS]        as root; apt-get install slurm-wlm munge
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
lessons=$(realpath "$1")
bits=${2:-12}
parts=4
for program in munged slurmctld slurmd sbatch; do
  if ! command -v "$program" >/dev/null; then
    echo "$program: not installed; apt-get install slurm-wlm munge"
    exit 2
  fi
done

scratch=$(mktemp -d)
chmod 755 "$scratch"
started=()
finish() {
  local status=$?
  for ((i = ${#started[@]} - 1; i >= 0; i--)); do
    kill "${started[i]}" 2>/dev/null || true
    wait "${started[i]}" 2>/dev/null || true
  done
  if [ "$status" -ne 0 ]; then tail -n 20 "$scratch"/*.log; fi
  rm -rf "$scratch"
  exit "$status"
}
trap finish EXIT
trap 'exit 130' INT TERM
cd "$scratch"
mkdir state spool
head -c 1024 /dev/urandom >munge.key
chmod 400 munge.key

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
node=$(hostname -s)
cat >slurm.conf <<CONF
ClusterName=parts
SlurmctldHost=$node(127.0.0.1)
SlurmctldPort=$(free_port)
SlurmdPort=$(free_port)
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
AuthType=auth/munge
AuthInfo=socket=$scratch/munge.socket
SlurmUser=root
SlurmdUser=root
StateSaveLocation=$scratch/state
SlurmdSpoolDir=$scratch/spool
SlurmctldPidFile=$scratch/slurmctld.pid
SlurmdPidFile=$scratch/slurmd.pid
SlurmctldLogFile=$scratch/slurmctld.log
SlurmdLogFile=$scratch/slurmd.log
SlurmdParameters=config_overrides
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
ReturnToService=2
KillWait=2
NodeName=$node NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
export SLURM_CONF=$scratch/slurm.conf

start() {
  "$@" >>"$scratch/start.log" 2>&1 &
  started+=($!)
}
wait_for() {
  local what=$1
  shift
  for _ in $(seq 300); do
    if "$@" >/dev/null 2>&1; then return; fi
    sleep 0.1
  done
  echo "$what: nothing after 30 s"
  exit 1
}
start munged --foreground --force --key-file="$scratch/munge.key" --socket="$scratch/munge.socket" \
  --pid-file="$scratch/munged.pid" --log-file="$scratch/munged.log" --seed-file="$scratch/munged.seed"
wait_for munged test -S munge.socket
start slurmctld -D -f "$SLURM_CONF"
start slurmd -D -f "$SLURM_CONF"
is_idle() { [ "$(sinfo -h -o %t)" = idle ]; }
wait_for "a node" is_idle
sinfo

python3 "$here/case.py" "$bits" >case.json
cat >part.sh <<JOB
#!/bin/sh
#SBATCH --ntasks=1 --cpus-per-task=1 --output=$scratch/job-%A-%a.log
cd "$scratch"
exec "$lessons" moments case.json --max-outcomes $((1 << 2 * bits)) \\
  --part "\$SLURM_ARRAY_TASK_ID/\$PARTS" --json --output "part-\$SLURM_ARRAY_TASK_ID.json"
JOB

echo "== an array of $parts parts, of which the second is killed in the middle"
job=$(sbatch --parsable --array="1-$parts" --export="ALL,PARTS=$parts" part.sh)
is_running() { squeue -h -t R -o %K -j "$job" | grep -qx 2; }
wait_for "part 2" is_running
sleep 0.3
scancel "${job}_2"
is_over() { [ -z "$(squeue -h -j "$job" 2>/dev/null)" ]; }
for _ in $(seq 600); do
  if is_over; then break; fi
  sleep 0.2
done
if [ -e part-2.json ]; then
  echo "part 2 was done before it was killed: more bits, please"
  exit 1
fi
"$lessons" merge part-*.json --json 2>refusal.txt && exit 1
cat refusal.txt
grep -q "part 2/$parts: is missing" refusal.txt

echo "== the second part, once more"
sbatch --wait --array=2 --export="ALL,PARTS=$parts" part.sh
"$lessons" merge part-*.json --json >merged.json
"$lessons" moments case.json --max-outcomes $((1 << 2 * bits)) --json | cmp - merged.json
echo "the same bytes from $parts parts as undivided"
