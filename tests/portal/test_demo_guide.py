"""The start page of a demo leads newcomers in; the start page of a real instance knows no code and no sign-in without a secret."""

from __future__ import annotations


def test_a_demo_lists_one_sign_in_per_role_and_some_codes(make_instance, browse):
    """Roles and matters to follow stand on the demo's start page, in the reader's language, and one press leads in."""
    from mingze.demo import fill

    instance = make_instance(demo=True)
    fill(instance, scale=0.1)
    client = browse(instance)
    page = client.get("/", headers={"accept-language": "en"}).content.decode()
    assert (
        "A suggestion received today" in page
        and 'value="zwzx.clerk"' in page
        and 'value="tjj.verifier"' in page
        and 'name="code"' in page
    )
    code = page.partition('name="code" value="')[2].partition('"')[0]
    assert len(code) == 24
    assert client.post("/desk/sign-in/", {"post": "zwzx.clerk"}).status_code == 303
    assert client.post("/case/", {"code": code}, follow=True).status_code == 200


def test_a_real_instance_offers_neither(make_instance, browse):
    """Outside a demo there is no guide, no role button and no address to press one."""
    client = browse(make_instance())
    page = client.get("/").content.decode()
    assert 'id="demo"' not in page and "/desk/sign-in/" not in page and "demo-codes" not in page
    assert client.post("/desk/sign-in/", {"post": "zwzx.clerk"}).status_code == 404
