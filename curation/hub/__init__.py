"""The Hub: reach it, read its answers and its bulk files, turn them into facts."""
