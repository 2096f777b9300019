#!/usr/bin/env bash
# Sends three page views through a running app and waits until they are counted: HTTP, Kafka, three functions and state work.
# Exit status 0 counted, 1 not counted in time, 2 wrong usage.
set -euo pipefail

usage() {
  echo "Usage: smoke-test.sh URL [KEY]"
  echo
  echo "  URL  address of the app: https://func-kafkafn-dev-abcdefgh.azurewebsites.net"
  echo "  KEY  function key; none for an app that asks for none"
  echo
  echo "  SMOKE_TEST_SECONDS  how long to wait, 300 by default: an app that has scaled to zero starts anew for each function"
}

case "${1:-}" in
  -h | --help) usage; exit 0 ;;
  http://* | https://*) ;;
  *) usage >&2; exit 2 ;;
esac
url="${1%/}"
seconds="${SMOKE_TEST_SECONDS:-300}"
headers=(-H "Content-Type: text/plain")
if [ -n "${2:-}" ]; then
  headers+=(-H "x-functions-key: $2")
fi

# A page of its own, so that the count begins at zero.
page="smoke-$(date +%s)-$$"
time="$(LC_ALL=C date -u '+%d/%b/%Y:%H:%M:%S +0000')"
line="203.0.113.7 - - [$time] \"GET /$page HTTP/1.1\" 200 512 \"-\" \"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\""
views=3
deadline=$((SECONDS + seconds))

echo "Sending $views page views of /$page to $url"
until answer="$(printf "%s\n%s\n%s\n" "$line" "$line" "$line" | curl --silent --show-error --fail-with-body --max-time 60 "${headers[@]}" --data-binary @- "$url/api/ingest/web-logs" 2>&1)"; do
  if [ "$SECONDS" -ge "$deadline" ]; then
    echo "Not accepted within $seconds s: $answer" >&2
    exit 1
  fi
  sleep 2
done

echo "Accepted. Waiting until they are counted"
while true; do
  answer="$(curl --silent --show-error --max-time 60 "${headers[@]}" "$url/api/state/page-view-totals/%2F$page" 2>&1 || true)"
  if [[ "$answer" =~ \"value\":\ *$views[,}] ]]; then
    echo "Counted: $answer"
    exit 0
  fi
  if [ "$SECONDS" -ge "$deadline" ]; then
    echo "Not counted within $seconds s. The last answer was: $answer" >&2
    exit 1
  fi
  sleep 2
done
