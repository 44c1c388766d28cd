"""Tables of evidence, one noun a file."""

from throughline.evidence.models.analysis import Analysis
from throughline.evidence.models.data_set import DataSet
from throughline.evidence.models.finding import Finding
from throughline.evidence.models.snapshot import Snapshot, SnapshotPlace

__all__ = ["Analysis", "DataSet", "Finding", "Snapshot", "SnapshotPlace"]
