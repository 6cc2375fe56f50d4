#!/usr/bin/env bash
# In a tree with the changes checked out: run the gates, tell what changed, ask the policy.
#
# in:  BASE (a commit of where the changes go to), HEAD_SHA (their last commit), REPORT (a folder)
# out: gate (0 or 1), met, risk; in the folder findings.sarif, changes.html, comment.md, verdict.json
set -euo pipefail

# A push may leave behind what was there; a pull request always comes from somewhere.
is_rewritten() {
  [[ ${GITHUB_EVENT_NAME:-} == push ]] && ! git cat-file -e "$BASE^{commit}" 2> /dev/null
}

# The commit that the changes are told from. A trial merge by GitHub has the branch that they go to
# as its first parent and their last commit as its second: no commit of theirs can be like that.
start() {
  local merged
  if merged=$(git rev-parse --verify --quiet "HEAD^2") && [[ $merged == "$HEAD_SHA" ]]; then
    git rev-parse "HEAD^1"
  elif [[ $BASE =~ ^0*$ ]] || is_rewritten; then # nothing is before the first push of a branch
    git rev-parse --verify --quiet "HEAD^1" || git rev-parse HEAD
  else
    git merge-base "$BASE" HEAD
  fi
}

# Of a gate 1 means findings; with anything above there is no saying.
gate=0
judge() {
  local code=0
  "$@" || code=$?
  [[ $code -le 1 ]] || exit "$code"
  [[ $code -eq 0 ]] || gate=1
}

# What differs, its riskiest parts first.
tell() {
  curate diff "$span" --format html --to "$REPORT/changes.html" || return
  curate diff "$span" --format markdown --to "$REPORT/changes.md"
}

# Whether it may merge by itself.
ask() {
  local code=0
  curate policy "$span" --table --format outputs \
    --to "$REPORT/verdict.md" --to "$REPORT/verdict.json" > "$REPORT/outputs" || code=$?
  [[ $code -le 1 ]]
}

mkdir -p "$REPORT"
from=$(start)
span="$from..HEAD"

judge curate validate --all --table --no-cache --since "$from" --format github
judge curate validate --all --table --no-cache --since "$from" --format sarif \
  > "$REPORT/findings.sarif"
judge curate rules test
echo "gate=$gate" >> "$GITHUB_OUTPUT"

refuse() {
  echo "**Needs a person**: $1." > "$REPORT/verdict.md"
  printf 'met=false\nrisk=high\n' > "$REPORT/outputs"
}
if ! tell; then # a file that cannot be read; the gates have said which
  refuse "the changes cannot be read"
  : > "$REPORT/changes.md"
elif ! ask; then # where a catalog begins there is none
  refuse "there is no policy to ask where the changes go to"
fi
cat "$REPORT/outputs" >> "$GITHUB_OUTPUT"

run="$GITHUB_SERVER_URL/$GITHUB_REPOSITORY/actions/runs/$GITHUB_RUN_ID"
{
  echo "<!-- curate -->"
  cat "$REPORT/verdict.md"
  echo
  cat "$REPORT/changes.md"
  echo
  if grep --quiet '^met=false' "$REPORT/outputs"; then
    echo "To answer: \`curate review $from\` or \`curate override\`, committed to this branch."
    echo
  fi
  echo "The page and the findings are in the artefact \`curate-report\` of [this run]($run)."
} > "$REPORT/comment.md"
