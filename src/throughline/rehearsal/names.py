"""Made-up people. Names are drawn apart, so that none is meant to be anybody."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

FIRST = (
    "Adaeze", "Alma", "Amara", "Anand", "Ana", "Arturo", "Beatriz", "Bernice", "Camille", "Carla",
    "Cedric", "Celia", "Chioma", "Corinne", "Dalia", "Darnell", "Delphine", "Devon", "Eduardo",
    "Elena", "Emeka", "Ernesto", "Esther", "Fatima", "Felix", "Gloria", "Graciela", "Hana",
    "Harriet", "Ibrahim", "Ines", "Imani", "Isaiah", "Jamila", "Joaquin", "Josephine", "Jun",
    "Kalinda", "Keisha", "Kofi", "Latoya", "Leilani", "Leona", "Lucia", "Malik", "Marcus",
    "Marguerite", "Marisol", "Mateo", "Maya", "Minh", "Nadia", "Naomi", "Nikhil", "Noor", "Odessa",
    "Olivia", "Omar", "Patrice", "Paulo", "Priya", "Quentin", "Raquel", "Reggie", "Renata", "Rhea",
    "Rosalind", "Ruben", "Samuel", "Serena", "Simone", "Soledad", "Talia", "Tamika", "Teresa",
    "Thaddeus", "Tomas", "Valeria", "Vivian", "Wanda", "Xiomara", "Yolanda", "Yusuf", "Zora",
)  # fmt: skip
LAST = (
    "Abernethy", "Adeyemi", "Alcott", "Amador", "Ashby", "Baptiste", "Barlow", "Beaumont",
    "Boudreaux", "Brightwater", "Caldera", "Castellano", "Chatham", "Coles", "Crenshaw", "Dacosta",
    "Delacroix", "Dunmore", "Eastland", "Ekwueme", "Fairweather", "Fontaine", "Gaines", "Galloway",
    "Grantham", "Guidry", "Hargrove", "Hatchett", "Holloway", "Ibarra", "Ingram", "Jolivette",
    "Kearney", "Kimbrough", "Langston", "Larkspur", "Ledbetter", "Lockhart", "Macintosh",
    "Marchetti", "Mayfield", "Mendoza", "Merriweather", "Montrose", "Mouton", "Nakamura", "Narvaez",
    "Okafor", "Oliveira", "Pemberton", "Pendergrass", "Quiroga", "Rainwater", "Ravenel", "Rosales",
    "Saldana", "Sandoval", "Sewell", "Shelby", "Stallworth", "Sundaram", "Tallis", "Thibodeaux",
    "Trent", "Truesdale", "Underhill", "Valverde", "Vann", "Villanueva", "Wadley", "Washburn",
    "Whitlock", "Winfield", "Yarborough", "Zamora",
)  # fmt: skip


def made_up_names(chance: Random) -> Iterator[str]:
    """Yield names without end, none twice."""
    pairs = [(first, last) for first in FIRST for last in LAST]
    chance.shuffle(pairs)
    for first, last in pairs:
        yield f"{first} {last}"


def address_of(name: str, domain: str) -> str:
    """Return an address under ``.example``, which no mail server serves."""
    return f"{name.lower().replace(' ', '.')}@{domain}.example"
