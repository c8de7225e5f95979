"""Identifiers: what a request asks about, as it was given and as both sides must read it."""

from __future__ import annotations

import re
from typing import Annotated, Final, Literal, Self, get_args

from pydantic import Field, TypeAdapter, ValidationError, ValidationInfo, model_validator

from rogatory.errors import ValuesError
from rogatory.values import addresses, domains, numbers, wallets
from rogatory.values.base import Frozen
from rogatory.values.instants import Day
from rogatory.values.reading import fold_digits, nfc, refang
from rogatory.values.scalars import ChainName, Digest, PartyCode
from rogatory.values.text import ShortText, check_line, text_type

__all__ = [
    "KINDS",
    "Account",
    "BankAccount",
    "Domain",
    "Email",
    "FileHash",
    "Iban",
    "Identifier",
    "IpAddress",
    "Matter",
    "Person",
    "Phone",
    "Source",
    "Thing",
    "Url",
    "WalletAddress",
    "cause_of",
    "check_bank_named",
    "check_normalised",
    "read",
]

MAX_VERBATIM: Final = 4096
# Percent-encoding makes at most twelve characters of one.
MAX_NORMALISED: Final = 12 * MAX_VERBATIM

Port = Annotated[int, Field(ge=1, le=65_535)]

# The context in which ``read`` validates the particulars, before there is a normalised text to compare.
_UNREAD: Final = object()


def _verbatim(value: object) -> str:
    return check_line(value, "verbatim", MAX_VERBATIM)


def _normalised(value: object) -> str:
    return check_line(value, "normalised", MAX_NORMALISED)


class Source(Frozen):
    """The document that an identifier was read from, such as a screenshot; it does not carry the document."""

    digest: Digest
    description: ShortText


class _Given(Frozen):
    """What every identifier carries: the text as given, and the one reading of it."""

    verbatim: Annotated[str, *text_type(_verbatim, minLength=1, maxLength=MAX_VERBATIM)]
    normalised: Annotated[str, *text_type(_normalised, minLength=1, maxLength=MAX_NORMALISED)]
    source: Source | None = None

    def reading(self) -> str:
        """Return what ``normalised`` must be."""
        raise NotImplementedError

    @model_validator(mode="after")
    def _agrees(self, info: ValidationInfo) -> Self:
        if info.context is not _UNREAD:
            check_normalised(self)
        return self


class IpAddress(_Given):
    """An address of the Internet Protocol, with the ports and protocol of the connection where known."""

    kind: Literal["ip_address"] = "ip_address"
    source_port: Port | None = None
    destination_port: Port | None = None
    protocol: Literal["tcp", "udp"] | None = None

    def reading(self) -> str:
        """Return the canonical text of the address."""
        return addresses.normalise_ip(self.verbatim)


class Phone(_Given):
    """A telephone number in international form."""

    kind: Literal["phone"] = "phone"

    def reading(self) -> str:
        """Return the number by E.164."""
        return numbers.normalise_phone(self.verbatim)


class Email(_Given):
    """An e-mail address; not the mailbox behind it, which several addresses may share."""

    kind: Literal["email"] = "email"

    def reading(self) -> str:
        """Return the address with its domain in A-labels."""
        return addresses.normalise_email(self.verbatim)


class Url(_Given):
    """An address of a resource, with scheme and host."""

    kind: Literal["url"] = "url"

    def reading(self) -> str:
        """Return the URL in canonical characters."""
        return addresses.normalise_url(self.verbatim)


class Domain(_Given):
    """A domain name."""

    kind: Literal["domain"] = "domain"

    def reading(self) -> str:
        """Return the name in A-labels."""
        return domains.normalise_domain(self.verbatim)


class Account(_Given):
    """An account at a service provider, by the handle that people see or the number that it has there."""

    kind: Literal["account"] = "account"
    provider: ShortText
    form: Literal["handle", "number"] = "handle"

    def reading(self) -> str:
        """Return the handle without ``@`` and with its case, or the number in digits 0 to 9."""
        return _account(self.verbatim, self.form)


class Iban(_Given):
    """An international bank account number."""

    kind: Literal["iban"] = "iban"

    def reading(self) -> str:
        """Return the number in capitals without separators."""
        return numbers.normalise_iban(self.verbatim)


class BankAccount(_Given):
    """An account at a bank of a Party, by the national number; the bank is named by code, name or both."""

    kind: Literal["bank_account"] = "bank_account"
    party: PartyCode
    bank_code: ShortText | None = None
    bank_name: ShortText | None = None

    def reading(self) -> str:
        """Return the account number without separators."""
        return numbers.normalise_account_number(self.verbatim)

    @model_validator(mode="after")
    def _names_its_bank(self) -> Self:
        check_bank_named(self)
        return self


class WalletAddress(_Given):
    """An address of virtual assets on one chain."""

    kind: Literal["wallet_address"] = "wallet_address"
    chain: ChainName

    def reading(self) -> str:
        """Return the address as the chain writes it."""
        return wallets.normalise_wallet(self.verbatim, self.chain)


class FileHash(_Given):
    """A digest of a file that is not in hand, such as one known to be harmful."""

    kind: Literal["file_hash"] = "file_hash"
    algorithm: Literal["md5", "sha1", "sha256", "sha384", "sha512"]

    def reading(self) -> str:
        """Return the digest in lower case."""
        return numbers.normalise_hash(self.verbatim, self.algorithm)


class Person(_Given):
    """A person whom a request concerns, by name; who that truly is, is for a person to establish.

    A name alone is ambiguous, so what is known beside it stands in members of its own. It is no identity
    document and no photograph: those travel sealed.
    """

    kind: Literal["person"] = "person"
    born: Day | None = None
    nationality: PartyCode | None = None
    party: PartyCode | None = None  # where the person is believed to be
    whereabouts: ShortText | None = None
    document: ShortText | None = None  # an identity document, by State, kind and number

    def reading(self) -> str:
        """Return the name in canonical characters, its words one space apart."""
        return _described(self.verbatim)


class Thing(_Given):
    """A thing that no number names: a vehicle, premises, a document, an object of evidence."""

    kind: Literal["thing"] = "thing"
    party: PartyCode | None = None  # where it is believed to be
    location: ShortText | None = None

    def reading(self) -> str:
        """Return the description in canonical characters, its words one space apart."""
        return _described(self.verbatim)


class Matter(_Given):
    """A matter named in words: a question of law, an operation, proceedings with their reference."""

    kind: Literal["matter"] = "matter"

    def reading(self) -> str:
        """Return the words in canonical characters, one space apart."""
        return _described(self.verbatim)


Identifier = Annotated[
    IpAddress
    | Phone
    | Email
    | Url
    | Domain
    | Account
    | Iban
    | BankAccount
    | WalletAddress
    | FileHash
    | Person
    | Thing
    | Matter,
    Field(discriminator="kind"),
]
"""Any identifier; ``kind`` says which."""

_MODELS: Final[dict[str, type[_Given]]] = {
    each.model_fields["kind"].default: each for each in get_args(get_args(Identifier)[0])
}
KINDS: Final = tuple(_MODELS)
"""Every kind of identifier."""


def _described(verbatim: str) -> str:
    words = " ".join(nfc(verbatim).split())
    if not words:
        raise ValuesError("VALUE-030")
    return words


def _account(verbatim: str, form: str) -> str:
    if form == "number":
        digits = fold_digits(refang(verbatim))
        if not (digits.isascii() and digits.isdecimal()):
            raise ValuesError("VALUE-022")
        return digits
    handle = nfc(verbatim).strip(" \u00a0").lstrip("@ \u00a0")
    if not handle:
        raise ValuesError("VALUE-022")
    return handle


def check_normalised(identifier: _Given) -> None:
    """Pass only if the normalised text is what this node reads in the verbatim text.

    Raises:
        ValuesError: VALUE-023 if the two sides would speak of different things; the codes of the reading.

    Source:
        PROTOCOL section 2; spec/values.md 5.2.
    """
    if identifier.reading() != identifier.normalised:
        raise ValuesError("VALUE-023", kind=type(identifier).model_fields["kind"].default)


def check_bank_named(account: BankAccount) -> None:
    """Pass only if the bank has a code or a name.

    Raises:
        ValuesError: VALUE-024.

    Source:
        spec/values.md 5.12.
    """
    if account.bank_code is None and account.bank_name is None:
        raise ValuesError("VALUE-024")


def cause_of(error: ValidationError) -> ValuesError | None:
    """Return the first error of this room inside a validation error, or ``None`` if there is none."""
    for each in error.errors(include_url=False, include_input=False):
        cause = each.get("ctx", {}).get("error")
        if isinstance(cause, ValuesError):
            return cause
    return None


_ADAPTER: Final[TypeAdapter[Identifier]] = TypeAdapter(Identifier)


def read(kind: str, verbatim: str, /, **particulars: object) -> Identifier:
    """Return the identifier that the text gives, with its normalised form worked out here.

    It does not look anything up and does not repair: what cannot be read is refused, what looks wrong is kept
    (see ``doubts``).

    Args:
        kind: One of ``KINDS``.
        verbatim: The text exactly as given, one line of at most 4,096 code points.
        **particulars: The other members of that kind, such as ``source_port=41873`` or ``chain="bitcoin"``.

    Raises:
        ValuesError: VALUE-025 unknown kind, VALUE-026 a particular that is missing, unknown or unusable; else
            the code of what is wrong with the text.

    Source:
        spec/values.md 5.

    Examples:
        >>> read("domain", "SaoVang-Invest[.]example").normalised
        'saovang-invest.example'
    """
    if kind not in _MODELS:
        raise ValuesError("VALUE-025", kind=_plain(kind))
    # Reserved names would let a caller state the reading that this function is asked for.
    if reserved := {"kind", "verbatim", "normalised"} & set(particulars):
        raise ValuesError("VALUE-026", kind=kind, member=min(reserved))
    members = {**particulars, "kind": kind, "verbatim": verbatim}
    unread = _validated({**members, "normalised": "-"}, _UNREAD)
    return _validated({**members, "normalised": unread.reading()}, None)


def _validated(members: dict[str, object], context: object) -> Identifier:
    try:
        return _ADAPTER.validate_python(members, context=context)
    except ValidationError as error:
        # The place begins with the kind, as the discriminator adds it.
        place = ".".join(str(each) for each in error.errors(include_input=False)[0]["loc"][1:])
        unusable = ValuesError("VALUE-026", kind=members["kind"], member=_plain(place))
        raise cause_of(error) or unusable from error


def _plain(name: str) -> str:
    """Return a name that is safe in a log line; a name that a hostile sender chose is not repeated."""
    return name if re.fullmatch(r"[a-z0-9_.]{1,60}", name) else "(unknown)"
