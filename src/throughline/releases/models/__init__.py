"""Tables of releases, one noun a file."""

from throughline.releases.models.book import ReleaseBook, ReleasePlan
from throughline.releases.models.cells import BaseCells
from throughline.releases.models.population import Population
from throughline.releases.models.release import Release, ReleaseEntry

__all__ = ["BaseCells", "Population", "Release", "ReleaseBook", "ReleaseEntry", "ReleasePlan"]
