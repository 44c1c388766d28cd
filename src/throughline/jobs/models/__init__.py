"""Jobs, and what repeats."""

from throughline.jobs.models.job import Job, JobQuerySet
from throughline.jobs.models.recurring import Recurring

__all__ = ["Job", "JobQuerySet", "Recurring"]
