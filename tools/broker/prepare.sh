# shellcheck shell=bash disable=SC2154,SC2155
# What a broker needs before it runs: free ports, its server.properties, a formatted folder.
# tools/kafka sources this; the settings and helpers are its.

is_open() { (: <>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

check_ports() {
  local node number deadline=$((SECONDS + 2)) used=''
  for node in "$@"; do
    for number in 0 "$brokers" ${tls:+20} ${between:+30}; do
      ((number += $(port_of "$node")))
      # Those of a broker just killed outlive it for a moment.
      while is_open "$number" && ((SECONDS < deadline)); do
        sleep 0.05
      done
      if is_open "$number"; then
        used+=" $number"
      fi
    done
  done
  [[ -z $used ]] || fail "in use by something else: port$used; choose others with --port"
}

configure() {
  local node=$1 to=$dir/$1 replicas=$((brokers < 3 ? brokers : 3)) in_sync voters='' voter
  local listeners=PLAINTEXT://127.0.0.1:$(port_of "$node") advertised='' tls_protocol=SSL
  in_sync=$((replicas < 3 ? 1 : 2))
  for voter in $(nodes); do
    voters+=,$voter@127.0.0.1:$(($(port_of "$voter") + brokers))
  done
  [[ -z $tls ]] || listeners+=,TLS://127.0.0.1:$(($(port_of "$node") + 20))
  advertised=$listeners
  if [[ -n $between ]]; then
    listeners+=,BETWEEN://127.0.0.1:$(($(port_of "$node") + 30))
    advertised+=,BETWEEN://127.0.0.1:$(($(port_of "$node") + 40))
  fi
  [[ -z $sasl ]] || tls_protocol=SASL_SSL
  mkdir -p "$to"
  {
    cat "$home/server.properties"
    cat <<END

node.id=$node
log.dirs=$to/data
listeners=$listeners,CONTROLLER://127.0.0.1:$(($(port_of "$node") + brokers))
advertised.listeners=$advertised
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,BETWEEN:PLAINTEXT,TLS:$tls_protocol
controller.quorum.voters=${voters#,}
default.replication.factor=$replicas
min.insync.replicas=$in_sync
offsets.topic.replication.factor=$replicas
transaction.state.log.replication.factor=$replicas
transaction.state.log.min.isr=$in_sync
END
    ((!flush)) || echo log.flush.interval.messages=1
    [[ -z $tls ]] || configure_tls "$to"
    [[ -z $sasl ]] || configure_sasl
  } >"$to/server.properties"
}

# Kafka wants PEM key and chain in one file, the key in PKCS #8.
configure_tls() {
  { openssl pkcs8 -topk8 -nocrypt -in "$tls/broker.key" && cat "$tls/broker.pem"; } \
    >"$1/broker.pem" || fail "$tls/broker.key is not a private key without a passphrase"
  cat <<END
ssl.keystore.type=PEM
ssl.keystore.location=$1/broker.pem
ssl.truststore.type=PEM
ssl.truststore.location=$tls/ca.pem
listener.name.tls.ssl.client.auth=requested
END
}

configure_sasl() {
  local module=org.apache.kafka.common.security
  cat <<END
listener.name.tls.sasl.enabled.mechanisms=SCRAM-SHA-256,PLAIN
listener.name.tls.scram-sha-256.sasl.jaas.config=$module.scram.ScramLoginModule required;
listener.name.tls.plain.sasl.jaas.config=$module.plain.PlainLoginModule required \
user_${sasl%%:*}="${sasl#*:}";
END
}

format() {
  local node unformatted=() forks=()
  for node in "$@"; do
    [[ -e $dir/$node/data/meta.properties ]] || unformatted+=("$node")
  done
  [[ -s $dir/cluster-id ]] ||
    echo "ccfa$(head -c 13 /dev/urandom | base64 | tr +/ -_ | tr -d = )" >"$dir/cluster-id"
  for node in "${unformatted[@]}"; do
    "${jvm[@]}" -Dlog.file="$dir/$node/server.log" -Dlog.level=WARN kafka.tools.StorageTool format \
      --cluster-id "$(<"$dir/cluster-id")" --config "$dir/$node/server.properties" \
      >"$dir/$node/console.log" 2>&1 &
    forks[node]=$!
  done
  for node in "${unformatted[@]}"; do
    wait "${forks[node]}" || explain_failure "$node" 'could not be formatted'
  done
}
