#!/usr/bin/env bash
# The sandbox with nothing but curl and openssl: own keys, test certificates, registration, the customer's consent,
# a token, a signed call. Everything is written to a folder of your own; private keys never leave it.
#
#   docs/examples/sandbox-with-curl.sh [--api https://localhost:8443] [--brand demo-bank] [--ca .postern/demo/tls/ca.pem]
#                                      [--out DIR] [--browser]
#
# Without --browser the script answers the bank's pages as the demo customer Camille; with it, you do: open the address
# that it prints, and paste the address to which you were sent back.
set -euo pipefail

api=https://localhost:8443 brand=demo-bank ca=.postern/demo/tls/ca.pem out= browser=
while [ $# -gt 0 ]; do
  case $1 in
    --api) api=$2; shift 2 ;;
    --brand) brand=$2; shift 2 ;;
    --ca) ca=$2; shift 2 ;;
    --out) out=$2; shift 2 ;;
    --browser) browser=1; shift ;;
    *) sed -n '2,9s/^# \{0,1\}//p' "$0"; exit 64 ;;
  esac
done
out=${out:-$(mktemp -d)}
mkdir -p "$out"
base=$api/sandbox/$brand
redirect_uri=https://application.example/callback

step() { printf '\n%s\n' "$*"; }
# The first member of that name in a JSON answer whose texts hold no commas.
member() { tr ',{' '\n\n' | sed -n "s/^ *\"$1\": *\"\([^\"]*\)\".*/\1/p" | sed -n 1p; }
# curl, with the bank's authority, and with our certificate where $mutual is set; an error answer is shown and ends the script.
mutual=()
call() {
  local status
  status=$(curl -sS --cacert "$ca" ${mutual[@]+"${mutual[@]}"} -o "$out/answer" -w '%{http_code}' "$@")
  if [ "$status" -ge 400 ]; then
    printf 'HTTP %s\n' "$status" >&2
    cat "$out/answer" >&2
    exit 1
  fi
}

step '1. Two keys, and a certification request for each'
for kind in website seal; do
  openssl req -new -newkey rsa:2048 -nodes -sha256 -subj "/CN=My firm" \
    -keyout "$out/$kind.key.pem" -out "$out/$kind.csr.pem" 2>/dev/null
  echo "   $out/$kind.key.pem"
done

step '2. Test certificates for them'
json_text() { awk '{ printf "%s\\n", $0 }' "$1"; }
cat > "$out/application.json" <<JSON
{
  "organization_name": "My firm",
  "contact": "developer@firm.example",
  "roles": ["PSP_AI"],
  "website_csr": "$(json_text "$out/website.csr.pem")",
  "seal_csr": "$(json_text "$out/seal.csr.pem")"
}
JSON
call -H 'Content-Type: application/json' --data-binary "@$out/application.json" "$base/certificates"
cp "$out/answer" "$out/application-answer.json"
chmod 600 "$out/application-answer.json"
echo "   we are $(member organization_identifier < "$out/answer")"
# The paths, in the order of the answer: each is PEM, the certificate first, with \n for the ends of lines.
path_of() { tr '{' '\n' < "$out/application-answer.json" | sed -n "/\"kind\":\"$1\"/s/.*\"path\":\"\([^\"]*\)\".*/\1/p"; }
for pair in website:qwac seal:qsealc; do
  paths=$(path_of "${pair#*:}")
  if [ -z "$paths" ]; then echo 'The request waits for the agreement of the bank; ask again later.' >&2; exit 1; fi
  printf '%b' "$paths" > "$out/${pair%:*}.pem"
  openssl x509 -in "$out/${pair%:*}.pem" -noout -enddate | sed 's/^notAfter=/   until /'
done
mutual=(--cert "$out/website.pem" --key "$out/website.key.pem")

step '3. What the bank thinks of the certificate'
call "$base/certificate-check"
echo "   outcome: $(member outcome < "$out/answer")"

step '4. Registration'
# x5c: the whole path, standard base64 of each certificate (RFC 7517 section 4.7).
x5c=$(awk '/BEGIN/ { printf "%s\"", sep; sep = "," ; next } /END/ { printf "\""; next } { printf "%s", $0 }' "$out/seal.pem")
cat > "$out/registration.json" <<JSON
{
  "client_name": "My application",
  "redirect_uris": ["$redirect_uri"],
  "scope": "aisp",
  "token_endpoint_auth_method": "tls_client_auth",
  "grant_types": ["authorization_code", "refresh_token"],
  "response_types": ["code"],
  "jwks": { "keys": [{ "kty": "RSA", "use": "sig", "x5c": [$x5c] }] }
}
JSON
call -H 'Content-Type: application/json' --data-binary "@$out/registration.json" "$base/oauth2/registrations"
client_id=$(member client_id < "$out/answer")
kid=$(member kid < "$out/answer")
echo "   client_id $client_id"
echo "   kid       $kid"

step '5. The consent of a customer'
call "$base/.well-known/oauth-authorization-server"
authorize=$(member authorization_endpoint < "$out/answer")
token_endpoint=$(member token_endpoint < "$out/answer")
base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
verifier=$(openssl rand 32 | base64url)
challenge=$(printf %s "$verifier" | openssl dgst -sha256 -binary | base64url)
state=$(openssl rand 16 | base64url)
address="$authorize?response_type=code&client_id=$client_id&redirect_uri=$redirect_uri&scope=aisp&state=$state&code_challenge=$challenge&code_challenge_method=S256"
web=$(printf %s "$authorize" | sed 's#^\(https://[^/]*\).*#\1#')

# The pages as a browser without script sees them: cookies, a hidden token in each form.
page() { curl -sS --cacert "$ca" -b "$out/cookies" -c "$out/cookies" "$@"; }
field() { sed -n "s/.*name=\"$1\" value=\"\([^\"]*\)\".*/\1/p" | sed -n 1p; }
submit() { # page, then name=value…
  local from=$1 action token typed fields=()
  shift
  for typed in "$@"; do fields+=(--data-urlencode "$typed"); done
  action=$(printf %s "$from" | sed -n 's/.*<form[^>]* action="\([^"]*\)".*/\1/p' | sed -n 1p)
  token=$(printf %s "$from" | field form_token)
  page -H "Origin: $web" --data-urlencode "form_token=$token" "${fields[@]}" \
    -w '\nsent-to: %{redirect_url}\n' "$web$action"
}
if [ -n "$browser" ]; then
  printf '   Open   %s\n   Then paste the address you were sent to: ' "$address"
  read -r returned
else
  : > "$out/cookies"
  sign_in=$(page -L "$address")
  password=$(printf %s "$sign_in" | tr '<' '\n' | sed -n '/^code>camille$/,$p' | sed -n 's/^code>//p' | sed -n 2p)
  second=$(submit "$sign_in" user=camille "password=$password" answer=continue)
  next() { printf %s "$1" | sed -n 's/^sent-to: //p'; }
  [ -z "$(next "$second")" ] || second=$(page "$(next "$second")")
  phone=$(printf %s "$second" | sed -n 's/.*href="\([^"]*\/phone?[^"]*\)".*/\1/p' | sed -n 1p)
  one_time_code=$(page "$web$phone" | grep -oE '\b[0-9]{6}\b' | sed -n 1p)
  consent=$(submit "$second" "code=$one_time_code" answer=continue)
  [ -z "$(next "$consent")" ] || consent=$(page "$(next "$consent")")
  account=$(printf %s "$consent" | tr '<' '\n' | sed -n 's/^input[^>]*name="account"[^>]*value="\([^"]*\)".*/\1/p' | sed -n 1p)
  returned=$(next "$(submit "$consent" "account=$account" answer=agree)")
fi
query() { printf %s "$returned" | sed -n "s/.*[?&]$1=\([^&]*\).*/\1/p"; }
[ "$(query state)" = "$state" ] || { echo "The answer is not to our request: $returned" >&2; exit 1; }
code=$(query code)
echo "   the customer came back with a code"

step '6. A token, bound to our certificate'
call --data-urlencode grant_type=authorization_code --data-urlencode "code=$code" \
  --data-urlencode "redirect_uri=$redirect_uri" --data-urlencode "client_id=$client_id" \
  --data-urlencode "code_verifier=$verifier" "$token_endpoint"
access_token=$(member access_token < "$out/answer")
echo "   for $(sed -n 's/.*"expires_in": *\([0-9]*\).*/\1/p' "$out/answer") s"

step '7. A signed call'
# draft-cavage-http-signatures-12 with rsa-sha256: the names in "headers", in this order, make the text that is signed.
target=${base#"$api"}/stet-psd2-api/v1/accounts
host=${api#https://}
date=$(LC_ALL=C date -u '+%a, %d %b %Y %H:%M:%S GMT')
request_id=$(openssl rand -hex 16)
printf '(request-target): get %s\nhost: %s\ndate: %s\nx-request-id: %s' "$target" "$host" "$date" "$request_id" > "$out/signing-string"
signature=$(openssl dgst -sha256 -sign "$out/seal.key.pem" "$out/signing-string" | openssl base64 -A)
call -H "Date: $date" -H "X-Request-ID: $request_id" -H "Authorization: Bearer $access_token" -H 'Accept: application/hal+json' \
  -H "Signature: keyId=\"$kid\",algorithm=\"rsa-sha256\",headers=\"(request-target) host date x-request-id\",signature=\"$signature\"" \
  "$api$target"
cat "$out/answer"
printf '\n\nAll of it is in %s\n' "$out"
