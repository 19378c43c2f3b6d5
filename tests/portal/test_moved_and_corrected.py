"""What a person reads when their case was moved to a new version, or when an official calendar was corrected."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from mingze import resources
from mingze.casework import Actor, note_correction
from mingze.procedure import read_procedure
from mingze.store.moving import move_case, version_in_force
from mingze.store.recording import Draft

SUPERVISOR = Actor("post", post="dcs.supervisor", office="dcs", functions=("supervisor",))
FOLDER = next(path for path in resources.procedure_folders() if path.name == "suggestion")


@pytest.mark.parametrize(("lang", "words"), [("en", "stay as they are"), ("zh-Hans", "已经告诉您的日期不变")])
def test_a_move_and_a_correction_stand_in_the_timeline_with_their_reasons(
    make_instance: Any, browse: Any, lang: str, words: str
) -> None:
    """The case page and the desk show the reason, that the dates told stay, and what a corrected calendar would give."""
    instance = make_instance(demo=True)
    register = instance.register()
    filed = register.file("suggestion", {"matter": "路口的灯不亮"}, form_key="a-form-key-of-the-test")
    texts = dict(resources.procedure_texts(FOLDER))
    texts["procedure.yaml"] = texts["procedure.yaml"].replace("en: Being handled", "en: Under consideration")
    register.library.install([read_procedure(texts)])
    new = version_in_force(register, "suggestion")
    move_case(register, filed.case_id, new, SUPERVISOR, "条文修改")
    corrected(register, filed.case_id)
    client = browse(instance)
    client.post("/case/", {"code": filed.code})
    page = client.get(f"/case/?lang={lang}", follow=True).content.decode()
    assert words in page and "条文修改" in page
    assert ("you were told" if lang == "en" else "仍以此为准") in page
    client.post("/desk/sign-in/", {"post": "zwzx.clerk"})
    desk = client.get(f"/desk/case/{filed.case_id}/").content.decode()
    assert "条文修改" in desk


def corrected(register: Any, case_id: str) -> None:
    """A record such as a corrected calendar leaves: the first running period was told another day than it gives."""

    def work(draft: Draft) -> None:
        held = draft.held(case_id)
        assert held is not None
        name, state = next(iter(held.case.clocks.items()))
        told = replace(held.case, clocks={name: replace(state, due="2026-12-01")})
        event = note_correction(
            register.procedures["suggestion"], told, register.now_of(held.case), register.calendar,
            authority=register.authority, previous=held.last_leaf,
        )  # fmt: skip
        assert event is not None and event.facts["dates"][name]["told"] == "2026-12-01"
        draft.record(register.procedures["suggestion"], held, event)

    register.submit(work)
