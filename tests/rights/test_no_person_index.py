"""No picture of a person: nothing in the databases, the addresses or the API leads from a person to their cases."""

from __future__ import annotations

import json
import re
import sqlite3
from typing import Any

from tests.rights.district import District
from tests.rights.test_matrix import addresses

IDENTITY = re.compile(
    r"(^|_)(name|names|phone|mobile|telephone|contact|email|mail|address|identity|id_number|idcard|passport|birth|gender"
    r"|person|resident|citizen|user|applicant|petitioner|proposer|complainant|ip|agent|device|fingerprint|wechat|face)(_|$)"
)
"""Words by which a column or a parameter would speak of a person."""

PARAMETERS = re.compile(
    r"(^|_)(person|resident|citizen|user|phone|mobile|telephone|contact|email|mail|id_number|idcard|passport|party|q|query"
    r"|search|who|identity|fingerprint)(_|$)"
)

NOT_A_PERSON = {
    # what is called `name` here names a version of a procedure or a thing of the framework
    "procedure_version.name", "procedure_step.name", "django_migrations.name", "sqlite_sequence.name",
    "auth_permission.name", "auth_group.name",
    # what an indicator is called
    "indicator_value.name", "data_request.name",
    # the staff's own accounts: who sits in which post, with no case in that database; no address is ever stored
    "holding.person_id", "enrolment.person_id", "account_emailaddress.email", "account_emailaddress.user_id",
    "account_emailconfirmation.email_address_id", "mfa_authenticator.user_id",
    "provider_account.person_id",
}  # fmt: skip


def schema(district: District) -> dict[str, dict[str, set[str]]]:
    """Every table of every database, with its columns and the columns its indexes lead with (after the authority)."""
    found: dict[str, dict[str, set[str]]] = {}
    for name in ("register", "vault", "accounts"):
        connection = sqlite3.connect(f"file:{district.instance.dir / name}.sqlite3?mode=ro", uri=True)
        for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            columns = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
            leading = set()
            for row in connection.execute(f"PRAGMA index_list({table})").fetchall():
                of = [each[2] for each in connection.execute(f"PRAGMA index_info({row[1]})")]
                leading.add(next((column for column in of if column != "authority"), ""))
            found[f"{name}.{table}"] = {"columns": columns, "leading": leading}
        connection.close()
    return found


def test_no_column_speaks_of_a_person_in_plain_text(district: District) -> None:
    """The register and the vault have no column for an identity: what is known of a person is sealed in `slot.sealed`."""
    columns = {
        f"{table.partition('.')[2]}.{column}" for table, told in schema(district).items() for column in told["columns"]
    }
    assert len(columns) > 150
    assert {column for column in columns if IDENTITY.search(column.partition(".")[2])} - NOT_A_PERSON == set()


def test_no_index_leads_from_a_party_a_code_or_a_key_to_several_cases(district: District) -> None:
    """`party` is a role inside one case (and never leads an index); a code's digest and a key's id belong to one case."""
    tables = schema(district)
    for table, told in tables.items():
        assert not told["leading"] & {"party", "sealed", "key_id", "wrapped", "duty_party"}, table
    for made in (district.suggestion, district.mediation, district.suggestion):
        made()
    with district.register.readers():  # the tables follow behind the answer: whoever asks waits for them
        pass
    for name, sql in (
        ("register", "SELECT digest FROM receipt_code GROUP BY digest HAVING count(DISTINCT case_id) > 1"),
        ("register", "SELECT key_id FROM slot GROUP BY key_id HAVING count(DISTINCT case_id) > 1"),
        ("vault", "SELECT key_id FROM data_key GROUP BY key_id HAVING count(DISTINCT case_id) > 1"),
    ):
        connection = sqlite3.connect(f"file:{district.instance.dir / name}.sqlite3?mode=ro", uri=True)
        assert connection.execute(sql).fetchall() == []
        connection.close()


def test_the_same_person_leaves_no_equal_value_in_two_cases(district: District) -> None:
    """Filed twice with the same name, telephone number and words, two cases share no stored value that is rare otherwise."""
    words = {"matter": "同一个人的同一件事", "name": "同名某某", "contact": "0451-12345678"}
    first, second = district.file("suggestion", words), district.file("suggestion", words)
    district.file("suggestion", {"matter": "别人的另一件事"})
    with district.register.readers():  # the tables follow behind the answer: whoever asks waits for them
        connection = sqlite3.connect(f"file:{district.instance.dir / 'register.sqlite3'}?mode=ro", uri=True)
    of: dict[str, set[Any]] = {first.case_id: set(), second.case_id: set()}
    for table in ("slot", "receipt_code", "event"):
        names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        kept = [name for name in names if name in ("slot_id", "key_id", "sealed", "digest")]
        for case_id, values in of.items():
            rows = connection.execute(f"SELECT {', '.join(kept)} FROM {table} WHERE case_id = ?", (case_id,)).fetchall()
            values |= {value for row in rows for value in row if value and not str(value).startswith("record/")}
    connection.close()
    assert all(of.values()) and not of[first.case_id] & of[second.case_id]


def test_no_address_takes_a_person(district: District) -> None:
    """No part of an address is a name, a number or an id of a person; cases are asked for by their own id or number."""
    parts = {part for address in addresses() for part in address.parts}
    assert parts == {
        "action", "case_id", "digest", "document_id", "kind", "month", "n", "name", "number", "path",
        "row_id", "slot", "step", "token", "verb",
    }  # fmt: skip
    assert {address.name for address in addresses() if "name" in address.parts} == {
        "static",
        "filing",
        "procedure",
        "desk_open",
    }  # fmt: skip  (a file's, a procedure's)


def test_no_parameter_of_the_api_takes_a_person(district: District) -> None:
    """No operation of the API has a parameter that a person could be asked by; a case is read with its code alone."""
    document = json.loads(district.client("anyone").get("/api/v1/openapi.json").content)
    names = {
        parameter["name"]
        for methods in document["paths"].values()
        for told in methods.values()
        for parameter in told.get("parameters", ())
    }
    asked = {field for name, told in document["components"]["schemas"].items() for field in told.get("properties", {})
             if name in ("Filing", "Act", "Period")}  # fmt: skip
    assert names == {"name", "action", "after", "limit", "Idempotency-Key"}
    assert not {each for each in names | asked if PARAMETERS.search(each)}


def test_the_desk_finds_a_case_by_its_number_and_by_nothing_else(district: District) -> None:
    """A name, a telephone number, words of the matter, a code: the search finds nothing, and no other field is offered."""
    case = district.suggestion()
    client = district.client("zjj.handler")
    for words in ("甲某某", "0451-00000001", "路口的灯不亮", case.codes["proposer"], "%", "明源%", "' OR 1=1 --"):
        for parameter in ("number", "name", "q", "contact", "party", "search"):
            page = client.get("/desk/", {parameter: words, "view": "open"}).content.decode()
            if parameter == "number":
                assert f"/desk/case/{case.case_id}/" not in page, words
    found = client.get("/desk/", {"number": case.number}).content.decode()
    assert f"/desk/case/{case.case_id}/" in found
    searches = re.findall(
        r'<input[^>]*type="search"[^>]*name="([^"]*)"|<input[^>]*name="([^"]*)"[^>]*type="search"', found
    )
    assert {one or other for one, other in searches} <= {"number"}
