"""From the whole kiosk to the screen it shows: one presenter for every state, page and mode.

A test holds that no state is without a presenter, so no screen can be forgotten.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from kiosk.flows import (
    contact_change as contact_states,
)
from kiosk.flows import (
    guides as guide_states,
)
from kiosk.flows import (
    identification as identification_states,
)
from kiosk.flows import (
    loss_report as loss_states,
)
from kiosk.flows import (
    mode as modes,
)
from kiosk.flows import (
    outcome as outcome_states,
)
from kiosk.flows import (
    receipt_lookup as lookup_states,
)
from kiosk.flows import (
    records as record_states,
)
from kiosk.flows import (
    visit as visit_states,
)
from kiosk.input.divisions import Divisions
from kiosk.views.frame import Frame, Moment
from kiosk.views.models import View
from kiosk.views.presenters import (
    contact_change,
    contributions,
    guides,
    identification,
    loss_report,
    maintenance,
    mode,
    outcome,
    receipt_lookup,
    records,
    visit,
)
from kiosk.views.speech import spoken
from kiosk.views.words import Words

# A table from a type to a function of that type: the one place where the pairing can't be typed.
Presenter: TypeAlias = Callable[[Frame, Any], View]

PRESENTERS: Mapping[type, Presenter] = {
    visit_states.Home: visit.home,
    visit_states.StillThere: visit.still_there,
    visit_states.TakingCard: visit.taking_card,
    visit_states.Farewell: visit.farewell,
    visit_states.PersonsDiffer: visit.persons_differ,
    identification_states.AwaitingCard: identification.awaiting_card,
    identification_states.ReaderGone: identification.reader_gone,
    identification_states.ReadingCard: identification.reading_card,
    identification_states.CardTrouble: identification.card_trouble,
    identification_states.EnteringPassword: identification.entering_password,
    identification_states.OpeningVisit: identification.opening_visit,
    identification_states.LoadingRecords: identification.loading_records,
    identification_states.NotServed: identification.not_served,
    record_states.ChoosingTopic: records.choosing_topic,
    record_states.ShowingTopic: records.showing_topic,
    record_states.ChoosingInsurance: contributions.choosing_insurance,
    record_states.ChoosingYear: contributions.choosing_year,
    record_states.AskingForYear: contributions.asking_for_year,
    record_states.YearNotShown: contributions.year_not_shown,
    record_states.ShowingYear: contributions.showing_year,
    contact_states.EditingContact: contact_change.editing,
    contact_states.EnteringValue: contact_change.entering_value,
    contact_states.ReviewingChange: contact_change.reviewing,
    contact_states.ConfirmingByPassword: contact_change.confirming,
    contact_states.ChangeNotPossible: contact_change.not_possible,
    loss_states.NotOffered: loss_report.not_offered,
    loss_states.AwaitingIdCard: loss_report.awaiting_id_card,
    loss_states.IdCardTrouble: loss_report.id_card_trouble,
    loss_states.FindingCards: loss_report.finding_cards,
    loss_states.ChoosingCard: loss_report.choosing_card,
    loss_states.ExplainingLoss: loss_report.explaining,
    loss_states.NoCardToReport: loss_report.no_card,
    loss_states.WarningOffline: loss_report.warning_offline,
    loss_states.ConfirmingOffline: loss_report.confirming_offline,
    lookup_states.EnteringReceiptNumber: receipt_lookup.entering,
    lookup_states.LookingUp: receipt_lookup.looking_up,
    guide_states.ChoosingGuide: guides.choosing,
    guide_states.ShowingGuide: guides.showing,
    guide_states.ListingServicePoints: guides.listing_service_points,
    outcome_states.Recording: outcome.recording,
    outcome_states.NotRecorded: outcome.not_recorded,
    outcome_states.Sending: outcome.sending,
    outcome_states.ShowingOutcome: outcome.showing,
    modes.Starting: mode.starting,
    modes.OutOfService: mode.out_of_service,
    **maintenance.PRESENTERS,
}


@dataclass(frozen=True, slots=True)
class Library:
    """What presenters look things up in: the words of each language, and the places of an address.

    The places are read when somebody first picks one, not while a citizen waits for the home screen.
    """

    words: Mapping[str, Words]
    divisions: Callable[[], Divisions]


def present(kiosk: modes.Kiosk, library: Library, moment: Moment) -> View:
    """Return the screen of the kiosk at a moment, and what is said of it where that is heard."""
    words = library.words[kiosk.visit.session.settings.language]
    frame = Frame(kiosk.visit, words, library.divisions, moment, kiosk.mode)
    view = PRESENTERS[type(kiosk.state)](frame, kiosk.state)
    return replace(view, speech=spoken(view, words)) if view.aloud or view.alarm else view
