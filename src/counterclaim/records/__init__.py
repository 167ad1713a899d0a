"""The words of the project as frozen, typed data classes; no input or output."""

from counterclaim.records.claims import (
    Act, DateType, Figure, Form, Harm, Mention, MentionKind, Qualifier, Scope, SpeakerKind, Statement, Victims,
)  # fmt: skip
from counterclaim.records.disputes import (
    Conflict, ConflictKind, Contest, Moment, Origin, Position, RangeKind, Toll, TollRange, VoiceCount,
)  # fmt: skip
from counterclaim.records.evidence import Capture, CopyKind, CopyLink, DateKnown, Published, Report, Segment
from counterclaim.records.links import (
    Claim, FigureRef, Incident, IncidentRef, Linkage, Polarity, Question, ReadReport, StatementRef, Utterance,
)  # fmt: skip
from counterclaim.records.people import Assessment, Decision, DecisionKind, Run
from counterclaim.records.readings import Extraction, Reading
from counterclaim.records.spans import Offsets, Span
from counterclaim.records.world import (
    Actor, ActorKind, DateMention, DateRange, IncidentMention, Place, PlaceMention, PlacePrecision, Range,
)  # fmt: skip

__all__ = [
    "Act", "Actor", "ActorKind", "Assessment", "Capture", "Claim", "Conflict", "ConflictKind", "Contest", "CopyKind",
    "CopyLink", "DateKnown", "DateMention", "DateRange", "DateType", "Decision", "DecisionKind", "Extraction", "Figure",
    "FigureRef", "Form", "Harm", "Incident", "IncidentMention", "IncidentRef", "Linkage", "Mention", "MentionKind",
    "Moment", "Offsets", "Origin", "Place", "PlaceMention", "PlacePrecision", "Polarity", "Position", "Published",
    "Qualifier", "Question", "Range", "RangeKind", "Reading", "ReadReport", "Report", "Run", "Scope", "Segment", "Span",
    "SpeakerKind", "Statement", "StatementRef", "Toll", "TollRange", "Utterance", "Victims", "VoiceCount",
]  # fmt: skip
