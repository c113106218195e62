"""The words of decision records in the languages they are written in: headings, labels of lines, statuses.

Plain data. A word is written folded (see `folded`), as it is compared.
"""

from __future__ import annotations

import re
import unicodedata

_FIELDS: dict[str, tuple[str, ...]] = {
    "status": (
        "status", "decision status", "adr status", "estado", "statut", "stato", "статус", "durum",
        "状态", "狀態", "ステータス", "状態", "상태",
    ),
    "date": (
        "date", "decision date", "date decided", "decided on", "date of decision", "datum", "fecha", "data",
        "data della decisione", "data da decisão", "fecha de la decisión", "date de la décision", "дата", "tarih",
        "日期", "日付", "날짜",
    ),
    "decision-makers": (
        "deciders", "decider", "decision makers", "decision maker", "decided by", "decideurs", "decisores",
        "decididores", "decidido por", "decide par", "entscheider", "entscheidungstrager", "entschieden von",
        "decisori", "besluitvormers", "beslissers", "decydenci", "karar verenler", "принимающие решение",
        "хто ухвалив", "ухвалили", "принявшие решение", "决策者", "決策者", "決定者", "意思決定者", "결정자",
    ),
    "consulted": ("consulted", "consultados", "konsultiert", "befragt"),
    "informed": ("informed", "informados", "informiert"),
    "supersedes": ("supersedes", "supercedes", "superseeds", "supersede", "reemplaza a", "sustituye a"),
    "superseded_by": (
        "superseded by", "superceded by", "superseeded by", "replaced by", "reemplazada por", "reemplazado por",
        "sustituida por", "sustituido por", "remplacee par", "remplace par", "ersetzt durch", "abgelost durch",
        "vervangen door", "zastąpiony przez", "zastąpiona przez", "заменено", "заменен на", "заменена на",
        "замінено на", "被取代于", "被取代",
    ),
}  # fmt: skip

HEADINGS: dict[str, tuple[str, ...]] = {
    **_FIELDS,
    "context": (
        "context", "contexto", "contexte", "kontext", "contesto", "kontekst", "bağlam", "контекст", "背景", "上下文",
        "コンテキスト", "배경",
    ),
    "decision": (
        "decision", "decision outcome", "entscheidung", "decisione", "decisao", "besluit", "decyzja", "karar",
        "решение", "рішення", "决策", "决定", "決策",
        "決定", "결정",
    ),
    "consequences": (
        "consequences", "consecuencias", "konsequenzen", "folgen", "consequencias", "conseguenze",
        "gevolgen", "konsekwencje", "sonuçlar", "последствия", "наслідки",
        "后果", "影响", "後果", "影響", "結果", "결과",
    ),
}  # fmt: skip
"""What a heading, or the label of a line, stands for: one of our fields, or a section of every decision."""

STATUSES: dict[str, tuple[str, ...]] = {
    "proposed": (
        "proposed", "draft", "drafting", "pending", "rfc", "in review", "under review", "ready for review",
        "in progress", "in discussion", "under discussion", "open", "recommended", "wip", "voorgesteld",
        "zaproponowany",
        "zaproponowana", "önerildi", "запропоновано", "propuesta", "propuesto", "borrador", "proposee",
        "propose", "brouillon", "vorgeschlagen", "entwurf", "proposta", "proposto", "предложено", "предложен",
        "черновик", "提议", "已提议", "提案", "草案", "草稿", "起草", "제안",
    ),
    "accepted": (
        "accepted", "approved", "adopted", "agreed", "ratified", "enacted", "decided", "active", "current",
        "in force", "implemented", "final", "live", "geaccepteerd", "goedgekeurd", "aangenomen", "zaakceptowany",
        "zaakceptowana", "zaakceptowane", "przyjęty", "przyjęta", "przyjęte", "kabul edildi", "kabul", "прийнято",
        "aceptada", "aceptado", "aprobada", "aprobado", "vigente", "acceptee",
        "accepte", "approuvee", "approuve", "adoptee", "en vigueur", "akzeptiert", "angenommen", "beschlossen",
        "genehmigt", "aceita", "aceito", "aprovada", "aprovado", "accettata", "accettato", "принято", "принят",
        "принята", "одобрено", "утверждено", "已接受", "接受", "已采纳", "采纳", "已採納", "已通过", "已批准",
        "批准", "承認", "採用", "승인", "채택",
    ),
    "rejected": (
        "rejected", "declined", "refused", "dead", "afgewezen", "odrzucony", "odrzucona", "reddedildi", "відхилено",
        "withdrawn", "abandoned", "cancelled", "canceled", "rechazada",
        "rechazado", "descartada", "descartado", "rejetee", "rejete", "refusee", "abgelehnt", "verworfen",
        "rejeitada", "rejeitado", "respinta", "отклонено", "отклонен", "отклонена", "отвергнуто", "已拒绝", "拒绝",
        "已否决", "否决", "却下", "거부",
    ),
    "deprecated": (
        "deprecated", "obsolete", "retired", "outdated", "vervallen", "застаріло", "obsoleta", "obsoleto",
        "depreciee", "veraltet", "устарело",
        "устарел", "устарела", "已弃用", "弃用", "已废弃", "废弃", "廃止", "非推奨", "폐기",
    ),
    "superseded": (
        "superseded", "superseeded", "superceded", "replaced", "vervangen", "zastąpiony", "zastąpiona", "замінено",
        "reemplazada", "reemplazado", "sustituida",
        "sustituido", "remplacee", "remplace", "ersetzt", "abgelost", "substituida", "substituido", "sostituita",
        "заменено", "заменен", "заменена", "已取代", "被取代", "已被取代", "已替代", "被替代", "置き換え", "대체",
    ),
    "on-hold": (
        "on hold", "onhold", "deferred", "postponed", "parked", "paused", "aplazada", "aplazado", "reportee",
        "en pause", "zuruckgestellt", "отложено", "отложен", "отложена", "搁置", "已搁置", "保留", "보류",
    ),
}  # fmt: skip
"""The words for each status that we know; where one begins with another, the longer is meant."""

METADATA = (
    "metadata", "meta", "meta data", "document information", "document info", "details", "metadaten", "metadatos",
    "metadados", "métadonnées", "metadati", "метаданные", "метадані", "元数据", "元資料", "メタデータ",
)  # fmt: skip
"""The heading of a section that holds nothing but fields."""

DAYS = ("accepted", "accepted on", "approved", "approved on", "recorded", "recorded on", "created", "created on",
        "created date", "creation date")  # fmt: skip
"""Labels of a day that stands for the date where no other is written, the one that says most first."""

_ALONE = frozenset(("dead",))
_NOT_BEFORE = frozenset(("against",))
_ON = frozenset(
    ("on", "at", "since", "as of", "am", "vom", "seit", "depuis", "le", "du", "el", "del", "desde", "em", "il", "dal",
     "op", "per", "z dnia", "dnia", "\u0441", "от", "від")
)  # fmt: skip

_NUMBERING = re.compile(r"^\d+(?:\.\d+)*[.)]?\s+")
_EDGES = re.compile(r"^[\W_]+|(?<![\W_])[\W_]+$")  # a run is looked at once, however long
_BETWEEN = re.compile(r"[\s_-]+")


def folded(text: str) -> str:
    """Return a text for comparison: no accents, no case, no marks around it, words with one space between them."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return _BETWEEN.sub(" ", _EDGES.sub("", unicodedata.normalize("NFC", plain))).casefold()


# Folded here, once: combining marks that a script cannot do without are taken away on both sides.
_MEANT = {folded(word): name for name, words in HEADINGS.items() for word in words}


def heading(text: str) -> str:
    """Return what a heading or a label stands for, numbered or not: a key of `HEADINGS`, or an empty string."""
    return _MEANT.get(folded(_NUMBERING.sub("", text.strip())), "")


def field(text: str) -> str:
    """Return the field of ours that a heading or a label stands for, or an empty string."""
    name = heading(text)
    return name if name in _FIELDS else ""


def status(text: str) -> str:
    """Return the status that a text begins with, or an empty string."""
    return _begun(folded(text))[0]


def _begun(said: str) -> tuple[str, str]:
    """Return the status that a folded text begins with, and what follows; two empty strings where there is none."""
    for word, name in _STATUS_WORDS:
        rest = said[len(word) :]
        # Chinese, Japanese and Korean write on without a space.
        if not said.startswith(word) or (rest and rest[0].isalnum() and word[-1] < "\u2e80"):
            continue
        after = next(iter(rest.split()), "")
        # "Dead letter queue" is a subject, and what is recommended against is not recommended.
        if after in _NOT_BEFORE or (word in _ALONE and rest[:1] == " " and after[:1].isalpha()):
            return "", ""
        return name, rest
    return "", ""


def is_status(text: str) -> bool:
    """Tell whether a text is a status and nothing else, or one with "on", "since", … behind it: before its day."""
    name, rest = _begun(folded(text))
    said = folded(rest)
    return bool(name) and (not said or said in _ON)


def is_metadata(text: str) -> bool:
    """Tell whether a heading is that of a section of fields."""
    return folded(_NUMBERING.sub("", text.strip())) in _METADATA


def of_a_day(text: str) -> bool:
    """Tell whether a label is that of a day which may stand for the date."""
    return folded(text) in _DAYS


def rank_of_day(text: str) -> int:
    """Return the place of a label among those of days that may stand for the date, the one that says most first."""
    return _DAYS.get(folded(text), len(_DAYS))


_METADATA = frozenset(folded(word) for word in METADATA)
_DAYS = {folded(word): rank for rank, word in enumerate(DAYS)}
_STATUS_WORDS = sorted(
    ((folded(word), name) for name, words in STATUSES.items() for word in words), key=lambda one: (-len(one[0]), one)
)
