#!/usr/bin/env bash
# Prints what a stack of caravan.yaml knows of the values of the chart (deploy/helm/caravan). It needs aws.
#
# usage: deploy/aws/values.sh [STACK] > values.yaml
set -euo pipefail

stack=${1:-caravan}
region=${AWS_REGION:-$(aws configure get region)}
describe() {
    aws cloudformation describe-stacks --stack-name "$stack" --query "$1" --output text
}
outputs=$(describe 'Stacks[0].Outputs[].[OutputKey,OutputValue]')
provider=$(describe "Stacks[0].Parameters[?ParameterKey=='OidcProvider'].ParameterValue")

# output NAME [WORDS]   in the quotes of YAML; where the stack has none, nothing, and the words for whoever fills it in
output() {
    local value
    value=$(awk -F '\t' -v name="$1" '$1 == name { print $2 }' <<<"$outputs")
    printf '"%s"' "$value"
    [[ -n $value ]] || printf '    # %s' "${2:-the stack has not made it}"
}

account=$(awk -F '\t' '$1 == "PodRoleArn" { split($2, part, ":"); print part[5] }' <<<"$outputs")
# Without an identity provider the role trusts EKS Pod Identity.
role='role: ""    # associated by EKS Pod Identity'
[[ -z $provider || $provider == None ]] || role="role: $(output PodRoleArn)"

cat <<END
image:
  repository: $account.dkr.ecr.$region.amazonaws.com/caravan
region: $region
warehouse:
  url: $(output WarehouseUrl "fill in: jdbc:redshift://HOST:5439/DATABASE")
  user: $(output WarehouseUser "fill in, unless the URL says who connects")
  passwordSecret: $(output WarehousePasswordSecret "fill in: NAME#FIELD of a secret; not with an IAM URL")
$role
staging:
  bucket: $(output StagingBucketName)
  prefix: $(output StagingPrefix)
  role: $(output CopyRoleArn)
# The queue of a feed, and its bucket: $(output QueueArn) $(output SourceBucketName)
feeds: {}
END
