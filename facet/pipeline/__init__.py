"""The pipeline: lock, sync, build with dbt, publish, record. ``run`` is what a scheduler calls."""
