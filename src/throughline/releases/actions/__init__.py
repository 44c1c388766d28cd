"""Use cases of releases, one a file."""

from throughline.releases.actions.publish_figures import (
    PrintedCell,
    PublishedTable,
    publish_figures,
)
from throughline.releases.actions.recall_release import recall_release

__all__ = ["PrintedCell", "PublishedTable", "publish_figures", "recall_release"]
