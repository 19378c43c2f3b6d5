"""The programs' door under calls made up from its own contract (schemathesis, OpenAPI 3.1)."""

from __future__ import annotations

import collections
import contextlib
import os
from collections.abc import Callable

import schemathesis
from django.test import Client
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case
from schemathesis.core.result import Ok

from mingze.instance import Instance

CALLS = int(os.environ.get("MINGZE_API_CALLS", "200"))
"""Calls over all operations; `MINGZE_API_CALLS=1000` for the long run."""

FIELDS = {"matter": "The lamp is out.", "name": "Somebody", "contact": "0451-00000001"}


def test_no_call_made_from_the_contract_is_a_fault(
    make_instance: Callable[..., Instance], browse: Callable[..., Client]
) -> None:
    """Calls that fit the contract and calls that break it, with a receipt code and without: no answer is 5xx, and each
    error is a problem with a code.
    """
    instance = make_instance(demo=True)
    browse(instance)
    code = instance.register().file("suggestion", FIELDS, form_key="k" * 30).code
    from django.core.wsgi import get_wsgi_application

    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    statuses: collections.Counter[int] = collections.Counter()
    calm = settings(
        max_examples=max(1, CALLS // (2 * len(operations))),
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
    )
    for operation in operations:
        for mode in schemathesis.GenerationMode:

            @seed(20261123)
            @calm
            @given(case=operation.as_strategy(generation_mode=mode))
            def call(case: Case) -> None:
                case.headers["Authorization"] = f"Bearer {code}"
                answer = case.call()
                statuses[answer.status_code] += 1
                told = f"{case.method} {case.formatted_path} {case.body!r} {answer.status_code}"
                assert answer.status_code < 500, told
                if answer.status_code >= 400:
                    assert answer.headers["content-type"] == ["application/problem+json"], told
                    assert answer.json()["code"], told

            with contextlib.suppress(Unsatisfiable):  # an operation that takes nothing cannot be asked wrongly
                call()
    assert sum(statuses.values()) > CALLS // 4
    assert {200, 422} <= set(statuses)
