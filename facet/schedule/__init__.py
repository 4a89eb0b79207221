"""The schedule: jobs at their times, one at a time each, tried again where that helps."""
