"""The timetable of the bells: data only. A bell nobody heard in time expires, so that missed ones never pile up."""

from typing import Any

from celery.schedules import crontab

SWEEP_SECONDS = 1.0
PRINT_SECONDS = 2.0
SCAN_MINUTE = 5
STEPS_MINUTE = 10

SCHEDULE: dict[str, dict[str, Any]] = {
    "notices-and-jobs sweep": {
        "task": "clock.sweep",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": 5},
    },
    # A bell of its own: a slow file must not hold up what is told.
    "renditions print": {
        "task": "renditions.print",
        "schedule": PRINT_SECONDS,
        "options": {"expires": 5},
    },
    "obligations scan": {
        "task": "obligations.scan",
        "schedule": crontab(minute=str(SCAN_MINUTE)),
        "options": {"expires": 55 * 60},
    },
    # After the night's scan: what it finds is few, and it finds it once.
    "steps scan": {
        "task": "steps.scan",
        "schedule": crontab(minute=str(STEPS_MINUTE)),
        "options": {"expires": 55 * 60},
    },
}

# Each start of a clock process rings this once: whatever fell due while nobody was listening is found at once.
SCAN_AT_START = SCHEDULE["obligations scan"]
