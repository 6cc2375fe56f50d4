"""The page in a real browser, by keyboard alone."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from curation.digest import Digest
from curation.records import Evidence, FacetTags, Facts, Record, Tag, Tags
from curation.review import State, digest, html

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402
from selenium.webdriver.remote.webdriver import WebDriver  # noqa: E402
from selenium.webdriver.support.wait import WebDriverWait  # noqa: E402

pytestmark = pytest.mark.slow

Poisoned = Callable[[str], Digest]
Open = Callable[[str], WebDriver]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebDriver]:
    """Debian's Chromium, without a window and without a network."""
    binary = shutil.which("chromium") or shutil.which("chromium-browser")
    driver = shutil.which("chromedriver")
    if not (binary and driver):
        pytest.skip("no Chromium here: 'apt-get install chromium chromium-driver'")
    options = webdriver.ChromeOptions()
    options.binary_location = binary
    profile = tmp_path_factory.mktemp("profile")
    for word in ("headless=new", "no-sandbox", "disable-gpu", "disable-dev-shm-usage"):
        options.add_argument(f"--{word}")
    options.add_argument("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")
    options.add_argument(f"--user-data-dir={profile}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    service = webdriver.ChromeService(executable_path=driver)
    with webdriver.Chrome(options=options, service=service) as found:
        yield found


@pytest.fixture
def show(browser: WebDriver, tmp_path: Path) -> Open:
    def open_(page: str) -> WebDriver:
        path = tmp_path / "page.html"
        path.write_text(page, encoding="utf-8")
        browser.get(path.as_uri())
        return browser

    return open_


def tags(facet: str, value: str, rule: str) -> Tags:
    evidence = (Evidence(rule=rule, signal="name", term=value, weight=2.0),)
    known = FacetTags(state="known", values=(Tag(value=value, confidence=0.9, evidence=evidence),))
    return Tags(**{facet: known})


@pytest.fixture
def changes() -> str:
    """The page of three languages, a task, a licence and a removal."""
    old = {f"o/m{n}": Record(id=f"o/m{n}", facts=Facts(license="mit")) for n in range(6)}
    new = {
        f"o/m{n}": Record(
            id=f"o/m{n}", facts=Facts(license="mit"), tags=tags("languages", "ru", "language.name")
        )
        for n in range(3)
    }
    new["o/m3"] = Record(
        id="o/m3", facts=Facts(license="mit"), tags=tags("task", "fill-mask", "task.name")
    )
    new["o/m4"] = Record(id="o/m4", facts=Facts(license="gpl-3.0"))
    return html.render(digest(State(name="old", records=old), State(name="new", records=new)))


def shown(browser: WebDriver) -> list[str]:
    found = browser.find_elements(By.CSS_SELECTOR, "li.item > p > code:first-child")
    return [one.text for one in found if one.is_displayed()]


def press(browser: WebDriver, *keys: str) -> None:
    """Type where the focus is."""
    for key in keys:
        browser.switch_to.active_element.send_keys(key)


def settled(browser: WebDriver, count: int) -> list[str]:
    """The models shown, once ``count`` of them are."""
    WebDriverWait(browser, 20).until(
        lambda page: page.find_element(By.ID, "shown").text.startswith(f"{count} of ")
    )
    return shown(browser)


def test_text_facet_and_risk_are_filtered_by_keyboard(show: Open, changes: str) -> None:
    page = show(changes)
    assert len(settled(page, 6)) == 6
    press(page, "/")
    assert page.switch_to.active_element.get_attribute("id") == "text"
    press(page, "language.name M2")
    assert settled(page, 1) == ["o/m2"]
    assert [one.text for one in page.find_elements(By.TAG_NAME, "h2") if one.is_displayed()] == [
        "Tags changed: 4"
    ]
    press(page, Keys.ESCAPE)
    assert len(settled(page, 6)) == 6
    press(page, Keys.TAB)
    assert page.switch_to.active_element.get_attribute("id") == "facet"
    press(page, "lang")
    assert settled(page, 3) == ["o/m0", "o/m1", "o/m2"]
    press(page, Keys.TAB)
    assert page.switch_to.active_element.get_attribute("id") == "risk"
    press(page, Keys.ESCAPE)
    press(page, "rem")
    assert settled(page, 1) == ["o/m5"]
    press(page, Keys.TAB, Keys.ENTER)
    assert len(settled(page, 6)) == 6


def test_evidence_opens_by_keyboard(show: Open, changes: str) -> None:
    page = show(changes)
    settled(page, 6)
    summary = page.find_element(By.CSS_SELECTOR, "details > summary")
    details = page.find_element(By.CSS_SELECTOR, "details")
    for _ in range(40):
        if page.switch_to.active_element == summary:
            break
        press(page, Keys.TAB)
    press(page, Keys.ENTER)
    assert details.get_attribute("open") is not None
    assert "language.name" in details.text


def test_a_link_leads_past_the_controls(show: Open, changes: str) -> None:
    page = show(changes)
    press(page, Keys.TAB)
    assert page.switch_to.active_element.text == "Skip to the changes"
    press(page, Keys.ENTER)
    assert page.switch_to.active_element.get_attribute("id") == "changes"


def test_without_javascript_all_changes_are_there(show: Open, changes: str) -> None:
    page = show("")
    off = "Emulation.setScriptExecutionDisabled"
    page.execute_cdp_cmd(off, {"value": True})  # type: ignore[attr-defined]
    try:
        page = show(changes)
        assert len(shown(page)) == 6
        assert not page.find_element(By.ID, "filter").is_displayed()
    finally:
        page.execute_cdp_cmd(off, {"value": False})  # type: ignore[attr-defined]


@pytest.mark.parametrize(("scheme", "dark"), [("light", False), ("dark", True)])
def test_the_page_follows_the_scheme_of_the_system(
    show: Open, changes: str, scheme: str, dark: bool
) -> None:
    page = show(changes)
    wish = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", wish)  # type: ignore[attr-defined]
    ground = page.execute_script("return getComputedStyle(document.body).backgroundColor")
    assert (sum(map(int, ground[4:-1].split(","))) < 200) is dark


def test_a_hostile_card_runs_nothing_and_loads_nothing(show: Open, poisoned: Poisoned) -> None:
    text = "</code></script><script>document.title='owned'</script><img src=x onerror=alert(1)>"
    page = show(html.render(poisoned(text)))
    assert page.title == "What changed"
    assert page.find_elements(By.TAG_NAME, "img") == []
    loaded = page.execute_script("return performance.getEntriesByType('resource').length")
    assert loaded == 0
    assert [one for one in page.get_log("browser") if "Content Security" in one["message"]] == []
    assert text[:20] in page.find_element(By.CSS_SELECTOR, "li.item").text
