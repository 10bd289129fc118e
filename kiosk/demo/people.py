"""The people of the workbench as the reference backend knows them: the same persons, cards and passwords."""

from collections.abc import Iterable
from datetime import date

from drivers.emulators.personas import Persona
from kiosk.backend.emulator.seed import Living, Person, SeedCard
from kiosk.domain.contact import ContactDetails

RETIRED_BORN_BEFORE = date(1966, 1, 1)
BANK = "中原银行"


def people_of(personas: Iterable[Persona]) -> tuple[Person, ...]:
    """Return the people of the reference backend."""
    return tuple(_person_of(persona) for persona in personas)


def _person_of(persona: Persona) -> Person:
    retired = persona.born_on < RETIRED_BORN_BEFORE
    local = persona.card_region.startswith("4107")
    return Person(
        number=persona.holder_number,
        name=persona.name,
        cards=(SeedCard(persona.card_id, persona.card_number, issued_on=persona.card_issued_on, bank=BANK),),
        password=persona.password,
        other_names=(persona.foreign_name,) if persona.foreign_name else (),
        region=persona.card_region,
        employer="" if retired or not local else "新乡市示例机械制造有限公司",
        contact=ContactDetails(phone="13803730000", address=persona.address or ""),
        living=_living(retired=retired, local=local),
    )


def _living(*, retired: bool, local: bool) -> Living:
    if not local:
        return Living.ELSEWHERE
    return Living.RETIRED if retired else Living.EMPLOYED
