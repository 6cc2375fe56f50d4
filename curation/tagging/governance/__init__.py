"""What keeps the rules honest: their examples, their worth on gold, their fit, their ratchet."""
