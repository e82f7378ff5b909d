#!/usr/bin/env python3
"""Opens every page of a book in Chromium, and says what is wrong with it there.

    Tests/Browser/check.py FOLDER [SCREENSHOTS]

At 400, 800 and 1,400 pixels, with everything opened that can be opened: nothing may be wider than
the window unless it scrolls by itself, nothing may be requested, no script may complain, every
picture and formula has words, and every slider shows what stands in the page. The browser is driven
through a pipe (--remote-debugging-pipe), so that nothing listens. With a second folder pictures of
the pages are written there, light and dark.
"""

import base64
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

WIDTHS = (400, 800, 1400)
LARGEST = 400_000

FAULTS = """
(() => {
  const faults = [];
  const say = (what, element) => {
    const name = element.tagName.toLowerCase();
    const place = element.closest('[id]');
    faults.push(`${what}: <${name} class="${element.getAttribute('class') || ''}"> at #`
      + `${place ? place.id : ''} “${element.textContent.trim().slice(0, 40)}”`);
  };
  const width = document.documentElement.clientWidth;
  const scrolls = element => {
    for (let box = element.parentElement; box; box = box.parentElement) {
      if (['auto', 'scroll', 'hidden'].includes(getComputedStyle(box).overflowX)) return true;
    }
    return false;
  };
  if (document.documentElement.scrollWidth > width) {
    faults.push(`the page is ${document.documentElement.scrollWidth} wide`);
    for (const element of document.querySelectorAll('body *')) {
      const inner = element.getBoundingClientRect().left + element.scrollWidth;
      const visible = getComputedStyle(element).overflowX === 'visible';
      const deeper = [...element.children].some(child => child.scrollWidth
        && child.getBoundingClientRect().left + child.scrollWidth > width + 1);
      if (inner > width + 1 && visible && !deeper && !scrolls(element)) say('overflows', element);
    }
  }
  for (const element of document.querySelectorAll('body *')) {
    const box = element.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) continue;
    if ((box.right > width + 1 || box.left < -1) && !scrolls(element)) say('too wide', element);
  }
  for (const svg of document.querySelectorAll('svg')) {
    if (svg.getAttribute('role') !== 'img' || !svg.getAttribute('aria-label')) say('no words', svg);
  }
  for (const math of document.querySelectorAll('math')) {
    if (!math.getAttribute('alttext')) say('no words', math);
  }
  for (const link of document.querySelectorAll('a[href^="#"]')) {
    if (!document.getElementById(decodeURIComponent(link.hash.slice(1)))) say('leads nowhere', link);
  }
  for (const axis of document.querySelectorAll('.moving .slider')) {
    const input = axis.querySelector('input');
    const start = input.value;
    for (const value of [input.min, input.max, start]) {
      input.value = value;
      input.dispatchEvent(new Event('input'));
      for (const output of axis.querySelectorAll('output')) {
        if (output.textContent !== output.dataset.v.split('|')[Number(value)]) say('wrong', output);
      }
    }
  }
  for (const table of document.querySelectorAll('.sortable')) {
    const heads = [...table.querySelectorAll('th')];
    heads.forEach((head, column) => {
      for (const turn of [1, -1]) {
        head.querySelector('button').click();
        const cells = [...table.tBodies[0].rows].map(row => row.cells[column]);
        const numbers = cells.map(cell => Number(cell.dataset.n ?? 'Infinity'));
        const areWords = numbers.every(number => number === Infinity);
        const isInOrder = cells.every((cell, place) => !place || (areWords
          ? turn * cells[place - 1].textContent.localeCompare(cell.textContent) <= 0
          : turn * numbers[place - 1] <= turn * numbers[place]));
        if (!isInOrder) say('out of order', head);
      }
    });
  }
  return faults;
})()
"""

OPENED = """
(() => {
  document.querySelectorAll('details').forEach(details => { details.open = true; });
  document.querySelectorAll('.panel').forEach(panel => { panel.style.display = 'block'; });
})()
"""


class Browser:
    """Chromium behind a pipe."""

    def __init__(self, program, folder):
        here_out, there_in = os.pipe(), os.pipe()

        def wire():
            os.dup2(there_in[0], 13)
            os.dup2(here_out[1], 14)
            os.dup2(13, 3)
            os.dup2(14, 4)

        self.process = subprocess.Popen(
            [program, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
             f"--user-data-dir={folder}", "--remote-debugging-pipe", "about:blank"],
            preexec_fn=wire, pass_fds=(3, 4), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.reading, self.writing = os.fdopen(here_out[0], "rb"), os.fdopen(there_in[1], "wb")
        os.close(here_out[1])
        os.close(there_in[0])
        self.count, self.buffer, self.events = 0, b"", []
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(domain + ".enable")

    session = None

    def ask(self, method, **params):
        self.count += 1
        message = {"id": self.count, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        self.writing.write(json.dumps(message).encode() + b"\0")
        self.writing.flush()
        number = self.count
        while True:
            answer = self.receive()
            if answer.get("id") == number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def receive(self):
        while b"\0" not in self.buffer:
            piece = os.read(self.reading.fileno(), 1 << 20)
            if not piece:
                raise RuntimeError("the browser went away")
            self.buffer += piece
        message, _, self.buffer = self.buffer.partition(b"\0")
        return json.loads(message)

    def open(self, url):
        self.events = []
        self.ask("Page.navigate", url=url)
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(self.receive())

    def value(self, script):
        result = self.ask("Runtime.evaluate", expression=script, returnByValue=True)
        if "exceptionDetails" in result:
            raise RuntimeError(result["exceptionDetails"]["text"])
        return result["result"].get("value")

    def complaints(self, url):
        for event in self.events:
            method, params = event.get("method"), event.get("params", {})
            if method == "Runtime.exceptionThrown":
                yield "exception: " + params["exceptionDetails"]["text"]
            elif method == "Runtime.consoleAPICalled" and params["type"] in ("error", "assert"):
                yield "console: " + str(params["args"])
            elif method == "Log.entryAdded" and params["entry"]["level"] == "error":
                yield "log: " + params["entry"]["text"]
            elif method == "Network.requestWillBeSent" and params["request"]["url"] != url:
                yield "requests " + params["request"]["url"]

    def close(self):
        try:
            self.ask("Browser.close")
        except (RuntimeError, OSError):
            pass
        self.process.wait(timeout=20)


def shots(browser, name, width, folder):
    for scheme in ("light", "dark"):
        browser.ask("Emulation.setEmulatedMedia",
                    features=[{"name": "prefers-color-scheme", "value": scheme}])
        data = browser.ask("Page.captureScreenshot", captureBeyondViewport=False)["data"]
        file = pathlib.Path(folder) / f"{name}-{width}-{scheme}.png"
        file.write_bytes(base64.b64decode(data))


def main():
    book = pathlib.Path(sys.argv[1]).resolve()
    pictures = sys.argv[2] if len(sys.argv) > 2 else None
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if not program:
        print("skipped: chromium is not installed")
        return 0
    pages = sorted(book.glob("*.html"))
    if not pages:
        print(f"{book}: no pages")
        return 1
    faults = []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = Browser(program, profile)
        try:
            for page in pages:
                size = page.stat().st_size
                if size > LARGEST:
                    faults.append(f"{page.name}: {size:,} bytes, {LARGEST:,} at most")
                for width in WIDTHS:
                    browser.ask("Emulation.setDeviceMetricsOverride", width=width,
                                height=3000 if pictures else 900, deviceScaleFactor=1, mobile=False)
                    browser.open(page.as_uri())
                    if pictures:
                        shots(browser, page.stem, width, pictures)
                    found = list(browser.value(FAULTS))
                    browser.value(OPENED)
                    found += [fault for fault in browser.value(FAULTS) if fault not in found]
                    found += browser.complaints(page.as_uri())
                    faults += [f"{page.name} at {width}: {fault}" for fault in found]
        finally:
            browser.close()
    for fault in faults[:60]:
        print(fault)
    print(f"{len(pages)} pages at {len(WIDTHS)} widths, {len(faults)} faults")
    return 1 if faults else 0


sys.exit(main())
