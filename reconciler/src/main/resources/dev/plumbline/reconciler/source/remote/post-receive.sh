#!/bin/sh
# Plumbline's post-receive hook: asks the running control plane to look at once, and prints what it admitted.
# It never fails a push: the commit is in the repository already.

newest=
while read -r _ new ref; do
  case $ref in
    refs/heads/plumbline/*) ;;
    refs/heads/*)
      case $new in
        *[!0]*) newest=$new ;;
      esac
      ;;
  esac
done
[ -n "$newest" ] || exit 0

[ -r ./plumbline-endpoint ] || exit 0
read -r address < ./plumbline-endpoint || exit 0
path="/api/v1/hint?revision=$newest&wait=5s"

over_bash() {
  host=${address#http://}
  host=${host%%/*}
  # shellcheck disable=SC2016
  timeout 7 bash -c '
    exec 3<> "/dev/tcp/${1%:*}/${1##*:}" || exit 1
    printf "POST %s HTTP/1.0\r\nHost: %s\r\nAccept: text/plain\r\nContent-Length: 0\r\n\r\n" "$2" "$1" >&3
    read -r _ status _ <&3 || exit 1
    while read -r line <&3 && [ -n "${line%$(printf "\r")}" ]; do :; done
    [ "$status" = 200 ] || exit 1
    cat <&3
  ' hint "$host" "$path" 2> /dev/null
}

if command -v curl > /dev/null 2>&1; then
  answer=$(curl --silent --fail --max-time 7 --noproxy '*' -X POST -H 'Accept: text/plain' "$address$path" 2> /dev/null)
elif command -v bash > /dev/null 2>&1 && command -v timeout > /dev/null 2>&1; then
  answer=$(over_bash)
else
  echo "plumbline: pushed; install curl to see here what was admitted (or run: plumb status)"
  exit 0
fi
if [ $? -ne 0 ] || [ -z "$answer" ]; then
  echo "plumbline: pushed; the control plane did not answer in time (see: plumb status)"
  exit 0
fi
printf '%s\n' "$answer" | sed -e 's/^plumbline: //' -e 's/^/plumbline: /'
exit 0
