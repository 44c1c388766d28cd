"""Thirty real districts for a demo network: medium to large, with several groups to compare.

Twenty-seven have all four school years; one each of Kentucky, Oklahoma and Louisiana misses the
year that its state is missing from. Omaha lies outside the South, for the case that a person
decides. The people of a demo are made up; the districts and their figures are not.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DemoDistrict:
    """A district by its federal id; ``missing`` is the school year it has no figures for."""

    leaid: str
    name: str
    state: str
    missing: int | None = None


DEMO_DISTRICTS: tuple[DemoDistrict, ...] = (
    DemoDistrict("0101800", "Huntsville City", "AL"),
    DemoDistrict("0102370", "Mobile County", "AL"),
    DemoDistrict("0102430", "Montgomery County", "AL"),
    DemoDistrict("0509000", "Little Rock School District", "AR"),
    DemoDistrict("0512660", "Springdale School District", "AR"),
    DemoDistrict("1000200", "Christina School District", "DE"),
    DemoDistrict("1100030", "District of Columbia Public Schools", "DC"),
    DemoDistrict("1200030", "Alachua", "FL"),
    DemoDistrict("1201710", "Seminole", "FL"),
    DemoDistrict("1301230", "Clayton County", "GA"),
    DemoDistrict("1303870", "Muscogee County", "GA"),
    DemoDistrict("1304410", "Rockdale County", "GA"),
    DemoDistrict("2102990", "Jefferson County", "KY", missing=2012),
    DemoDistrict("2200540", "East Baton Rouge Parish", "LA", missing=2015),
    DemoDistrict("2400330", "Frederick County Public Schools", "MD"),
    DemoDistrict("2801320", "Desoto County School District", "MS"),
    DemoDistrict("2804470", "Vicksburg Warren School District", "MS"),
    DemoDistrict("3174820", "Omaha Public Schools", "NE"),
    DemoDistrict("3700011", "Cumberland County Schools", "NC"),
    DemoDistrict("3701260", "Durham Public Schools", "NC"),
    DemoDistrict("4030240", "Tulsa", "OK", missing=2012),
    DemoDistrict("4501440", "Charleston 01", "SC"),
    DemoDistrict("4503390", "Richland 02", "SC"),
    DemoDistrict("4702220", "Knox County", "TN"),
    DemoDistrict("4703690", "Rutherford County", "TN"),
    DemoDistrict("4807710", "Aldine ISD", "TX"),
    DemoDistrict("4808700", "Arlington ISD", "TX"),
    DemoDistrict("5101890", "Henrico County Public Schools", "VA"),
    DemoDistrict("5102670", "Norfolk City Public Schools", "VA"),
    DemoDistrict("5400600", "Kanawha County Schools", "WV"),
)
