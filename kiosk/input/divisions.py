"""Where in China: province, city, county and, in Xinxiang, town; for a picker of at most four steps.

The lists are files beside this one, each with its source and date at its top. They age: an address
can always be written freely, and nothing is refused because it is not in a list.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SEED = (Path(__file__).with_name("divisions.toml"), Path(__file__).with_name("xinxiang.toml"))

CHINA = ""  # the root, above the provinces
HENAN = "410000"
XINXIANG = "410700"


@dataclass(frozen=True, slots=True)
class Division:
    """A place one can pick.

    `code` is the six digits of GB/T 2260. That standard ends at the county: a town's code here is its
    county's code, a hyphen and its name, which is unique within the county.
    """

    code: str
    name: str


class Divisions:
    """The tree of divisions. Build it with `read_divisions`; it never changes."""

    def __init__(self, names: Mapping[str, str], towns: Mapping[str, Iterable[str]]) -> None:
        self._by_code = {code: Division(code, name) for code, name in names.items()}
        for county, town_names in towns.items():
            for name in town_names:
                self._by_code[f"{county}-{name}"] = Division(f"{county}-{name}", name)
        self._children: dict[str, list[Division]] = defaultdict(list)
        for division in self._by_code.values():
            self._children[self._parent(division.code)].append(division)

    def children(self, code: str = CHINA) -> tuple[Division, ...]:
        """Return what lies directly below, in the order of the list: provinces below `CHINA`.

        Empty where the list goes no further. Raises `KeyError` for a code that is not in the list.
        """
        if code != CHINA and code not in self._by_code:
            raise KeyError(code)
        return tuple(self._children.get(code, ()))

    def path(self, code: str) -> tuple[Division, ...]:
        """Return the division and all above it, province first. Raises `KeyError` as `children` does."""
        division = self._by_code[code]
        parent = self._parent(code)
        return (*self.path(parent), division) if parent != CHINA else (division,)

    def written(self, code: str) -> str:
        """Return the division as an address begins: 河南省新乡市红旗区洪门镇."""
        return "".join(division.name for division in self.path(code))

    def _parent(self, code: str) -> str:
        if "-" in code:
            return code.partition("-")[0]
        for above in (f"{code[:4]}00", f"{code[:2]}0000"):
            # Some counties have no city between them and the province: 济源, and the districts of Beijing.
            if above != code and above in self._by_code:
                return above
        return CHINA


@cache
def read_divisions(files: tuple[Path, ...] = SEED) -> Divisions:
    """Read lists of divisions, a later one adding to those before it and replacing the towns of its counties.

    `[divisions]` and `[areas]` are code = name, `[towns]` county code = names. Raises `OSError` and
    `tomllib.TOMLDecodeError`.
    """
    names: dict[str, str] = {}
    towns: dict[str, list[str]] = {}
    for file in files:
        with file.open("rb") as stream:
            content = tomllib.load(stream)
        names |= content.get("divisions", {}) | content.get("areas", {})
        towns |= content.get("towns", {})
    return Divisions(dict(sorted(names.items())), towns)
