"""The only place that knows all apps: blueprint sections, hooks, navigation, jobs."""
