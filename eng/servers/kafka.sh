#!/usr/bin/env bash
# Real Apache Kafka (KRaft) on this machine, for tests: one node or three. Loopback only; nothing survives `stop`.
#   eng/servers/kafka.sh start FOLDER [NODES] [PROCESS]   starts 1 (default) or 3 nodes in an empty folder, on ports that are free, and prints what clients need.
#                                        With the id of a process they end, and the folder goes, when that does
#   eng/servers/kafka.sh stop FOLDER     ends what start began
#   eng/servers/kafka.sh status FOLDER   which nodes run
#   eng/servers/kafka.sh env FOLDER      what start printed
#   eng/servers/kafka.sh kill FOLDER N   kill -9 of a node; `revive FOLDER N` starts it again; `pause` and `continue` hold it
# KAFKA_HOME   an official download (libs/*.jar)      KAFKA_MEMORY   heap of a node (256m)
# Each node listens four times: plain; SASL (PLAIN, SCRAM-SHA-256 and -512, unsecured OAUTHBEARER); TLS; and for its controller. Users of SASL: weir/weir-secret, guest/guest-secret.
# Three nodes keep three copies, two of which must be in sync. Topics are not made by asking for them.
set -euo pipefail
. "$(dirname "$0")/common"
what=${1:-} folder=${2:-}
KAFKA_HOME=${KAFKA_HOME:-} memory=${KAFKA_MEMORY:-256m}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

need() {
  command -v "$java" >/dev/null || { echo 'java is missing: apt-get install openjdk-17-jre-headless' >&2; exit 2; }
  command -v openssl >/dev/null || { echo 'openssl is missing: apt-get install openssl' >&2; exit 2; }
  ls "$KAFKA_HOME"/libs/kafka_2.13-*.jar >/dev/null 2>&1 || { echo "There is no Kafka in KAFKA_HOME ('$KAFKA_HOME'): libs/kafka_2.13-*.jar is missing. Unpack an official download there." >&2; exit 2; }
}

tool() { "$java" -Xmx128m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dorg.slf4j.simpleLogger.defaultLogLevel=error -cp "$KAFKA_HOME/libs/*" "$@"; }

port() { echo $(($(cat "$folder/port") + 10 * ($1 - 1))); }
nodes() { cat "$folder/nodes"; }
alive() { [ -s "$folder/$1.pid" ] && grep -Eqs '^State:[[:space:]]+[^ZX[:space:]]' "/proc/$(cat "$folder/$1.pid")/status"; }

certificates() { # an authority of this folder's own, and a key of the nodes that it signed
  (
    cd "$folder"
    openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj '/CN=Weir tests' -keyout ca.key -out ca.pem
    openssl req -newkey rsa:2048 -nodes -subj '/CN=127.0.0.1' -keyout node.key -out node.csr
    printf 'subjectAltName=IP:127.0.0.1,DNS:localhost\n' >san
    openssl x509 -req -in node.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 3650 -extfile san -out node.crt
    cat node.key node.crt >node.pem
  ) >"$folder/openssl.log" 2>&1
}

configure() { # node
  local p voters='' n copies=1 least=1 sasl
  p=$(port "$1")
  for n in $(seq "$(nodes)"); do voters+="${voters:+,}$n@127.0.0.1:$(($(port "$n") + 3))"; done
  [ "$(nodes)" -lt 3 ] || { copies=3; least=2; }
  sasl=listener.name.sasl_plaintext
  cat >"$folder/$1.properties" <<C
process.roles=broker,controller
node.id=$1
controller.quorum.voters=$voters
listeners=PLAINTEXT://127.0.0.1:$p,SASL_PLAINTEXT://127.0.0.1:$((p + 1)),SSL://127.0.0.1:$((p + 2)),CONTROLLER://127.0.0.1:$((p + 3))
advertised.listeners=PLAINTEXT://127.0.0.1:$p,SASL_PLAINTEXT://127.0.0.1:$((p + 1)),SSL://127.0.0.1:$((p + 2))
controller.listener.names=CONTROLLER
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT,SSL:SSL,CONTROLLER:PLAINTEXT
ssl.keystore.type=PEM
ssl.keystore.location=$folder/node.pem
sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-256,SCRAM-SHA-512,OAUTHBEARER
$sasl.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required user_weir="weir-secret" user_guest="guest-secret";
$sasl.scram-sha-256.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
$sasl.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
$sasl.oauthbearer.sasl.jaas.config=org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:ANONYMOUS;User:weir
allow.everyone.if.no.acl.found=true
log.dirs=$folder/data-$1
num.network.threads=2
num.io.threads=4
offsets.topic.num.partitions=4
offsets.topic.replication.factor=$copies
transaction.state.log.num.partitions=4
transaction.state.log.replication.factor=$copies
transaction.state.log.min.isr=$least
share.coordinator.state.topic.replication.factor=$copies
share.coordinator.state.topic.min.isr=$least
default.replication.factor=$copies
min.insync.replicas=$least
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
auto.create.topics.enable=false
log.retention.check.interval.ms=500
log.cleaner.backoff.ms=500
log.initial.task.delay.ms=500
C
}

begin() { # node
  "$java" "-Xmx$memory" -XX:+UseSerialGC -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -cp "$KAFKA_HOME/libs/*" kafka.Kafka "$folder/$1.properties" >>"$folder/$1.log" 2>&1 </dev/null &
  echo $! >"$folder/$1.pid"
}

ready() { # node
  for _ in $(seq 900); do
    listens "$(port "$1")" && return
    alive "$1" || break
    sleep 0.1
  done
  echo "Node $1 did not start; the end of $folder/$1.log:" >&2
  tail -5 "$folder/$1.log" >&2
  stop
  exit 1
}

describe() {
  local n all=''
  for n in $(seq "$(nodes)"); do all+="${all:+,}127.0.0.1:$(port "$n")"; done
  printf 'KAFKA_BROKERS=%s\nKAFKA_SASL=127.0.0.1:%s\nKAFKA_TLS=127.0.0.1:%s\nKAFKA_CA=%s\n' "$all" "$(($(port 1) + 1))" "$(($(port 1) + 2))" "$folder/ca.pem"
}

start() {
  local n id
  need
  mkdir -p "$folder"
  folder=$(cd "$folder" && pwd)
  echo "${3:-1}" >"$folder/nodes"
  free_ports $((10 * $(nodes))) >"$folder/port"
  certificates
  id=$(tool kafka.tools.StorageTool random-uuid)
  for n in $(seq "$(nodes)"); do
    configure "$n"
    tool kafka.tools.StorageTool format -t "$id" -c "$folder/$n.properties" \
      --add-scram 'SCRAM-SHA-256=[name=weir,password=weir-secret]' --add-scram 'SCRAM-SHA-512=[name=weir,password=weir-secret]' >>"$folder/$n.log" 2>&1
    begin "$n"
  done
  for n in $(seq "$(nodes)"); do ready "$n"; done
  end_with "${4:-}"
  describe
}

stop() {
  local n
  for n in 1 2 3; do
    [ -s "$folder/$n.pid" ] || continue
    kill -9 "$(cat "$folder/$n.pid")" 2>/dev/null || true # there is nothing to save
    rm -f "$folder/$n.pid"
  done
}

[ -n "$folder" ] || { echo "usage: $0 start|stop|status|env|kill|revive|pause|continue FOLDER …" >&2; exit 64; }
case $what in
  start) start "$@" ;;
  stop) stop ;;
  status) for n in $(seq "$(nodes)"); do if alive "$n"; then echo "node $n: runs, port $(port "$n")"; else echo "node $n: down"; fi; done ;;
  env) describe ;;
  kill) kill -9 "$(cat "$folder/$3.pid")" ;;
  revive) begin "$3"; ready "$3" ;;
  pause) kill -STOP "$(cat "$folder/$3.pid")" ;;
  continue) kill -CONT "$(cat "$folder/$3.pid")" ;;
  *) echo "usage: $0 start|stop|status|env|kill|revive|pause|continue FOLDER …" >&2; exit 64 ;;
esac
