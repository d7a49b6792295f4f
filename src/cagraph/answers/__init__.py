"""Answers: one question of a reader each, put to a store and returned as rows."""
