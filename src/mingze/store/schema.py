"""The tables of a register and its vault, as one list of numbered migrations for both databases.

    case_file   what a case is now: made again from its events at any time, kept so that lists are one query
    event       what has happened: sealed bytes, never changed; the database itself refuses UPDATE and DELETE
    slot        personal text, decisions and attachments, sealed under the key of one party in one case
    leaf        the public log: one row per leaf, with every tree node that this leaf completed
    idempotency what a repeated filing is answered with (an action's key stands in its own event);
                receipt_code finds a case, and which of its parties, from the code's hash ('' is the first party)
    procedure_version   the texts of every procedure a case may be pinned to; procedure_step: who proposed which version,
                who put it in force and when it was retired
    calendar_pass   with which calendars every running date has been compared
    case_excluded   offices (and single posts) that can neither hold a duty in a case nor see that it is there
    journal     what is durable and not in the other tables yet (SQLite only); journal_merged says up to where it is
    notice      the outbox; checkpoint and log_head: what has been signed, and how far; cosignature: by which witnesses
    governance  public records of how the register is run, with the openings of their leaves
    document, document_sentence, review_row, review_step: texts with promises in them, and how people read them
    indicator_value   a number of an indicator, entered once; data_request, request_answer: what an office asked of another
    voice_batch, voice_code, voice_count, voice_tally   codes given to those a promise affects, which are spent, and how
                many said what: never which code said it
    lot, lot_drawn, recheck   a draw announced before its seed exists, what it drew, and what another office found

Every table leads with the authority, so that a distributed PostgreSQL can shard by it. No table, column or index leads
from a person to their cases: a party exists only inside one case, and its key in the vault is random.

A tree node (level, index) is complete when leaf ((index + 1) << level) - 1 is there, so it stands in that leaf's row at
offset 32 * level: one append per leaf instead of one per level, and each node stored once.

Migrations run apart from serving, under a lock (`mingze upgrade`); opening a database of another version is refused.
"""

from __future__ import annotations

import os
from typing import Any, Final

from mingze.store.connection import DATABASE_ERRORS, Database, unavailable
from mingze.store.errors import OtherVersion

_REGISTER_1: Final = (
    """CREATE TABLE case_file (
        authority {text} NOT NULL, case_id {text} NOT NULL, number {text} NOT NULL,
        procedure {text} NOT NULL, procedure_hash {text} NOT NULL,
        stage {text} NOT NULL, is_open {integer} NOT NULL, n {integer} NOT NULL, title TEXT NOT NULL,
        duty_role {text} NOT NULL, duty_office {text} NOT NULL, duty_party {text} NOT NULL,
        due_clock {text} NOT NULL, due_on {text} NOT NULL, due_provisional {integer} NOT NULL,
        overdue {integer} NOT NULL, provisional {integer} NOT NULL, next_lapse {text} NOT NULL,
        opened_at {text} NOT NULL, changed_at {text} NOT NULL, closed_at {text} NOT NULL,
        language {text} NOT NULL, channel {text} NOT NULL, reach {text} NOT NULL, last_leaf {text} NOT NULL,
        state TEXT NOT NULL,
        PRIMARY KEY (authority, case_id))""",
    "CREATE UNIQUE INDEX case_by_number ON case_file (authority, number)",
    "CREATE INDEX case_by_lapse ON case_file (authority, next_lapse, case_id) WHERE is_open = 1",
    "CREATE INDEX case_by_duty ON case_file (authority, duty_office, due_on, case_id) WHERE is_open = 1",
    "CREATE INDEX case_provisional ON case_file (authority, case_id) WHERE is_open = 1 AND provisional = 1",
    "CREATE INDEX case_by_opening ON case_file (authority, opened_at, case_id)",
    """CREATE TABLE case_office (
        authority {text} NOT NULL, office {text} NOT NULL, case_id {text} NOT NULL, role {text} NOT NULL,
        PRIMARY KEY (authority, office, case_id, role),
        FOREIGN KEY (authority, case_id) REFERENCES case_file (authority, case_id)){clustered}""",
    """CREATE TABLE leaf (
        authority {text} NOT NULL, leaf_index {integer} NOT NULL, kind {text} NOT NULL, commitment {blob} NOT NULL,
        nodes {blob} NOT NULL,
        PRIMARY KEY (authority, leaf_index)){clustered}""",
    """CREATE TABLE event (
        authority {text} NOT NULL, case_id {text} NOT NULL, n {integer} NOT NULL, leaf_index {integer} NOT NULL,
        type {text} NOT NULL, action {text} NOT NULL, recorded_at {text} NOT NULL, idempotency {text} NOT NULL,
        key_id {text} NOT NULL, sealed {blob} NOT NULL,
        PRIMARY KEY (authority, case_id, n),
        FOREIGN KEY (authority, case_id) REFERENCES case_file (authority, case_id))""",
    """CREATE TABLE slot (
        authority {text} NOT NULL, case_id {text} NOT NULL, n {integer} NOT NULL, slot {text} NOT NULL,
        slot_id {text} NOT NULL, party {text} NOT NULL, key_id {text} NOT NULL, sealed {blob} NOT NULL,
        digest {text} NOT NULL,
        PRIMARY KEY (authority, case_id, n, slot),
        FOREIGN KEY (authority, case_id, n) REFERENCES event (authority, case_id, n)){clustered}""",
    """CREATE TABLE idempotency (
        authority {text} NOT NULL, key {text} NOT NULL, case_id {text} NOT NULL, n {integer} NOT NULL,
        leaf_index {integer} NOT NULL,
        PRIMARY KEY (authority, key)){clustered}""",
    """CREATE TABLE receipt_code (
        authority {text} NOT NULL, digest {blob} NOT NULL, case_id {text} NOT NULL,
        PRIMARY KEY (authority, digest),
        FOREIGN KEY (authority, case_id) REFERENCES case_file (authority, case_id)){clustered}""",
    """CREATE TABLE number_counter (
        authority {text} NOT NULL, year {integer} NOT NULL, mark {text} NOT NULL, last {integer} NOT NULL,
        PRIMARY KEY (authority, year, mark)){clustered}""",
    """CREATE TABLE procedure_version (
        authority {text} NOT NULL, hash {text} NOT NULL, name {text} NOT NULL, texts TEXT NOT NULL,
        PRIMARY KEY (authority, hash))""",
    """CREATE TABLE log_head (
        authority {text} NOT NULL, size {integer} NOT NULL, root {blob} NOT NULL, signed_at {text} NOT NULL,
        PRIMARY KEY (authority)){clustered}""",
    """CREATE TABLE checkpoint (
        authority {text} NOT NULL, size {integer} NOT NULL, root {blob} NOT NULL, note {blob} NOT NULL,
        signed_at {text} NOT NULL,
        PRIMARY KEY (authority, size))""",
    """CREATE TABLE notice (
        authority {text} NOT NULL, notice_id {text} NOT NULL, case_id {text} NOT NULL, n {integer} NOT NULL,
        party {text} NOT NULL, action {text} NOT NULL, language {text} NOT NULL, state {text} NOT NULL,
        attempts {integer} NOT NULL, next_at {text} NOT NULL, settled_at {text} NOT NULL,
        PRIMARY KEY (authority, notice_id),
        FOREIGN KEY (authority, case_id, n) REFERENCES event (authority, case_id, n))""",
    "CREATE INDEX notice_waiting ON notice (authority, next_at, notice_id) WHERE state = 'waiting'",
    "CREATE INDEX notice_of_case ON notice (authority, case_id)",
    """CREATE TABLE document (
        authority {text} NOT NULL, document_id {text} NOT NULL, title TEXT NOT NULL, year {integer} NOT NULL,
        version {integer} NOT NULL, replaces {text} NOT NULL, sha256 {text} NOT NULL, body TEXT NOT NULL,
        blocks TEXT NOT NULL, machine TEXT NOT NULL, state {text} NOT NULL, n {integer} NOT NULL,
        added_at {text} NOT NULL, added_by {text} NOT NULL, published_at {text} NOT NULL, published_by {text} NOT NULL,
        PRIMARY KEY (authority, document_id))""",
    "CREATE INDEX document_by_day ON document (authority, added_at, document_id)",
    """CREATE TABLE document_sentence (
        authority {text} NOT NULL, document_id {text} NOT NULL, position {integer} NOT NULL,
        start_char {integer} NOT NULL, end_char {integer} NOT NULL, state {text} NOT NULL, reason TEXT NOT NULL,
        PRIMARY KEY (authority, document_id, position),
        FOREIGN KEY (authority, document_id) REFERENCES document (authority, document_id)){clustered}""",
    """CREATE TABLE review_row (
        authority {text} NOT NULL, document_id {text} NOT NULL, row_id {text} NOT NULL, start_char {integer} NOT NULL,
        end_char {integer} NOT NULL, n {integer} NOT NULL, state {text} NOT NULL, excluded_topic {integer} NOT NULL,
        reason TEXT NOT NULL, machine TEXT NOT NULL, current_row TEXT NOT NULL, from_rows TEXT NOT NULL,
        case_id {text},
        PRIMARY KEY (authority, document_id, row_id),
        FOREIGN KEY (authority, document_id) REFERENCES document (authority, document_id),
        FOREIGN KEY (authority, case_id) REFERENCES case_file (authority, case_id))""",
    "CREATE INDEX review_row_of_case ON review_row (authority, case_id) WHERE case_id IS NOT NULL",
    """CREATE TABLE review_step (
        authority {text} NOT NULL, document_id {text} NOT NULL, step {integer} NOT NULL, row_id {text} NOT NULL,
        verb {text} NOT NULL, post {text} NOT NULL, office {text} NOT NULL, taken_at {text} NOT NULL,
        before_rows TEXT NOT NULL, after_rows TEXT NOT NULL, undoes {integer} NOT NULL,
        PRIMARY KEY (authority, document_id, step),
        FOREIGN KEY (authority, document_id) REFERENCES document (authority, document_id))""",
)

_REGISTER_2: Final = (
    """CREATE TABLE governance (
        authority {text} NOT NULL, n {integer} NOT NULL, leaf_index {integer} NOT NULL, kind {text} NOT NULL,
        recorded_at {text} NOT NULL, nonce {blob} NOT NULL, event {blob} NOT NULL,
        PRIMARY KEY (authority, n))""",
    """CREATE TABLE cosignature (
        authority {text} NOT NULL, size {integer} NOT NULL, witness {text} NOT NULL, line {text} NOT NULL,
        PRIMARY KEY (authority, size, witness),
        FOREIGN KEY (authority, size) REFERENCES checkpoint (authority, size)){clustered}""",
    "ALTER TABLE receipt_code ADD COLUMN party {text} NOT NULL DEFAULT ''",
    """CREATE TABLE procedure_step (
        authority {text} NOT NULL, step {integer} NOT NULL, hash {text} NOT NULL, name {text} NOT NULL,
        verb {text} NOT NULL, origin {text} NOT NULL, post {text} NOT NULL, office {text} NOT NULL,
        taken_at {text} NOT NULL,
        PRIMARY KEY (authority, step),
        FOREIGN KEY (authority, hash) REFERENCES procedure_version (authority, hash))""",
    """CREATE TABLE calendar_pass (
        authority {text} NOT NULL, digest {text} NOT NULL, version {text} NOT NULL, passed_at {text} NOT NULL,
        PRIMARY KEY (authority, digest))""",
    """CREATE TABLE case_excluded (
        authority {text} NOT NULL, office {text} NOT NULL, case_id {text} NOT NULL, post {text} NOT NULL,
        PRIMARY KEY (authority, office, case_id, post),
        FOREIGN KEY (authority, case_id) REFERENCES case_file (authority, case_id)){clustered}""",
)

_REGISTER_3: Final = (
    """CREATE TABLE indicator_value (
        authority {text} NOT NULL, value_id {text} NOT NULL, indicator {text} NOT NULL, name TEXT NOT NULL,
        scope {text} NOT NULL, as_of {text} NOT NULL, amount {text} NOT NULL, unit {text} NOT NULL, source TEXT NOT NULL,
        case_id {text} NOT NULL, n {integer} NOT NULL, corrects {text} NOT NULL, reason TEXT NOT NULL,
        office {text} NOT NULL, post {text} NOT NULL, entered_at {text} NOT NULL,
        PRIMARY KEY (authority, value_id))""",
    "CREATE UNIQUE INDEX value_once ON indicator_value (authority, indicator, scope, as_of, corrects)",
    "CREATE INDEX value_of_case ON indicator_value (authority, case_id) WHERE case_id <> ''",
    """CREATE TABLE data_request (
        authority {text} NOT NULL, request_id {text} NOT NULL, kind {text} NOT NULL, asked_by {text} NOT NULL,
        asked_of {text} NOT NULL, indicator {text} NOT NULL, name TEXT NOT NULL, scope {text} NOT NULL, as_of {text} NOT NULL,
        unit {text} NOT NULL, subject TEXT NOT NULL, basis TEXT NOT NULL, due_on {text} NOT NULL,
        found {text} NOT NULL, post {text} NOT NULL, asked_at {text} NOT NULL,
        PRIMARY KEY (authority, request_id))""",
    "CREATE INDEX request_by_day ON data_request (authority, asked_at, request_id)",
    "CREATE INDEX request_to_office ON data_request (authority, asked_of, asked_at)",
    """CREATE TABLE request_answer (
        authority {text} NOT NULL, request_id {text} NOT NULL, value_id {text} NOT NULL, words TEXT NOT NULL,
        office {text} NOT NULL, post {text} NOT NULL, answered_at {text} NOT NULL,
        PRIMARY KEY (authority, request_id),
        FOREIGN KEY (authority, request_id) REFERENCES data_request (authority, request_id))""",
    """CREATE TABLE voice_batch (
        authority {text} NOT NULL, case_id {text} NOT NULL, batch {integer} NOT NULL, codes {integer} NOT NULL,
        office {text} NOT NULL, post {text} NOT NULL, made_at {text} NOT NULL,
        PRIMARY KEY (authority, case_id, batch),
        FOREIGN KEY (authority, case_id) REFERENCES case_file (authority, case_id))""",
    """CREATE TABLE voice_code (
        authority {text} NOT NULL, digest {blob} NOT NULL, case_id {text} NOT NULL, spent {integer} NOT NULL,
        PRIMARY KEY (authority, digest),
        FOREIGN KEY (authority, case_id) REFERENCES case_file (authority, case_id)){clustered}""",
    """CREATE TABLE voice_count (
        authority {text} NOT NULL, case_id {text} NOT NULL, way {text} NOT NULL, says {text} NOT NULL,
        voices {integer} NOT NULL,
        PRIMARY KEY (authority, case_id, way, says),
        FOREIGN KEY (authority, case_id) REFERENCES case_file (authority, case_id)){clustered}""",
    """CREATE TABLE voice_tally (
        authority {text} NOT NULL, case_id {text} NOT NULL, way {text} NOT NULL, voices {integer} NOT NULL,
        counts {text} NOT NULL, told_at {text} NOT NULL,
        PRIMARY KEY (authority, case_id, way, voices),
        FOREIGN KEY (authority, case_id) REFERENCES case_file (authority, case_id)){clustered}""",
    """CREATE TABLE lot (
        authority {text} NOT NULL, lot_id {text} NOT NULL, subject TEXT NOT NULL, size {integer} NOT NULL,
        tree_size {integer} NOT NULL, outside TEXT NOT NULL, items TEXT NOT NULL, digest {text} NOT NULL,
        office {text} NOT NULL, post {text} NOT NULL, announced_at {text} NOT NULL,
        PRIMARY KEY (authority, lot_id))""",
    """CREATE TABLE lot_drawn (
        authority {text} NOT NULL, lot_id {text} NOT NULL, root {text} NOT NULL, outside_word TEXT NOT NULL,
        seed {text} NOT NULL, drawn TEXT NOT NULL, office {text} NOT NULL, post {text} NOT NULL,
        drawn_at {text} NOT NULL,
        PRIMARY KEY (authority, lot_id),
        FOREIGN KEY (authority, lot_id) REFERENCES lot (authority, lot_id))""",
    """CREATE TABLE recheck (
        authority {text} NOT NULL, lot_id {text} NOT NULL, item {text} NOT NULL, finding {text} NOT NULL,
        words TEXT NOT NULL, office {text} NOT NULL, post {text} NOT NULL, checked_at {text} NOT NULL,
        PRIMARY KEY (authority, lot_id, item),
        FOREIGN KEY (authority, lot_id) REFERENCES lot (authority, lot_id))""",
    "CREATE INDEX recheck_of_item ON recheck (authority, item)",
    "ALTER TABLE document ADD COLUMN dated_on {text} NOT NULL DEFAULT ''",
    "ALTER TABLE review_row ADD COLUMN decided_by {text} NOT NULL DEFAULT ''",
    "ALTER TABLE review_row ADD COLUMN confirmed_by {text} NOT NULL DEFAULT ''",
    "ALTER TABLE review_row ADD COLUMN superseded {integer} NOT NULL DEFAULT 0",
    # Who decided on a row before two pairs of eyes stands in its last step.
    """UPDATE review_row SET decided_by = coalesce((SELECT s.post FROM review_step s
        WHERE s.authority = review_row.authority AND s.document_id = review_row.document_id
        AND s.row_id = review_row.row_id AND s.undoes = 0 ORDER BY s.step DESC LIMIT 1), '')
        WHERE state <> 'proposed'""",
)

_REGISTER_3_READING: Final = (
    """CREATE TABLE case_circle (
        authority {text} NOT NULL, case_id {text} NOT NULL, post {text} NOT NULL,
        PRIMARY KEY (authority, case_id, post),
        FOREIGN KEY (authority, case_id) REFERENCES case_file (authority, case_id)){clustered}""",
    """CREATE TABLE approval (
        authority {text} NOT NULL, case_id {text} NOT NULL, n {integer} NOT NULL, office {text} NOT NULL,
        post {text} NOT NULL, stage {text} NOT NULL, until_on {text} NOT NULL,
        PRIMARY KEY (authority, case_id, n),
        FOREIGN KEY (authority, case_id) REFERENCES case_file (authority, case_id)){clustered}""",
    "CREATE INDEX approval_waiting ON approval (authority, office, until_on, case_id, n)",
)
"""The posts of a smallest circle, and the requests that wait for somebody's word: what lists ask, told from the events."""

_NEVER_CHANGED: Final = ("event", "leaf", "slot", "checkpoint", "review_step", "procedure_version")
"""Tables of facts: the database refuses to change or remove a row, whoever asks through SQL."""

_VAULT_1: Final = (
    """CREATE TABLE data_key (
        authority {text} NOT NULL, case_id {text} NOT NULL, party {text} NOT NULL, key_id {text} NOT NULL,
        kek_id {text} NOT NULL, wrapped {blob} NOT NULL, created_at {text} NOT NULL, destroyed_at {text} NOT NULL,
        PRIMARY KEY (authority, case_id, party))""",
)


def _guards(kind: str) -> tuple[str, ...]:
    made = _table_guards(kind, _NEVER_CHANGED)
    if kind == "sqlite":
        return made
    return (
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'rows of this table are facts: change refused'; END $$",
        *made,
    )


def _table_guards(kind: str, tables: tuple[str, ...]) -> tuple[str, ...]:
    if kind == "sqlite":
        return tuple(
            f"CREATE TRIGGER {table}_{verb}_refused BEFORE {verb.upper()} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} rows are facts: {verb} refused'); END"
            for table in tables
            for verb in ("update", "delete")
        )
    return (
        *(
            f"CREATE TRIGGER {table}_change_refused BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            for table in tables
        ),
        *(
            f"CREATE TRIGGER {table}_truncate_refused BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            for table in tables
        ),
    )


_TYPES: Final = {
    "sqlite": {"text": "TEXT", "integer": "INTEGER", "blob": "BLOB", "clustered": " WITHOUT ROWID"},
    "postgres": {"text": 'TEXT COLLATE "C"', "integer": "BIGINT", "blob": "BYTEA", "clustered": ""},
}


def _guards_2(kind: str) -> tuple[str, ...]:
    return _table_guards(kind, ("governance", "cosignature", "procedure_step", "calendar_pass", "case_excluded"))


_JOURNAL: Final = (
    """CREATE TABLE journal (
        slot INTEGER PRIMARY KEY, authority TEXT NOT NULL, seq INTEGER NOT NULL, part INTEGER NOT NULL,
        parts INTEGER NOT NULL, crc INTEGER NOT NULL, body BLOB NOT NULL)""",
    "CREATE TABLE journal_merged (authority TEXT PRIMARY KEY, seq INTEGER NOT NULL)",
)
"""What SQLite has and PostgreSQL needs not: see `journal.py`."""


def _guards_3(kind: str) -> tuple[str, ...]:
    journal = _JOURNAL if kind == "sqlite" else ()
    facts = ("indicator_value", "data_request", "request_answer", "voice_batch", "voice_tally")
    return (*journal, *_table_guards(kind, (*facts, "lot", "lot_drawn", "recheck", "case_circle")))


MIGRATIONS: Final[tuple[dict[str, Any], ...]] = (
    {"register": _REGISTER_1, "vault": _VAULT_1, "guards": _guards},
    {"register": _REGISTER_2, "guards": _guards_2},
    {"register": (*_REGISTER_3, *_REGISTER_3_READING), "guards": _guards_3},
)
"""One entry per version, oldest first; `guards` gives the statements that differ between the databases."""

SCHEMA_VERSION: Final = len(MIGRATIONS)


def _statements(version: int, part: str, kind: str) -> list[str]:
    entry = MIGRATIONS[version - 1]
    out = [_filled(sql, kind) for sql in entry.get(part, ())]
    if part == "register" and "guards" in entry:
        out.extend(entry["guards"](kind))
    return out


def _filled(sql: str, kind: str) -> str:
    for name, words in _TYPES[kind].items():
        sql = sql.replace("{" + name + "}", words)
    return sql


def _version_in(connection: Any) -> int:
    if connection.kind == "postgres":
        there = connection.execute("SELECT to_regclass('schema_version')").fetchone()[0]
    else:
        there = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'schema_version'").fetchone()
    if not there:
        return 0
    return int(connection.execute("SELECT max(version) FROM schema_version").fetchone()[0] or 0)


def schema_version(place: str | os.PathLike[str], part: str = "register") -> int:
    """The version of the tables in a register (or its `vault`); 0 when there are none yet.

    Raises Unavailable when the database cannot be reached.
    """
    database = Database(place, part)
    if not database.exists():
        return 0
    connection = database.connect(write=False)
    try:
        return _version_in(connection)
    except DATABASE_ERRORS as error:
        raise unavailable(error) from error
    finally:
        connection.close()


def require_current(connection: Any) -> None:
    """Raises OtherVersion(found, wanted) unless this connection's tables are of this program's version."""
    try:
        found = _version_in(connection)
    except DATABASE_ERRORS as error:
        raise unavailable(error) from error
    if found != SCHEMA_VERSION:
        raise OtherVersion(found, SCHEMA_VERSION)


def migrate(place: str | os.PathLike[str]) -> int:
    """Bring a register and its vault, new or older, to this version; returns the version they had before.

    Each version is one transaction under a lock, so a killed migration leaves the previous version whole. A newer
    database than this program is refused and left as it is.

    Raises:
        OtherVersion: the database is newer than this program.
        Unavailable: it cannot be written.
    """
    before = 0
    for part in ("register", "vault"):
        found = _migrate_part(place, part)
        before = found if part == "register" else before
    return before


def _migrate_part(place: str | os.PathLike[str], part: str, to: int = SCHEMA_VERSION) -> int:
    database = Database(place, part)
    if database.postgres:
        _make_schema(database)
    connection = database.connect(write=True, create=True)
    try:
        if connection.kind == "postgres":
            connection.execute("SELECT pg_advisory_lock(hashtext('mingze migrate'))")
        found = _version_in(connection)
        if found > SCHEMA_VERSION:
            raise OtherVersion(found, SCHEMA_VERSION)
        for version in range(found + 1, to + 1):
            connection.begin()
            if version == 1:
                connection.execute(
                    _filled("CREATE TABLE schema_version (version {integer} PRIMARY KEY)", connection.kind)
                )
            for statement in _statements(version, part, connection.kind):
                connection.execute(statement)
            connection.execute("INSERT INTO schema_version (version) VALUES (?)", (version,))
            connection.commit()
        return found
    except DATABASE_ERRORS as error:
        connection.rollback()
        raise unavailable(error) from error
    finally:
        connection.close()


def _make_schema(database: Database) -> None:
    connection = database.connect(write=True)
    try:
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {database.part}")
    except DATABASE_ERRORS as error:
        raise unavailable(error) from error
    finally:
        connection.close()
