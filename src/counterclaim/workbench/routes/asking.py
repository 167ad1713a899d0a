"""What may be asked of the incidents, read from an address in the same way by the list, the API and the export."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query

from counterclaim.workbench.lines import Filter
from counterclaim.workbench.world import Area

_Text = Annotated[str, Query(max_length=500)]
_Date = Annotated[str, Query(max_length=25)]


def asked(
    words: _Text = "", place: _Text = "", since: _Date = "", until: _Date = "", side: _Text = "", question: _Text = "",
    contradicts: bool = False, one_voice: bool = False, new_since: _Date = "", area: _Text = "",
) -> Filter:  # fmt: skip
    """The filter that an address carries; what makes no sense asks nothing."""
    return Filter(
        words=words.strip(), place=place.strip(), since=since, until=until, side=side, question=question, contradicts=contradicts,
        one_voice=one_voice, new_since=new_since, area=Area.of(area),
    )  # fmt: skip


Asked = Annotated[Filter, Depends(asked)]
"""A filter as a parameter of a route."""
