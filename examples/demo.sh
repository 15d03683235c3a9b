#!/bin/sh
# The main job on a copy of examples/airbyte: one declaration becomes the team's Terraform and IAM,
# and a change by hand is caught. Takes a built `secretform` as its argument, else builds one.
set -eu
cd "$(dirname "$0")/.."
secretform=${1:-}
if [ -z "$secretform" ]; then
  cargo build --quiet --package secretform-cli
  secretform=${CARGO_TARGET_DIR:-$PWD/target}/debug/secretform
fi
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
cp -R examples/airbyte/. "$copy"
mkdir "$copy/.git" # the repository's root
say() { printf '\n\033[1m# %s\033[0m\n' "$1"; }
run() {
  printf '$ %s\n' "$*"
  [ "$1" = secretform ] && shift && set -- "$secretform" "$@"
  "$@" || printf '(exit %s)\n' "$?"
}

cd "$copy"
say "Somebody added group \"airbyte\" to secretform.hcl. In Terraform and IAM there is nothing of it yet."
run rm terraform/aws/secrets.tf
run sed -i.bak -e '/secret:airbyte/d' -e '/secret:prefect/s/,$//' terraform/aws/oidc.tf
run sed -i.bak -e '/secret:airbyte/d' -e '/secret:dlt/s/,$//' iam/prefect-worker.json
rm terraform/aws/oidc.tf.bak iam/prefect-worker.json.bak

say "What would be written:"
run secretform generate --dry-run

say "Write it. The files are then what the team wrote by hand, byte for byte:"
run secretform generate
for file in terraform/aws/secrets.tf terraform/aws/oidc.tf iam/prefect-worker.json; do
  cmp "$file" "$OLDPWD/examples/airbyte/$file" && printf 'the same: %s\n' "$file"
done
run secretform check

say "A pull request widens the CI role's grant and changes a tag:"
run sed -i.bak 's|secret:airbyte/\*|secret:airbyte*|' terraform/aws/oidc.tf
run sed -i.bak '0,/ManagedBy = "terraform"/s//ManagedBy = "Terraform"/' terraform/aws/secrets.tf
rm terraform/aws/*.bak
run secretform check
