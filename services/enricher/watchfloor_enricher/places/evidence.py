"""Whether words that some place has for its name stand for a place here: what stands before and after them."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import IntEnum

from watchfloor_enricher.countries import country_of_adjective, country_of_name
from watchfloor_enricher.places.mentions import Mention
from watchfloor_enricher.text import Stretch
from watchfloor_enricher.text.lexicon import FUNCTION_WORDS, MONTHS_AND_DAYS, common_words, first_names
from watchfloor_enricher.vessels import VESSELS

LOCATIVE = frozenset(
    "in near outside inside across around throughout within toward towards into at from to over through between off "
    "above beyond leaving entering reached reach visiting visited visit left surrounding bordering via en".split()
)
CERTAIN_LOCATIVE = frozenset(
    "in near outside around across throughout toward towards à vers nach aus bei desde hacia в во під под у из із з "
    "біля".split()
)
DIRECTIONS = frozenset(
    "north south east west northern southern eastern western northeast northwest southeast southwest northeastern "
    "northwestern southeastern southwestern north-eastern north-western south-eastern south-western north-east "
    "north-west south-east south-west central downtown upper lower inner outer greater mainland occupied rural "
    "coastal neighbouring neighboring nearby northernmost southernmost easternmost westernmost mid suburban".split()
)
SETTLEMENTS = frozenset(
    "city town village hamlet settlement capital port suburb district province region oblast county governorate "
    "prefecture state municipality island commune borough enclave exclave stronghold hub metropolis outskirts "
    "airport".split()
)
REGION_WORDS = frozenset(
    "region oblast province governorate state county district prefecture krai raion department canton voivodeship "
    "parish territory division emirate republic regions provinces districts counties vilayet wilaya".split()
)
FRONT_WORDS = frozenset("front axis direction sector salient corridor border".split())
ROLES = frozenset(
    "Mayor Gov Gov. Governor Police President Prime Minister Foreign Defence Defense Interior Sen. Rep. Senator "
    "Sheriff Attorney Ambassador Chancellor King Queen Judge Democrat Republican Archbishop Bishop Deputy Vice "
    "Congressman County City Municipality Secretary Representative Premier Chief Airport Region Oblast Province "
    "State District Governorate Harbour Harbor Port".split()
)
PERSONAL_TITLES = frozenset(
    "Mr Mr. Mrs Mrs. Ms Ms. Miss Dr Dr. Sir Lord Lady Dame Prof. Professor Sen. Senator Rep. Gov. Gen. General Col. "
    "Colonel Maj. Major Capt. Captain Lt. Lieutenant Sgt. Sergeant Adm. Admiral Rev. Judge Justice President "
    "Chancellor Premier Minister Secretary Spokesman Spokeswoman Councillor Congressman Congresswoman Coach Prince "
    "Princess King Queen Pope Saint St.".split()
)
INSTITUTIONS = frozenset("University College School Hospital Church Bank Institute Academy".split())
NAME_OF_SOMETHING = frozenset(
    "Chronicle Observer Examiner Mail Telegraph Inquirer Sentinel Dispatch Register Courier Record University "
    "College School Hospital Church Bank Company Corp. Corp Inc Inc. Ltd Group Times Post Herald Tribune Journal "
    "Gazette News Globe Star Press Daily Institute Foundation Association Society Club Hotel Street Road Avenue Lane "
    "Drive Boulevard Square Park Bridge Stadium Arena Theatre Theater Museum Center Centre Court Courthouse Hall "
    "House Tower Building Library Agreement Accord Accords Treaty Declaration Protocol Convention Act Award Prize "
    "Festival Marathon Olympics Games Open Cup League Conference Summit Forum Review Report Airlines Airways Railway "
    "Railroad Rangers Rovers United FC Sox Bears Lions Tigers Eagles Giants Jets Patriots Cowboys Warriors Knicks "
    "Lakers Bulls Yankees Mets Dodgers Rockets Spurs Heat Magic Creek River Lake Mountain Mountains Valley Canyon "
    "Beach Bay Hills Heights Springs Point Cemetery Elementary Middle High Academy Trust Council Committee "
    "Commission Department Office Ministry Authority Agency Bureau Service Union Party Army Navy Brigade Division "
    "Battalion Regiment Corps Fleet Command Guard".split()
)
TOWNS = frozenset(["city", "capital", "county"])
NEVER_PLACES = MONTHS_AND_DAYS | frozenset(
    "God Jesus Christ Allah Islam Muslim Muslims Christian Christians Jewish Jew Jews Internet Facebook Twitter "
    "Google Telegram Apple Amazon Reuters Associated Press X AP AFP BBC CNN NATO EU UN Parliament Congress Senate "
    "Kremlin Pentagon Minister President Prime Foreign General Colonel Major Captain Sir Mr Mrs Ms Dr Covid Ebola "
    "Zika Patriot Hamas Hezbollah Fatah Houthi Houthis Taliban Wagner Azov Boko Haram Qaeda Tomahawk Stinger Javelin "
    "Abrams Leopard Taurus".split()
)


class Evidence(IntEnum):
    """How sure it is that words stand for a place."""

    AGAINST = 0
    WEAK = 1
    FAIR = 2
    STRONG = 3


@dataclass(frozen=True)
class Context:
    """What is known of the article around the mentions."""

    people: tuple[Stretch, ...]
    organisations: tuple[Stretch, ...]
    small_words: frozenset[str]
    """Words that the article also prints in small letters."""
    surnames: frozenset[str]
    """Words of the names of people in the article."""
    vessels: frozenset[str]
    """Names that the article gives to ships."""
    dateline: Stretch | None = None
    """The names of the places where the report was written."""


def overlapping(stretch: Stretch, others: Collection[Stretch]) -> bool:
    """Whether a stretch touches one of others."""
    return any(stretch.overlaps(other) for other in others)


def evidence_of(mention: Mention, context: Context) -> Evidence:
    """How sure the words around a mention make it that a place is meant."""
    if _speaks_against(mention, context):
        return Evidence.AGAINST
    if _strong(mention) or _in_dateline(mention, context):
        return Evidence.STRONG
    if _fair(mention):
        return Evidence.FAIR
    return Evidence.WEAK


def is_common_word(mention: Mention, context: Context) -> bool:
    """Whether all its words are English words as well: "Reading", "White House"."""
    words = mention.printed.lower().split()
    return all(word in common_words() or word in context.small_words or word in FUNCTION_WORDS for word in words)


def is_persons_name(mention: Mention, context: Context) -> bool:
    """Whether it is also a first name, or a name of somebody in this article."""
    return mention.printed in first_names() or mention.printed in context.surnames


def _speaks_against(mention: Mention, context: Context) -> bool:
    if overlapping(mention.stretch, context.people) or overlapping(mention.stretch, context.organisations):
        return True
    if country_of_adjective(mention.printed) and not country_of_name(mention.printed):
        return True
    words, before, after = mention.printed, mention.before(), mention.after()
    if words in NEVER_PLACES or words.lower() in FUNCTION_WORDS | DIRECTIONS:
        return True
    if _is_abbreviation(mention) and not _in_dateline(mention, context):
        return True
    if before.lower() == "the" and _is_small(mention) and is_common_word(mention, context):
        return after.lower() not in REGION_WORDS | FRONT_WORDS
    if words in context.vessels and before.lower() in VESSELS | {"the"}:
        return True
    if before in PERSONAL_TITLES and not mention.words[mention.first].first_of_sentence:
        return True
    return _names_something_else(mention, after) or _is_a_persons(mention, before, after)


def _in_dateline(mention: Mention, context: Context) -> bool:
    return context.dateline is not None and mention.stretch.overlaps(context.dateline)


def _is_abbreviation(mention: Mention) -> bool:
    """Three or four capitals that no country, state or area has for its name: an institution's, mostly."""
    printed = mention.printed
    return (
        printed.isascii()
        and printed.isupper()
        and len(printed) < 5
        and all(c.kind in TOWNS for c in mention.candidates)
    )


def _is_small(mention: Mention) -> bool:
    """Whether only towns have the name: countries, states and seas can stand behind "the"."""
    return all(each.kind == "city" for each in mention.candidates)


def _names_something_else(mention: Mention, after: str) -> bool:
    """A school, a paper, a team: the next word, without a mark between, makes the place part of another name."""
    if INSTITUTIONS & set(mention.printed.split()):
        return True
    if mention.before() == "of" and mention.before(2) in NAME_OF_SOMETHING:
        return True
    beyond = mention.after(2)
    return after in NAME_OF_SOMETHING or (
        after[:1].isupper() and beyond in NAME_OF_SOMETHING and after not in ROLES - {"State"}
    )


def _is_a_persons(mention: Mention, before: str, after: str) -> bool:
    """Part of a person's name: a first name or initial before it, or another capitalised word behind a first name."""
    single = mention.last - mention.first == 1
    if before in first_names() and before.lower() not in common_words() and before[:1].isupper() and single:
        return True
    if re.fullmatch(r"[A-Z]\.", before) and single:
        return True
    if mention.printed in first_names() and after[:1].isupper() and after not in ROLES and after.isalpha():
        return after.lower() not in FUNCTION_WORDS
    return False


def _strong(mention: Mention) -> bool:
    before, after = mention.before(), mention.after()
    if mention.last - mention.first > 1 and mention.printed.split()[-1].lower() in REGION_WORDS:
        return True
    if mention.first < 4 and mention.printed.isupper() and len(mention.printed) > 3:
        return True
    if before.lower() in CERTAIN_LOCATIVE and mention.printed[0].isupper():
        return True
    if before == "of" and mention.before(2).lower() in SETTLEMENTS | DIRECTIONS:
        return True
    if before.lower() in DIRECTIONS and (before.islower() or mention.words[mention.first].first_of_sentence):
        return True
    if (
        before == "the"
        and mention.before(2).lower() in CERTAIN_LOCATIVE
        and after.lower() in REGION_WORDS | FRONT_WORDS
    ):
        return True
    return after.lower() in REGION_WORDS | FRONT_WORDS and after.islower()


def _fair(mention: Mention) -> bool:
    before, after = mention.before(), mention.after()
    if before.lower() in LOCATIVE or before.lower() in SETTLEMENTS:
        return True
    if after in ("'s", "’s") and mention.after(2).lower() in SETTLEMENTS:
        return True
    return after in ("-", "‐") and mention.after(2) in ("based", "born", "controlled", "held", "backed")
