"""Month names in the languages of the world's feeds, and how they are shortened."""

import unicodedata

LANGUAGES = """
en january february march april may june july august september october november december
de januar februar märz april mai juni juli august september oktober november dezember
fr janvier février mars avril mai juin juillet août septembre octobre novembre décembre
es enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
pt janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
it gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
nl januari februari maart april mei juni juli augustus september oktober november december
pl styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień
pl stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
uk січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень
uk січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
ru январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
ru января февраля марта апреля мая июня июля августа сентября октября ноября декабря
cs leden únor březen duben květen červen červenec srpen září říjen listopad prosinec
cs ledna února března dubna května června července srpna září října listopadu prosince
sk január február marec apríl máj jún júl august september október november december
sv januari februari mars april maj juni juli augusti september oktober november december
da januar februar marts april maj juni juli august september oktober november december
no januar februar mars april mai juni juli august september oktober november desember
tr ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
fi tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu joulukuu
ro ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie
hu január február március április május június július augusztus szeptember október november december
lt sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio
lv janvāris februāris marts aprīlis maijs jūnijs jūlijs augusts septembris oktobris novembris decembris
et jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember
bg януари февруари март април май юни юли август септември октомври ноември декември
be студзеня лютага сакавіка красавіка мая чэрвеня ліпеня жніўня верасня кастрычніка лістапада снежня
el ιανουάριος φεβρουάριος μάρτιος απρίλιος μάιος ιούνιος ιούλιος αύγουστος σεπτέμβριος οκτώβριος νοέμβριος δεκέμβριος
el ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου δεκεμβρίου
id januari februari maret april mei juni juli agustus september oktober november desember
ca gener febrer març abril maig juny juliol agost setembre octubre novembre desembre
ar يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
ar كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_الأول تشرين_الثاني كانون_الأول
fa ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر
he ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר
"""
"""A line a language (and a second for the genitive); what comes first wins where two languages share a word."""
SHORT = {
    "sept": 9, "jän": 1, "jänner": 1, "feber": 2, "mrz": 3, "mrt": 3, "mär": 3, "abr": 4, "juil": 7, "jui": 7,
    "aou": 8, "июнь": 6, "июль": 7, "мрт": 3, "мая": 5, "нояб": 11, "сент": 9, "febr": 2, "gen": 1,
}  # fmt: skip


def fold(word: str) -> str:
    """A word without case, accents and stops, as the names are compared.

    >>> fold("Févr.")
    'fevr'
    """
    parts = unicodedata.normalize("NFKD", word.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part)).strip(".,")


def _names() -> dict[str, int]:
    """Every name and every beginning of one, of three letters or more, that means one month alone in its language."""
    found: dict[str, int] = {}
    for line in LANGUAGES.strip().splitlines():
        months = [fold(name.replace("_", " ")) for name in line.split()[1:]]
        beginnings: dict[str, set[int]] = {}
        for number, name in enumerate(months, start=1):
            for length in range(min(3, len(name)), len(name) + 1):
                beginnings.setdefault(name[:length], set()).add(number)
        for number, name in enumerate(months, start=1):
            beginnings[name] = {number}
        for beginning, numbers in beginnings.items():
            if len(numbers) == 1:
                found.setdefault(beginning, numbers.pop())
    return {**{fold(word): number for word, number in SHORT.items()}, **found}


MONTHS = _names()
"""Folded names and their numbers, 1 to 12."""
