"""The navigator: what a person does at a desk, one sentence a method; tests read as they would tell it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

AXE = (Path(__file__).parent / "vendor/axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Left and right of each step of the sheet: telephones, the table's and the lane's turning points, a wall.
WIDTHS = (320, 360, 390, 480, 575, 600, 640, 641, 768, 769, 900, 1024, 1087, 1088, 1200, 1280, 1440, 1600)
# Every run of letters that no translation touched, outside what is nobody's language: numbers and digests,
# which stand in an element of their own or, where none can, between isolates.
UNTRANSLATED = """
() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node; (node = walker.nextNode()); ) {
    const around = node.parentElement.closest("bdi, [translate=no], textarea, script, .t-on, .t-bare");
    const text = node.data.replace(/\\u2066[^\\u2069]*\\u2069/g, "");
    if (!around && /[A-Za-z]{2,}[aeiou]|[aeiou][A-Za-z]{2,}/.test(text)) found.push(node.data.trim());
  }
  return found;
}
"""


class Desk:
    """One person's browser at the gallery's desk."""

    def __init__(self, browser: Browser, address: str, *, language: str = "en", scripts: bool = True) -> None:
        self.address = address
        self.context: BrowserContext = browser.new_context(
            viewport={"width": 1280, "height": 900}, java_script_enabled=scripts
        )
        self.context.add_cookies([{"name": "django_language", "value": language, "url": address}])
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def opens(self, name: str, query: str = "") -> Page:
        self.page.goto(f"{self.address}/{name}{query}")
        return self.page

    def what_axe_finds(self) -> list[str]:
        # Evaluated by the test's own channel: the page's policy would refuse a script that is not its own.
        self.page.evaluate(AXE)
        report = self.page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
        return [
            f"{found['id']}: {node['target']} {node.get('failureSummary', '')}"
            for found in report["violations"]
            for node in found["nodes"]
        ]

    def widths_at_which_the_page_overflows(self) -> list[int]:
        wide = []
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            root = "document.documentElement"
            if self.page.evaluate(f"{root}.scrollWidth - {root}.clientWidth") > 0:
                wide.append(width)
        self.page.set_viewport_size({"width": 1280, "height": 900})
        return wide

    def words_nobody_translated(self) -> list[str]:
        return list(self.page.evaluate(UNTRANSLATED))

    def has_an_authenticator(self) -> None:
        cdp = self.context.new_cdp_session(self.page)
        cdp.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    def holds_a_passkey(self) -> None:
        self.has_an_authenticator()
        self.page.evaluate(
            """() => navigator.credentials.create({publicKey: {
                challenge: new Uint8Array(16), rp: {id: location.hostname, name: "gallery"},
                user: {id: new Uint8Array([1]), name: "officer", displayName: "officer"},
                pubKeyCredParams: [{type: "public-key", alg: -7}],
                authenticatorSelection: {residentKey: "required", userVerification: "required"}}})"""
        )

    def leaves(self) -> None:
        self.context.close()
