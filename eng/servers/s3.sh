#!/usr/bin/env bash
# A real S3 server on this machine, for tests: Ceph's gateway over one monitor and one store in memory. Loopback only; nothing survives it.
#   eng/servers/s3.sh install         the Debian packages (as root)
#   eng/servers/s3.sh start FOLDER [PROCESS]   starts it in an empty folder, on ports that are free, and prints what clients need: endpoint and keys (made up).
#                                     With the id of a process it ends, and removes the folder, when that does
#   eng/servers/s3.sh stop FOLDER     ends what start began
#   eng/servers/s3.sh pause|continue FOLDER   holds the gateway
set -euo pipefail
. "$(dirname "$0")/common"
access=WEIRTESTACCESS000001 secret=weir-test-secret-000000000000000000000001
packages=(ceph-mon ceph-osd radosgw)
what=${1:-} folder=${2:-} process=${3:-}

need() { command -v "$1" >/dev/null || { echo "$1 is missing: apt-get install ${packages[*]}" >&2; exit 2; }; }

until_true() { # seconds, what is waited for, command…
  local tenths=$(($1 * 10)) name=$2
  shift 2
  for _ in $(seq "$tenths"); do "$@" >/dev/null 2>&1 && return; sleep 0.1; done
  echo "$name did not become ready; see $folder/log" >&2
  stop
  exit 1
}

stop() {
  local name pid
  for name in radosgw osd mon; do
    [ -s "$folder/$name.pid" ] || continue
    pid=$(cat "$folder/$name.pid")
    rm -f "$folder/$name.pid"
    kill -CONT "$pid" 2>/dev/null || true
    kill -9 "$pid" 2>/dev/null || true # there is nothing to save
  done
}

ceph_says() { timeout 20 ceph -c "$folder/ceph.conf" --name client.admin "$@"; }
admin() { timeout 60 radosgw-admin -c "$folder/ceph.conf" --name client.rgw.weir "$@" >>"$folder/log/admin" 2>&1; }
begin() { # name, command…
  local name=$1
  shift
  nice -n 5 "$@" >"$folder/log/$name.out" 2>&1 </dev/null &
  echo $! >"$folder/$name.pid"
}

start() {
  need ceph-mon; need ceph-osd; need radosgw; need ceph
  mkdir -p "$folder"/{mon,osd,log,run}
  local port monitor fsid osd
  port=$(free_ports 1) monitor=$(free_ports 1) fsid=$(cat /proc/sys/kernel/random/uuid) osd=$(cat /proc/sys/kernel/random/uuid)
  cat >"$folder/ceph.conf" <<CONF
[global]
fsid = $fsid
mon_host = [v2:127.0.0.1:$monitor/0]
auth_cluster_required = none
auth_service_required = none
auth_client_required = none
ms_mon_client_mode = crc
ms_bind_ipv6 = false
ms_bind_msgr1 = false
public_addr = 127.0.0.1
cluster_addr = 127.0.0.1
log_file = $folder/log/\$name.log
admin_socket = $folder/run/\$name.asok
run_dir = $folder/run
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_num = 1
osd_pool_default_pgp_num = 1
osd_pool_default_pg_autoscale_mode = off
osd_crush_chooseleaf_type = 0
mon_allow_pool_size_one = true
mon_warn_on_pool_no_redundancy = false
mon_max_pg_per_osd = 1000
mon_data_avail_crit = 1
mon_data_avail_warn = 2
mon_cluster_log_file = $folder/log/cluster.log
[mon.a]
mon_data = $folder/mon
[osd.0]
osd_data = $folder/osd
osd_objectstore = memstore
osd_max_object_name_len = 256
osd_max_object_namespace_len = 64
memstore_device_bytes = 4294967296
[client.rgw.weir]
rgw_frontends = beast endpoint=127.0.0.1:$port tcp_nodelay=1
rgw_dns_name =
rgw_num_rados_handles = 1
rgw_run_sync_thread = false
CONF
  monmaptool --create --fsid "$fsid" --addv a "[v2:127.0.0.1:$monitor/0]" "$folder/monmap" --clobber >/dev/null
  ceph-mon -c "$folder/ceph.conf" -i a --mkfs --monmap "$folder/monmap" >"$folder/log/mon.mkfs" 2>&1
  begin mon ceph-mon -c "$folder/ceph.conf" -i a -f
  until_true 30 'the monitor' ceph_says mon stat
  ceph_says osd new "$osd" 0 >/dev/null
  ceph-osd -c "$folder/ceph.conf" -i 0 --mkfs --osd-uuid "$osd" >"$folder/log/osd.mkfs" 2>&1
  begin osd ceph-osd -c "$folder/ceph.conf" -i 0 -f
  until_true 40 'the store' sh -c "timeout 20 ceph -c '$folder/ceph.conf' --name client.admin osd stat | grep -q '1 up'"
  admin user create --uid weir --display-name weir --access-key "$access" --secret-key "$secret"
  # A second storage class, so that there is one to move files into.
  admin zonegroup placement add --rgw-zonegroup default --placement-id default-placement --storage-class STANDARD_IA
  admin zone placement add --rgw-zone default --placement-id default-placement --storage-class STANDARD_IA --data-pool default.rgw.cold.data
  begin radosgw radosgw -c "$folder/ceph.conf" --name client.rgw.weir -f
  until_true 60 'the gateway' listens "$port"
  end_with "$process"
  printf 'S3_ENDPOINT=http://127.0.0.1:%s\nAWS_ACCESS_KEY_ID=%s\nAWS_SECRET_ACCESS_KEY=%s\n' "$port" "$access" "$secret"
}

case $what in
  install) export DEBIAN_FRONTEND=noninteractive; apt-get update -qq; apt-get install -y -qq --no-install-recommends "${packages[@]}" ;;
  start | stop) [ -n "$folder" ] || { echo "usage: $0 $what FOLDER" >&2; exit 64; }; "$what" ;;
  pause) kill -STOP "$(cat "$folder/radosgw.pid")" ;;
  continue) kill -CONT "$(cat "$folder/radosgw.pid")" ;;
  *) echo "usage: $0 install | start FOLDER | stop FOLDER | pause FOLDER | continue FOLDER" >&2; exit 64 ;;
esac
