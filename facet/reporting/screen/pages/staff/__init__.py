"""Staff: team, leaderboard, one person, commission."""
