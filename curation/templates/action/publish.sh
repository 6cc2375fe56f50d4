#!/usr/bin/env bash
# Tell a pull request what judge.sh found: one comment, labels, and leave to merge.
#
# in:  NUMBER, HEAD_SHA, HEAD_REPOSITORY, HEAD_BRANCH (of the pull request), REPORT, AUTHOR (who
#      comments), GATE, MET, RISK, MERGE (true: apply the policy), MERGE_FROM (a branch), GH_TOKEN
set -euo pipefail

# The most characters that GitHub takes for a comment.
MOST=65536
issue="repos/$GITHUB_REPOSITORY/issues/$NUMBER"

comment() {
  local body="$REPORT/comment.md" ours
  if [[ $(wc --chars < "$body") -gt $MOST ]]; then
    echo "curate: the comment is too long" >&2
    exit 3
  fi
  ours=$(gh api --paginate "$issue/comments" --jq '.[] |
    select(.user.login == env.AUTHOR and (.body | startswith("<!-- curate -->"))) | .id')
  ours=${ours%%$'\n'*}
  if [[ $ours =~ ^[0-9]+$ ]]; then
    gh api --silent --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$ours" \
      --field body=@"$body"
  else
    gh api --silent --method POST "$issue/comments" --field body=@"$body"
  fi
}

label() {
  local wanted=("curate-$RISK-risk") has name
  [[ $MET == true ]] || wanted+=(curate-needs-person)
  has=$(gh api --paginate "$issue/labels" --jq '.[].name | select(startswith("curate-"))')
  for name in curate-{high,some,no}-risk curate-needs-person; do
    if [[ $'\n'$has$'\n' == *$'\n'$name$'\n'* && " ${wanted[*]} " != *" $name "* ]]; then
      gh api --silent --method DELETE "$issue/labels/$name"
    fi
  done
  gh api --silent --method POST "$issue/labels" "${wanted[@]/#/--raw-field=labels[]=}"
}

# Only what comes from the one branch of this repository that was named merges by itself.
merge() {
  local waiting
  [[ $HEAD_REPOSITORY == "$GITHUB_REPOSITORY" && $HEAD_BRANCH == "$MERGE_FROM" ]] || return 0
  if [[ $MET == true && $GATE == 0 ]]; then
    gh pr merge "$NUMBER" --repo "$GITHUB_REPOSITORY" --auto --squash \
      --match-head-commit "$HEAD_SHA"
    return
  fi
  waiting=$(gh pr view "$NUMBER" --repo "$GITHUB_REPOSITORY" --json autoMergeRequest \
    --jq '.autoMergeRequest != null')
  if [[ $waiting == true ]]; then # an earlier commit might have merged
    gh pr merge "$NUMBER" --repo "$GITHUB_REPOSITORY" --disable-auto
  fi
}

[[ $NUMBER =~ ^[1-9][0-9]{0,9}$ ]] || { echo "curate: not a number: NUMBER" >&2; exit 2; }
[[ $RISK =~ ^(high|some|no)$ ]] || { echo "curate: not a risk: RISK" >&2; exit 2; }
export AUTHOR
comment
label
if [[ $MERGE == true ]]; then
  merge
fi
