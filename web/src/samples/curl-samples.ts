import type { JourneyStepName } from '../views/journey-view.js';
import type { Sample } from './sample-facts.js';

/** The journey as one shell script: bash, curl, openssl and jq. */
export const curlSamples: Readonly<Record<JourneyStepName, Sample>> = {
  keys: () => `#!/usr/bin/env bash
set -euo pipefail
for use in website seal; do
  openssl req -new -newkey rsa:2048 -nodes -subj '/CN=journey' \\
    -keyout $use-key.pem -out $use.csr
done`,
  certificates: ({ issuer }) => `jq -n --rawfile website website.csr --rawfile seal seal.csr '{
  organization_name: "My company", contact: "dev@example.org",
  roles: ["PSP_AI"], website_csr: $website, seal_csr: $seal
}' | curl -sS --fail-with-body '${issuer}/certificates' \\
  -H 'Content-Type: application/json' --data-binary @- > certificates.json
path() { jq -r --arg kind $1 '.certificates[] | select(.kind == $kind) | .path' certificates.json; }
path qwac > website-path.pem
path qsealc > seal-path.pem`,
  check: ({ issuer }) => `qwac='--cert website-path.pem --key website-key.pem'
curl -sS $qwac '${issuer}/certificate-check' | jq -r .outcome`,
  register: ({
    issuer,
    redirectUri,
  }) => `x5c=$(jq -Rs '[scan("BEGIN CERTIFICATE-----([^-]+)")[0] | gsub("\\\\s"; "")]' seal-path.pem)
jq -n --argjson x5c "$x5c" '{
  client_name: "My application", redirect_uris: ["${redirectUri}"],
  scope: "aisp", jwks: {keys: [{x5c: $x5c}]}
}' | curl -sS --fail-with-body $qwac '${issuer}/oauth2/registrations' \\
  -H 'Content-Type: application/json' --data-binary @- > client.json
client_id=$(jq -r .client_id client.json)
kid=$(jq -r '.jwks.keys[0].kid' client.json)`,
  authorize: ({ authorization, redirectUri }) => `verifier=$(openssl rand -hex 32)
challenge=$(printf %s "$verifier" | openssl dgst -sha256 -binary | openssl base64 -A | tr '+/' '-_' | tr -d '=')
state=$(openssl rand -hex 16)
echo "Open: ${authorization}?response_type=code&client_id=$client_id&redirect_uri=${encodeURIComponent(redirectUri)}&scope=aisp&state=$state&code_challenge=$challenge&code_challenge_method=S256"
read -r -p 'The address that the browser was sent to: ' returned
[[ $returned == *"state=$state"* ]]
code=$(sed 's/.*[?&]code=\\([^&]*\\).*/\\1/' <<< "$returned")`,
  token: ({ issuer, redirectUri }) => `curl -sS --fail-with-body $qwac '${issuer}/oauth2/token' \\
  -d grant_type=authorization_code -d "client_id=$client_id" -d "code=$code" \\
  -d "code_verifier=$verifier" --data-urlencode 'redirect_uri=${redirectUri}' > token.json
token=$(jq -r .access_token token.json)`,
  call: ({ api }) => `date=$(LC_ALL=C date -u '+%a, %d %b %Y %H:%M:%S GMT')
id=$(openssl rand -hex 16)
signature=$(printf '(request-target): get %s\\nhost: %s\\ndate: %s\\nx-request-id: %s' \\
  '${pathOf(api)}/accounts' '${hostOf(api)}' "$date" "$id" |
  openssl dgst -sha256 -sign seal-key.pem | openssl base64 -A)
headers=(-H "Authorization: Bearer $token" -H 'Accept: application/json' -H "Date: $date"
  -H "Signature: keyId=\\"$kid\\",algorithm=\\"rsa-sha256\\",headers=\\"(request-target) host date x-request-id\\",signature=\\"$signature\\"")
curl -sS --fail-with-body $qwac '${api}/accounts' "\${headers[@]}" -H "X-Request-Id: $id"`,
  altered: ({ api }) => `curl -sS $qwac '${api}/accounts' "\${headers[@]}" \\
  -H "X-Request-Id: another" | jq -r .error_code`,
  anonymous: ({ api }) => `curl -sS '${api}/accounts' "\${headers[@]}" \\
  -H "X-Request-Id: $id" | jq -r .error_code`,
  end: ({ issuer }) => `curl -sS --fail-with-body $qwac -X DELETE "${issuer}/oauth2/registrations/$client_id"`,
};

function pathOf(url: string): string {
  return new URL(url).pathname;
}

function hostOf(url: string): string {
  return new URL(url).host;
}
