#!/usr/bin/env bash
# After a run on a pull request: find the pull request, and lay out its files beside ours.
#
# Nothing that the run made is used, since whoever opened the pull request could have made it say
# anything. GitHub is asked which open pull request has the commit as its head, and what the action
# then tells is computed anew, with the tool and the workflow of this branch.
#
# in:  HEAD_SHA, HEAD_OWNER, HEAD_BRANCH (of the event workflow_run), GH_TOKEN
# out: number, base, tree; number is empty if the pull request has moved on or is closed
set -euo pipefail

refuse() {
  echo "curate: $1" >&2
  exit 2
}

[[ $HEAD_SHA =~ ^[0-9a-f]{40}$ ]] || refuse "HEAD_SHA is no commit"

export HEAD_SHA
found=$(gh api --method GET "repos/$GITHUB_REPOSITORY/pulls" \
  --raw-field state=open --raw-field head="$HEAD_OWNER:$HEAD_BRANCH" \
  --jq '.[] | select(.head.sha == env.HEAD_SHA) | "\(.number) \(.base.sha)"')
read -r number base <<< "$found" || true
if [[ -z $number ]]; then
  echo "no open pull request has this commit as its head any more"
  echo "number=" >> "$GITHUB_OUTPUT"
  exit 0
fi
[[ $number =~ ^[1-9][0-9]{0,9}$ ]] || refuse "not the number of a pull request"
[[ $base =~ ^[0-9a-f]{40}$ ]] || refuse "the base is no commit"

# The token is asked for here, and not kept in the checkout, where files of strangers will lie.
fetch() {
  git -c credential.helper= -c credential.helper='!gh auth git-credential' \
    fetch --quiet --no-tags origin "$1"
}
fetch "$base"
fetch "refs/pull/$number/head"
[[ $(git rev-parse FETCH_HEAD) == "$HEAD_SHA" ]] || refuse "pull request $number has moved on"

# Files of strangers: no hook runs, no link is made, no large file is fetched.
tree="$RUNNER_TEMP/curate-head"
GIT_LFS_SKIP_SMUDGE=1 git -c core.hooksPath=/dev/null -c core.symlinks=false \
  worktree add --quiet --detach "$tree" "$HEAD_SHA"
{
  echo "number=$number"
  echo "base=$base"
  echo "tree=$tree"
} >> "$GITHUB_OUTPUT"
