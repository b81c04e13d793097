"""Progress (進捗) and judgement (評価) of a plan's rows: pure functions, schemes as data."""
