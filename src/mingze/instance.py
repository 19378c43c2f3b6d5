"""One authority's installation: a folder with its settings, secrets, databases, evidence and public ledger.

`create` makes the folder and is safe to repeat; `Instance.open` reads it. Nothing is looked for outside the folder
except three environment variables: ``MINGZE_DIR`` (which folder), ``MINGZE_DATABASE`` (a PostgreSQL address instead of
the SQLite files) and ``MINGZE_BASE_URL`` (the public address, when the one in ``mingze.toml`` is not the one served).
``MINGZE_NOW`` sets the clock of a demo instance and has no effect on any other.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import os
import secrets
import stat
import threading
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from mingze.accounts import provider
from mingze.accounts.offices import Offices, OfficesError, read_offices
from mingze.durable import write_durably
from mingze.exchange import scanning
from mingze.ledger import LedgerError, Policy, VerifierKey, parse_policy, parse_vkey, vkey
from mingze.ledger.policy import Group
from mingze.signing import FileSigner, SocketSigner, seeds_in
from mingze.vault import keeping
from mingze.vault.keeping import FolderKeys, Keeper, SocketKeys

if TYPE_CHECKING:
    from mingze.store import Register

FORMAT = 1
"""The layout of the folder; another number is refused until `mingze upgrade` has run."""

SHANGHAI = dt.timezone(dt.timedelta(hours=8), "Asia/Shanghai")

SECRETS = {"django.key": 50, "receipt.key": 32, "vault.kek": 32, "log.key": 32}
"""Each secret of an instance and its length in bytes. ``log.key`` is an Ed25519 seed."""

LOG_KEYS = "log.keys"
"""In ``ledger/``: all keys the log ever had, as a policy. Only where its key was changed."""

_FOLDERS = ("secrets", "evidence", "ledger", "backups")
_OWN_FOLDERS = {
    "procedures": """\
# Procedures of this authority / 本单位自己的程序

A folder here, such as `procedures/street-permit/`, is a procedure of your own, or your own text of a shipped one.
It is not in force because it lies here. Check it (`mingze check --dir …`), propose it
(`mingze procedures propose NAME --post …`) and let a second person approve it (`mingze procedures activate NAME --post …`),
or do both at the desk under “Procedures”. Cases read the approved copy, never this folder.

把程序的文件夹放在这里，并不会自动生效：先检查，再由一人提出、另一人批准。办件按批准时存下的文本办理，不读这个文件夹。
""",
    "overlays": """\
# Numbers of this authority / 本单位自己的数字

`overlays/<procedure>/parameters.yaml` replaces parameters that the procedure marks `local: true`, and no others, without
touching the procedure's own file:

    answer_days:
      - {from: 2026-12-01, value: 10, unit: working_day, local: true,
         why: {zh: 本区承诺十个工作日答复, en: This district promises an answer in ten working days}}

The procedure with these numbers is a new version: it needs a check, a proposal and a second person, like any other.

这里只能改程序中标明 `local: true` 的参数，全国统一的文件保持不动。改过的程序是一个新版本，同样要检查、提出和批准。
""",
}
"""Folders for what the authority adds itself, each with a page that explains it."""

_LOCK = "serve.lock"


class InstanceError(Exception):
    """The folder cannot be used: a stable code, with the values its text (``instance-<code>``) needs."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(f"{code} {values}")
        self.code = code
        self.values = values


class Clock(Protocol):
    """Where the time comes from."""

    def now(self) -> dt.datetime:
        """This moment in China Standard Time, to the millisecond."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> dt.datetime:
        return _whole_milliseconds(dt.datetime.now(SHANGHAI))


@dataclass(frozen=True)
class FrozenClock:
    """A clock that stands still: for demo instances and tests."""

    at: dt.datetime

    def now(self) -> dt.datetime:
        return _whole_milliseconds(self.at.astimezone(SHANGHAI))


@dataclass(frozen=True)
class DemoClock:
    """The clock of a demo instance: ``MINGZE_NOW``, else the instant in the folder's file ``now``, else the machine's.

    The file is read at every call, so that a test can let time pass in a running server.
    """

    folder: Path

    def now(self) -> dt.datetime:
        said = os.environ.get("MINGZE_NOW", "")
        if not said:
            with contextlib.suppress(OSError):
                said = (self.folder / "now").read_text(encoding="ascii").strip()
        return FrozenClock(instant(said)).now() if said else SystemClock().now()


def instant(text: str) -> dt.datetime:
    """The instant a text such as ``2026-11-22T10:00:00+08:00`` names; one without an offset is refused."""
    try:
        at = dt.datetime.fromisoformat(text)
    except ValueError:
        raise InstanceError("not_an_instant", found=text) from None
    if at.tzinfo is None:
        raise InstanceError("not_an_instant", found=text)
    return at


def _whole_milliseconds(at: dt.datetime) -> dt.datetime:
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Name(_Table):
    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)


class _AuthorityTable(_Table):
    id: str = Field(pattern=r"^[a-z][a-z0-9-]{0,31}$")
    mark: str = Field(min_length=1, max_length=8)
    name: _Name


class _WitnessTable(_Table):
    name: str = Field(pattern=r"^[a-z][a-z0-9_-]{0,31}$")
    vkey: str
    url: str = Field(pattern=r"^https?://[^\s]+$")


class _LogTable(_Table):
    origin: str = Field(pattern=r"^[^\s+]+$")
    witnesses: list[_WitnessTable] = []
    quorum: int = Field(default=0, ge=0)
    signer: str = ""


class _DatabaseTable(_Table):
    url: str = ""


class _VaultTable(_Table):
    keys: str = ""


class _MailTable(_Table):
    host: str = ""
    port: int = 25
    sender: str = ""
    starttls: bool = False
    username: str = ""
    password_file: str = ""


class _ProviderTable(_Table):
    issuer: str = Field(pattern=provider.ISSUER)
    client_id: str = Field(min_length=1)
    secret_file: str = ""
    algorithm: Literal["RS256", "PS256", "ES256", "EdDSA"] = "RS256"
    name: _Name
    acr: list[str] = []
    amr: list[str] = []


class _StaffTable(_Table):
    oidc: _ProviderTable | None = None
    idle_minutes: int = Field(default=30, ge=1, le=24 * 60)
    absolute_hours: int = Field(default=12, ge=1, le=7 * 24)


class _FilesTable(_Table):
    clamd: str = Field(default="", pattern=scanning.ADDRESS)


class _BoardTable(_Table):
    unknown_after_days: int | None = Field(default=None, ge=1, le=3650)


class _ReviewTable(_Table):
    second_eyes: bool = True


class _PortalTable(_Table):
    first: list[str] = Field(
        default=["suggestion", "petition", "hazard", "enterprise-request", "mediation", "information-request"],
        max_length=99,
    )


class _SuggestionsTable(_Table):
    url: str = Field(
        default="", pattern=r"^(?:https://[^/\s]+/\S*|http://(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?/\S*)?$"
    )
    model: str = Field(default="", max_length=200)
    key_file: str = Field(default="", pattern=r"^(?:[\w.-]+/)*[\w.-]*$")
    seconds: int = Field(default=20, ge=1, le=120)


class _Settings(_Table):
    format: int
    demo: bool = False
    base_url: str = Field(pattern=r"^https?://[^/\s]+$")
    languages: list[Literal["zh-Hans", "en"]] = Field(default=["zh-Hans", "en"], min_length=1)
    authority: _AuthorityTable
    log: _LogTable
    database: _DatabaseTable = _DatabaseTable()
    vault: _VaultTable = _VaultTable()
    mail: _MailTable = _MailTable()
    staff: _StaffTable = _StaffTable()
    files: _FilesTable = _FilesTable()
    board: _BoardTable = _BoardTable()
    portal: _PortalTable = _PortalTable()
    review: _ReviewTable = _ReviewTable()
    suggestions: _SuggestionsTable = _SuggestionsTable()


@dataclass(frozen=True)
class Endpoint:
    """Where suggestions for public documents are asked for (an OpenAI-compatible address); an empty address means nowhere."""

    url: str = ""
    model: str = ""
    key_file: Path | None = None
    seconds: int = 20


@dataclass(frozen=True)
class Authority:
    """The body whose instance this is: `mark` is the short sign on case numbers."""

    id: str
    name: Mapping[str, str]
    mark: str


@dataclass(frozen=True)
class WitnessAddress:
    """An outside witness of the log: its name in the policy, its public key, and where it is asked."""

    name: str
    vkey: str
    url: str


@dataclass(frozen=True)
class Mail:
    """How notices leave: an empty host means that none is sent and the outbox keeps them."""

    host: str
    port: int
    sender: str
    starttls: bool
    username: str
    password_file: Path | None


def _provider(folder: Path, said: _ProviderTable | None) -> provider.Provider | None:
    if said is None:
        return None
    secret = folder / said.secret_file if said.secret_file else None
    return provider.Provider(
        said.issuer, said.client_id, secret, said.algorithm, said.name.model_dump(), tuple(said.acr), tuple(said.amr)
    )


class Instance:
    """One opened instance folder.

    Use `Instance.open`; the register is opened on first use and kept for the life of the process.
    """

    def __init__(self, folder: Path, settings: _Settings, offices: Offices) -> None:
        self.dir = folder
        self.demo = settings.demo
        self.authority = Authority(settings.authority.id, settings.authority.name.model_dump(), settings.authority.mark)
        self.base_url = os.environ.get("MINGZE_BASE_URL") or settings.base_url
        self.origin = settings.log.origin
        self.witnesses = tuple(WitnessAddress(it.name, it.vkey, it.url) for it in settings.log.witnesses)
        self.quorum = settings.log.quorum or len(self.witnesses) // 2 + 1
        self.signer_elsewhere = bool(settings.log.signer)
        self.keys_elsewhere = bool(settings.vault.keys)
        self.keys_socket = Path(settings.vault.keys or folder / keeping.FOLDER / keeping.SOCKET)
        self.signer_socket = Path(settings.log.signer or folder / "signer" / "signer.sock")
        self.database_url = os.environ.get("MINGZE_DATABASE") or settings.database.url
        self.languages = tuple(settings.languages)
        self.unknown_after_days = settings.board.unknown_after_days
        self.first_procedures = tuple(settings.portal.first)
        """So many days without any news of an open promise, and the board says that its state is not known."""
        self.second_eyes = settings.review.second_eyes
        """Whether a document is published only when a second post has confirmed each decision on it."""
        self.idle_limit = dt.timedelta(minutes=settings.staff.idle_minutes)
        self.absolute_limit = dt.timedelta(hours=settings.staff.absolute_hours)
        self.provider = _provider(folder, settings.staff.oidc)
        """The authority's own identity provider, where staff may sign in; None without one."""
        self.scanner = scanning.Scanner(settings.files.clamd) if settings.files.clamd else None
        """Who is asked whether a file from outside is clean; None where nobody is."""
        self.offices = offices
        asked = settings.suggestions
        self.suggestions = Endpoint(
            asked.url, asked.model, folder / asked.key_file if asked.key_file else None, asked.seconds
        )
        self.clock: Clock = DemoClock(folder) if settings.demo else SystemClock()
        self.mail = Mail(
            settings.mail.host,
            settings.mail.port,
            settings.mail.sender,
            settings.mail.starttls,
            settings.mail.username,
            folder / settings.mail.password_file if settings.mail.password_file else None,
        )
        self.trouble: Mapping[str, str] = {}
        """In a server: the jobs whose last run failed, with the code of the reason."""
        self.doors: Any = None
        """In a server: who has tried often lately (`mingze.waiting`), in memory only."""
        self._registers: dict[bool, Register] = {}
        self._opening = threading.Lock()

    @classmethod
    def open(cls, folder: Path | str) -> Instance:
        """The instance of a folder.

        Raises:
            InstanceError: ``missing`` (no such instance), ``unreadable``, ``bad_settings`` and ``bad_offices`` (what is
                wrong, where), ``bad_database``, ``upgrade_needed`` (made by another version).
        """
        path = Path(folder).expanduser().absolute()
        settings = _read_settings(path)
        if settings.format != FORMAT:
            raise InstanceError("upgrade_needed", dir=str(path), found=settings.format, expected=FORMAT)
        instance = cls(path, settings, _read_offices(path))
        scheme = urlsplit(instance.database_url).scheme
        if instance.database_url and scheme not in {"postgres", "postgresql"}:
            raise InstanceError("bad_database", found=scheme or instance.database_url.split(":")[0])
        return instance

    @property
    def is_postgres(self) -> bool:
        """Whether the databases are schemas of a PostgreSQL server rather than files of the folder."""
        return bool(self.database_url)

    def secret(self, name: str) -> bytes:
        """The bytes of one secret file.

        Raises:
            InstanceError: ``secret_missing``; ``secret_open`` when anybody but its owner may read it; ``secret_short``.
        """
        path = self.dir / "secrets" / name
        try:
            mode = path.stat().st_mode
            content = path.read_bytes()
        except OSError:
            raise InstanceError("secret_missing", file=str(path)) from None
        if mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise InstanceError("secret_open", file=str(path))
        if len(content) < SECRETS[name]:
            raise InstanceError("secret_short", file=str(path), expected=SECRETS[name], found=len(content))
        return content

    @property
    def log_key(self) -> VerifierKey:
        """The public key of the log, which the signer leaves in ``ledger/log.vkey``; nobody else needs the secret one.

        Raises:
            InstanceError: ``secret_missing`` and its kin, when there is neither the file nor a key that may be read.
        """
        path = self.dir / "ledger" / "log.vkey"
        try:
            key = parse_vkey(path.read_text(encoding="utf-8").strip())
        except (OSError, LedgerError, UnicodeDecodeError):
            key = None
        if key is None or key.name != self.origin:
            key = parse_vkey(vkey(self.origin, self.secret("log.key")[:32]))
            with contextlib.suppress(OSError):
                write_durably(path, f"{key}\n".encode())
        return key

    @property
    def log_keys(self) -> Policy:
        """The log's key; and where it was changed, all there were, each with the sizes it counts for, witnesses aside.

        Raises:
            InstanceError: as `log_key`; ``unreadable`` when the file that a change of the key leaves cannot be read.
        """
        path = self.dir / "ledger" / LOG_KEYS
        try:
            keys = parse_policy(path.read_bytes())
        except FileNotFoundError:
            return Policy.of_log(self.log_key)
        except (OSError, LedgerError) as problem:
            raise InstanceError("unreadable", file=str(path), why=getattr(problem, "code", "")) from None
        return keys if self.log_key in keys.logs else Policy.of_log(self.log_key)

    @property
    def log_policy(self) -> Policy:
        """Whom readers of the log are asked to trust: its key, and as many of its witnesses as the settings say.

        Raises:
            InstanceError: ``bad_witness`` when a witness's key cannot be read, or too many are asked for.
        """
        witnesses = {}
        for named in self.witnesses:
            try:
                witnesses[named.name] = parse_vkey(named.vkey)
            except LedgerError as problem:
                raise InstanceError("bad_witness", name=named.name, why=problem.code) from None
        keys = self.log_keys
        if not witnesses:
            return keys
        if self.quorum > len(witnesses):
            raise InstanceError("bad_witness", name=f"quorum = {self.quorum}", why=f"{len(witnesses)}")
        group = {"outside": Group(self.quorum, tuple(witnesses))}
        return Policy(keys.logs, witnesses, group, "outside", keys.spans)

    def signer(self) -> SocketSigner:
        """Whoever signs the log: the signer's process, else (except in a server) one in this process.

        `mingze serve` sets ``MINGZE_SIGNER=process``: there the key is never read, and while no signer listens
        nothing is signed.
        """
        own = None if os.environ.get("MINGZE_SIGNER") == "process" else self.own_signer
        return SocketSigner(self.signer_socket, own)

    def keeper(self) -> Keeper:
        """Whoever holds the keys that wrap the vault's: their process, else (except in a server) this one.

        `mingze serve` sets ``MINGZE_KEYS=process``: there ``vault.kek`` is never read, and while nobody listens nothing
        sealed can be opened or added.
        """
        own = None if os.environ.get("MINGZE_KEYS") == "process" else self.own_keys
        return SocketKeys(self.keys_socket, own)

    def own_keys(self) -> FolderKeys:
        """The keys of the folder, in this process. Raises InstanceError as `secret`."""
        self.secret(keeping.CURRENT)
        return FolderKeys(self.dir / "secrets")

    def own_signer(self) -> FileSigner:
        """A signer in this process, with the key and the memory in the folder. Raises InstanceError."""
        published = self.dir / "ledger" / "checkpoint"
        self.secret("log.key")  # says what is wrong with it
        return FileSigner(self.dir / "signer", self.origin, seeds_in(self.dir / "secrets" / "log.key"), published)

    @cached_property
    def accounts_path(self) -> Path:
        """The SQLite file of sign-in, sessions and posts held."""
        return self.dir / "accounts.sqlite3"

    def register(self, write: bool = True) -> Register:
        """The register of cases, opened once per process for writing and once for reading.

        Raises:
            Unavailable, OtherVersion: as `mingze.store.Register.open`; the next call tries again.
        """
        opened = self._registers.get(write)
        if opened is None:
            with self._opening:  # two threads must not open two writers
                opened = self._registers.get(write) or self._open_register(write)
                self._registers[write] = opened
        return opened

    def _open_register(self, write: bool) -> Register:
        from mingze import resources
        from mingze.store import Keys, Register

        register = Register.open(
            self.database_url or self.dir,
            self.authority,
            folder=self.dir,
            keys=Keys(receipt=self.secret("receipt.key"), kek=self.keeper()),
            clock=self.clock,
            procedures=resources.load_procedures(),
            calendar=resources.load_calendar(),
            offices=self.offices,
            origin=self.origin,
            signer=self.signer(),
            policy=self.log_policy,
            write=write,
        )
        register.documents.second_eyes = self.second_eyes
        return register

    def close(self) -> None:
        """Close what `register` opened."""
        while self._registers:
            self._registers.popitem()[1].close()

    @contextlib.contextmanager
    def locked(self, address: str = "") -> Iterator[None]:
        """Hold the instance for one server (at an address) or one upgrade.

        Raises:
            InstanceError: ``locked``, with the process that holds it, if another does.
        """
        with open(self.dir / _LOCK, "a+", encoding="ascii") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                lock.seek(0)
                process, _, holder = lock.read().strip().partition(" ")
                raise InstanceError("locked", dir=str(self.dir), process=process or "?", address=holder) from None
            lock.truncate(0)
            lock.write(f"{os.getpid()} {address}")
            lock.flush()
            yield
            lock.truncate(0)


def _read_settings(folder: Path) -> _Settings:
    path = folder / "mingze.toml"
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise InstanceError("missing", dir=str(folder)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise InstanceError("unreadable", file=str(path), why=type(error).__name__) from None
    try:
        return _Settings.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise InstanceError("bad_settings", file=str(path), place="", why=str(error)) from None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        raise InstanceError("bad_settings", file=str(path), place=place, why=first["msg"]) from None


def _read_offices(folder: Path) -> Offices:
    path = folder / "authority.yaml"
    try:
        return read_offices(path.read_text(encoding="utf-8"))
    except OfficesError as error:
        first = error.faults[0]
        raise InstanceError(
            "bad_offices", file=str(path), line=first.line, expected=first.expected, found=first.found, fault=first.code
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise InstanceError("unreadable", file=str(path), why=type(error).__name__) from None


_SETTINGS = """\
# Settings of this Mingze instance. Read strictly: an unknown key is an error that names it.
format = {format}
demo = {demo}
base_url = "http://127.0.0.1:8000"   # the address people use; with https:// cookies become Secure and __Host-
languages = ["zh-Hans", "en"]

[authority]
id = "mingyuan"                      # never change it once there is a case
mark = "明源"                        # stands on every case number
name = {{ zh = "明源区", en = "Mingyuan District" }}

[log]
origin = "log.mingyuan.example/mingze/1"   # the name of the public ledger; never change it once there is a case
quorum = 0                           # how many witnesses must have signed; 0: more than half of them
signer = ""                          # empty: mingze serve starts the signer; or the socket of one you run yourself
# [[log.witnesses]]                  # an outside body that cosigns the ledger; one such table for each
# name = "audit"
# vkey = "witness.audit.example/w1+0a1b2c3d+BK2…"
# url = "https://witness.audit.example"

[database]
url = ""                             # empty: SQLite files in this folder; or postgres://user@host/name (15 or newer)

[vault]
keys = ""                            # empty: mingze serve starts the keeper of keys; or the socket of one you run yourself

[mail]
host = ""                            # empty: notices wait in the outbox
port = 25
sender = ""
starttls = false
username = ""
password_file = ""                   # a file in this folder, e.g. "secrets/mail.password"

[staff]
idle_minutes = 30                    # a session without activity ends
absolute_hours = 12                  # every session ends

[board]
# unknown_after_days = 60            # days without data after which a promise is "not known", if not the procedure's own

[review]
second_eyes = true                   # a document is published only when a second post has confirmed each decision on it

[portal]                             # which matters stand first where one is begun; the rest follow by their titles
first = ["suggestion", "petition", "hazard", "enterprise-request", "mediation", "information-request"]
"""


def create(folder: Path | str, demo: bool = False) -> Instance:
    """Make an instance folder, or complete one that was begun; what is there is never overwritten.

    The settings file is written last: a folder without it was interrupted and can be completed.

    Raises:
        InstanceError: ``occupied`` (the folder holds something else), ``not_demo`` (a demo was asked for and it is not
            one), ``secret_missing`` (keys are gone though there are settings: new ones would make every record
            unreadable, so restore them from the backup), ``unwritable``.
    """
    path = Path(folder).expanduser().absolute()
    begun = (path / "mingze.toml").exists()
    try:
        path.mkdir(parents=True, exist_ok=True)
        if not begun:
            ours = {*_FOLDERS, *_OWN_FOLDERS, "authority.yaml", _LOCK}
            strangers = sorted(entry.name for entry in path.iterdir() if entry.name not in ours)
            if strangers:
                raise InstanceError("occupied", dir=str(path), found=strangers[0])
        for name in _FOLDERS:
            (path / name).mkdir(mode=0o700, exist_ok=True)
        for name, words in _OWN_FOLDERS.items():
            (path / name).mkdir(exist_ok=True)
            _write_once(path / name / "README.md", words.encode(), 0o644)
        for name, length in SECRETS.items():
            if begun and not (path / "secrets" / name).exists():
                raise InstanceError("secret_missing", file=str(path / "secrets" / name))
            _write_once(path / "secrets" / name, _new_secret(name, length), 0o600)
        seed = (Path(__file__).parent / "accounts" / "authority.yaml").read_bytes()
        _write_once(path / "authority.yaml", seed, 0o644)
        settings = _SETTINGS.format(format=FORMAT, demo="true" if demo else "false")
        _write_once(path / "mingze.toml", settings.encode(), 0o644)
    except OSError as error:
        raise InstanceError("unwritable", dir=str(path), why=error.strerror or type(error).__name__) from None
    instance = Instance.open(path)
    if demo and not instance.demo:
        raise InstanceError("not_demo", dir=str(path))
    return instance


def _new_secret(name: str, length: int) -> bytes:
    return secrets.token_urlsafe(length).encode() if name == "django.key" else secrets.token_bytes(length)


def _write_once(path: Path, content: bytes, mode: int) -> None:
    """Write a file whole or not at all; one that exists stays as it is."""
    if path.exists():
        return
    draft = path.with_name(path.name + ".draft")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with open(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)


_current: Instance | None = None


def current() -> Instance:
    """The instance of this process: the one given to `use`, else that of ``MINGZE_DIR``.

    Raises:
        InstanceError: ``not_chosen`` when neither was given, else as `Instance.open`.
    """
    global _current
    if _current is None:
        folder = os.environ.get("MINGZE_DIR", "")
        if not folder:
            raise InstanceError("not_chosen")
        _current = Instance.open(folder)
    return _current


def use(instance: Instance | None) -> None:
    """Make an instance the one of this process (before Django starts), and of the processes it starts."""
    global _current
    _current = instance
    if instance is not None:
        os.environ["MINGZE_DIR"] = str(instance.dir)
