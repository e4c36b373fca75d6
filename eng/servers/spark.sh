#!/usr/bin/env bash
# A real Apache Spark with Delta Lake behind Spark Connect, for tests: one local driver. Loopback only.
#   eng/servers/spark.sh install                 the Debian package of Java 17 (as root)
#   eng/servers/spark.sh start FOLDER [PROCESS]  starts it in an empty folder, on a free port, and prints SPARK_CONNECT=http://127.0.0.1:PORT. With the id of a process it ends, and removes the folder, when that does
#   eng/servers/spark.sh stop FOLDER             ends what start began
# SPARK_HOME: a folder with jars/, as an official download of Spark 4 has it; SPARK_JARS: what it lacks (delta-spark and delta-storage of Delta Lake 4), with ':' between.
set -euo pipefail
. "$(dirname "$0")/common"
what=${1:-} folder=${2:-} process=${3:-}

start() {
  command -v java >/dev/null || { echo 'java is missing: apt-get install openjdk-17-jre-headless' >&2; exit 2; }
  ls "${SPARK_HOME:-}"/jars/spark-connect_*.jar >/dev/null 2>&1 || { echo "SPARK_HOME ('${SPARK_HOME:-}') has no jars/spark-connect_*.jar: name a Spark 4" >&2; exit 2; }
  mkdir -p "$folder"/{conf,local,warehouse}
  local port opens=(--add-modules=jdk.incubator.vector)
  port=$(free_ports 1)
  # What Spark's own launcher says to Java 17.
  for p in java.lang java.lang.invoke java.lang.reflect java.io java.net java.nio java.util java.util.concurrent java.util.concurrent.atomic jdk.internal.ref sun.nio.ch sun.nio.cs sun.security.action sun.util.calendar; do
    opens+=("--add-opens=java.base/$p=ALL-UNNAMED")
  done
  printf '%s\n' 'rootLogger.level = warn' 'rootLogger.appenderRef.c.ref = c' 'appender.c.type = Console' 'appender.c.name = c' 'appender.c.target = SYSTEM_ERR' 'appender.c.layout.type = PatternLayout' >"$folder/conf/log4j2.properties"
  cat >"$folder/conf/connect.conf" <<C
spark.driver.bindAddress 127.0.0.1
spark.driver.host 127.0.0.1
spark.connect.grpc.binding.address 127.0.0.1
spark.connect.grpc.binding.port $port
spark.ui.enabled false
spark.local.dir $folder/local
spark.sql.warehouse.dir $folder/warehouse
spark.sql.catalogImplementation in-memory
spark.sql.session.timeZone UTC
spark.sql.shuffle.partitions 2
spark.sql.extensions io.delta.sql.DeltaSparkSessionExtension
spark.sql.catalog.spark_catalog org.apache.spark.sql.delta.catalog.DeltaCatalog
spark.databricks.delta.snapshotPartitions 1
C
  (cd "$folder" && SPARK_SCALA_VERSION=2.13 SPARK_LOCAL_IP=127.0.0.1 SPARK_CONF_DIR="$folder/conf" exec setsid java "${opens[@]}" -XX:+IgnoreUnrecognizedVMOptions -Xmx1g -XX:+ExitOnOutOfMemoryError \
    "-Dlog4j2.configurationFile=$folder/conf/log4j2.properties" -cp "$SPARK_HOME/jars/*${SPARK_JARS:+:$SPARK_JARS}" org.apache.spark.deploy.SparkSubmit --master 'local[2]' --properties-file "$folder/conf/connect.conf" \
    --class org.apache.spark.sql.connect.service.SparkConnectServer spark-internal) >"$folder/log" 2>&1 </dev/null &
  local java=$!
  echo "$java" >"$folder/pid"
  for _ in $(seq 1200); do
    listens "$port" && break
    kill -0 "$java" 2>/dev/null || { echo "Spark ended: $(tail -5 "$folder/log")" >&2; exit 1; }
    sleep 0.1
  done
  listens "$port" || { echo "Spark does not listen after 2 minutes: $(tail -5 "$folder/log")" >&2; stop; exit 1; }
  end_with "$process"
  echo "SPARK_CONNECT=http://127.0.0.1:$port"
}

stop() {
  [ -f "$folder/pid" ] || return 0
  local java; java=$(cat "$folder/pid")
  grep -qsa SparkConnectServer "/proc/$java/cmdline" || return 0
  kill "$java"
  for _ in $(seq 100); do kill -0 "$java" 2>/dev/null || return 0; sleep 0.1; done
  kill -9 "$java"
}

case $what in
  install) apt-get install -y --no-install-recommends openjdk-17-jre-headless ;;
  start) start ;;
  stop) stop ;;
  *) sed -n '2,7p' "$0" >&2; exit 64 ;;
esac
