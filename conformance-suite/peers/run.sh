#!/usr/bin/env bash
# run.sh scimmy|scim-sdk|keycloak: starts a SCIM server of somebody else on this machine, runs the suite against it
# and writes reports/NAME.json. Needs Java 21, Maven and curl; scimmy also node and npm; keycloak KEYCLOAK_HOME,
# the folder of an unpacked Keycloak 26.7.5, which is copied.
set -euo pipefail
cd "$(dirname "$0")"
name=${1:?usage: run.sh scimmy|scim-sdk|keycloak}
work=../target/peers/$name
mkdir -p "$work"
trap 'kill $(jobs -p) 2>/dev/null || true' EXIT
token=foreign

case $name in
  scimmy)
    label="SCIMMY 1.3.5, scimmy-routers 1.3.2"
    base=http://127.0.0.1:18182/scim/v2
    cp ../../idp-simulators/src/test/foreign/* "$work"
    (cd "$work" && npm install --silent --ignore-scripts --no-package-lock --no-audit --no-fund)
    tail -f /dev/null | node "$work/server.mjs" 18182 checked >"$work/log" &
    ;;
  scim-sdk)
    label="SCIM-SDK 1.30.0"
    base=http://127.0.0.1:18181/scim/v2
    mvn -q -B -f scim-sdk/pom.xml compile exec:java -Dexec.args=18181 >"$work/log" 2>&1 &
    ;;
  keycloak)
    label="Keycloak 26.7.5, feature scim-api"
    base=http://127.0.0.1:18180/realms/peer/scim/v2
    rm -rf "$work/home"
    cp -r "${KEYCLOAK_HOME:?}" "$work/home"
    mkdir -p "$work/home/data/import"
    cp keycloak/peer-realm.json "$work/home/data/import"
    "$work/home/bin/kc.sh" start-dev --db=dev-mem --features=scim-api --import-realm \
      --http-host=127.0.0.1 --http-port=18180 >"$work/log" 2>&1 &
    ;;
  *)
    echo "run.sh: Expected scimmy, scim-sdk or keycloak, but got $name" >&2
    exit 2
    ;;
esac

for _ in $(seq 120); do
  if [ "$name" = keycloak ]; then
    token=$(curl -s -d grant_type=client_credentials -d client_id=suite -d client_secret=foreign \
      "${base%/scim/v2}/protocol/openid-connect/token" | sed -n 's/.*"access_token":"\([^"]*\)".*/\1/p' || true)
  fi
  if curl -sf -o "$work/config.json" -H "Authorization: Bearer $token" "$base/ServiceProviderConfig"; then
    break
  fi
  sleep 1
done
java -jar ../target/scim-conformance.jar run --endpoint "$base" --token "$token" --label "$label" \
  --profile rfc,entra,okta --seed 7644 --exchanges NONE --report-dir "$work/report" >"$work/console" || true
tail -n 5 "$work/console"
mkdir -p reports
cp "$work/report/report.json" "reports/$name.json"
