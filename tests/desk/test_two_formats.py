"""Two real formats from the file to the public board in a browser: a Word file with a heading and a list, read on a phone
without scripts by its second post; and a responsibility table in a spreadsheet, then its new version.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import openpyxl
import pytest

from tests.axe import barriers, sideways
from tests.desk.conftest import Desk

if TYPE_CHECKING:
    from playwright.sync_api import Page

type Open = Callable[..., Page]

PARAGRAPHS = (
    ("2026年下半年社区服务安排", "Title"),
    ("一、学校周边", "Heading 1"),
    ("去年全区学校门口拥堵有所缓解。", None),
    ("10月底前，区交通运输局在21所学校门口划定接送区。", None),
    ("二、助餐", "Heading 1"),
    ("年底前新开助餐点12个。", "List Number"),
    ("年底前新建社区食堂3个。", "List Number"),
    ("对经常上访的住户建立画像，分级管控。", None),
)

HEADER = ("序号", "工作任务", "牵头单位", "配合单位", "完成时限")
ROWS = (
    (1, "新开助餐点12个", "区民政局", "区市场监督管理局", "2026年12月底"),
    (2, "清理河道8公里", "区水利局", "", "2026年10月底"),
    (3, "更换楼道灯2000盏", "区住房和城乡建设局", "", "2026年11月底"),
)


def word_file(path: Path) -> Path:
    """A .docx with real styles."""
    document = docx.Document()
    for text, style in PARAGRAPHS:
        document.add_paragraph(text, style=style)
    document.save(str(path))
    return path


def sheet(path: Path, rows: tuple[tuple[Any, ...], ...]) -> Path:
    """A responsibility table (任务分解表): a merged title, a header, a row a task."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["2026年民生实事任务分解表"])
    page.merge_cells("A1:E1")
    page.append(list(HEADER))
    for row in rows:
        page.append(list(row))
    book.save(path)
    return path


@pytest.fixture
def served(desk: Desk, live: Callable[..., Any]) -> str:
    """The address of a running desk without documents."""
    desk.instance.close()
    return live(desk.instance).url


def sign_in(open_page: Open, url: str, post: str, **look: Any) -> Page:
    page = open_page(f"{url}/desk/sign-in/", **look)
    page.click(f'button[value="{post}"]')
    page.wait_for_url(f"{url}/desk/")
    return page


def upload(page: Page, url: str, file: Path, **fields: str) -> str:
    """Hand a file in; the document's address."""
    page.goto(f"{url}/desk/documents/new/")
    page.set_input_files("#f-file", file)
    for name, value in fields.items():
        page.select_option(f"#f-{name}", value) if name == "replaces" else page.fill(f"#f-{name}", value)
    page.click("#submit")
    page.wait_for_selector("#sentences")
    found = re.search(r"/desk/documents/\w+/", page.url)
    assert found
    return found[0]


def steps(page: Page, key: str) -> None:
    """Press a key that takes a step in place, and wait until it says so."""
    page.evaluate("document.activeElement.blur(); document.getElementById('message').replaceChildren()")
    page.keyboard.press(key)
    page.wait_for_selector("#saved, #refused")


def keeps(page: Page) -> list[str]:
    """What is wrong with the page that is open, on the narrowest phone and on a desk; the window is as before after it."""
    before, found = page.viewport_size, []
    for width, height in ((360, 740), (1440, 900)):
        page.set_viewport_size({"width": width, "height": height})
        too_wide = [f"{sideways(page)} px too wide"] if sideways(page) > 0 else []
        found += [f"{page.url} at {width}: {one}" for one in (*barriers(page), *too_wide)]
    if before is not None:
        page.set_viewport_size(before)
    return found


def test_a_word_file_becomes_promises_on_the_board(served: str, open_page: Open, tmp_path: Path) -> None:
    """Uploaded, reviewed by keys alone, handled several at once, confirmed by another post without scripts, published; the
    board shows each promise in its words, and the passage that would watch people is no task."""
    page = sign_in(open_page, served, "dcs.supervisor")
    address = upload(page, served, word_file(tmp_path / "安排.docx"))
    text = page.locator("#sentences").inner_text()
    assert all(words.rstrip("。") in text for words, _ in PARAGRAPHS)
    assert page.locator("#rows > [id^='row-']").count() == 4
    wrong = keeps(page)

    page.keyboard.press("?")
    assert page.locator("#keys").get_attribute("open") is not None, "the list of keys is shown by its key"
    first = page.locator("form.row.is-now").get_attribute("data-row")
    page.keyboard.press("o")
    assert page.evaluate("document.activeElement.id") == "f-lead"
    page.keyboard.press("Escape")
    page.keyboard.press("w")
    assert page.evaluate("document.activeElement.id") == "f-words"
    page.keyboard.press("Escape")
    page.evaluate("document.getElementById('message').replaceChildren()")
    page.keyboard.press("n")
    page.keyboard.type("请交通局核对数量")
    page.keyboard.press("Enter")
    page.wait_for_selector("#saved")
    page.wait_for_selector(f"#row-{first}[data-n='1']")
    steps(page, "a")
    assert page.locator(f"#row-{first} .tag-state").inner_text() == "已采纳"

    page.goto(f"{served}{address}?office=-")
    page.check("#bulk-accept")
    page.select_option("#bulk-lead", "mzj")
    page.click("#bulk-shown")
    page.wait_for_selector("#saved")
    assert "2项已一起办好" in page.locator("#saved").inner_text()
    assert page.locator("#publish").is_disabled()
    page.screenshot(path=tmp_path / "review-desktop.png", full_page=True)

    second = sign_in(open_page, served, "dcs.head", size="phone", javascript=False)
    second.goto(f"{served}{address}?view=second")
    assert second.locator("#rows > [id^='row-']").count() == 3
    second.screenshot(path=tmp_path / "second-phone.png", full_page=True)
    second.click("#confirm-all")
    assert "已复核3项" in second.locator("#saved").inner_text()

    page.goto(served + address)
    page.screenshot(path=tmp_path / "ready-desktop.png", full_page=True)
    page.click("#publish")
    page.wait_for_selector("#to-board")
    wrong += keeps(page)
    page.click("#to-board")
    page.wait_for_selector(".promise")
    shown = page.locator("main").inner_text()
    assert page.locator(".promise").count() == 3
    for words in ("21所学校门口划定接送区", "新开助餐点12个", "新建社区食堂3个"):
        assert words in shown
    assert "建立画像" not in shown
    assert wrong + keeps(page) == []


def test_a_sheet_and_its_new_version_reach_the_board(served: str, open_page: Open, tmp_path: Path) -> None:
    """A table's rows carry their offices and dates; its new version is compared row by row, each change explained, and
    everybody sees what changed."""
    page = sign_in(open_page, served, "dcs.supervisor", lang="en-GB")
    address = upload(page, served, sheet(tmp_path / "任务分解表.xlsx", ROWS))
    publish(page, sign_in(open_page, served, "dcs.head"), served, address)
    rows = list(ROWS)
    rows[0] = (1, "新开助餐点15个", *ROWS[0][2:])
    rows[2] = (*ROWS[2][:4], "2027年3月底")
    del rows[1]
    document_id = address.split("/")[3]
    newer = sheet(tmp_path / "任务分解表（调整）.xlsx", tuple(rows))
    second = upload(page, served, newer, title="2026年民生实事任务分解表（调整）", replaces=document_id)
    page.click("#is-version a")
    wrong = keeps(page)
    page.screenshot(path=tmp_path / "changes-desktop-en.png", full_page=True)
    phone = sign_in(open_page, served, "dcs.supervisor", size="phone")
    phone.goto(f"{served}{second}changes/")
    wrong += keeps(phone)
    phone.screenshot(path=tmp_path / "changes-phone.png", full_page=True)
    assert phone.locator(".say-why").count() == 3
    while phone.locator(".say-why").count():
        form = phone.locator(".say-why").first
        form.locator("textarea").fill("年中调整")
        with phone.expect_navigation():
            form.locator("button.btn").first.click()
    publish(page, sign_in(open_page, served, "dcs.head"), served, second)
    anybody = open_page(f"{served}/documents/{second.split('/')[3]}/changes/", size="phone")
    told = anybody.locator("main").inner_text()
    for words in ("有改动2项", "不再写入1项", "新开助餐点12个", "新开助餐点15个", "年中调整"):
        assert words in told
    wrong += keeps(anybody)
    anybody.screenshot(path=tmp_path / "compared-phone.png", full_page=True)
    wide = open_page(f"{served}/documents/{second.split('/')[3]}/changes/", lang="en-GB")
    wrong += keeps(wide)
    wide.screenshot(path=tmp_path / "compared-desktop-en.png", full_page=True)
    wide.goto(f"{served}/board/")
    assert wide.locator(".promise").count() == 3
    wrong += keeps(wide)
    wide.screenshot(path=tmp_path / "board-desktop-en.png", full_page=True)
    assert wrong == []


def publish(page: Page, head: Page, url: str, address: str) -> None:
    """Accept everything that is open, let the head of the office confirm and publish it."""
    page.goto(f"{url}{address}?view=pending")
    if page.locator("#rows > [id^='row-']").count():
        page.click("#bulk-box > summary")
        page.check("#bulk-accept")
        page.click("#bulk-shown")
        page.wait_for_selector("#saved")
    head.goto(f"{url}{address}")
    head.click("#confirm-all")
    head.wait_for_selector("#saved")
    head.click("#publish")
    head.wait_for_selector("#to-board")
