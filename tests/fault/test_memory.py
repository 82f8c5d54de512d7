"""A document of 200 MB up and down raises no process' peak memory by more than 32 MB."""

import http.client
import hashlib

from tests.integration.harness import Story

SIZE = 200_000_000
PIECE = bytes(range(256)) * 1024
LIMIT_KB = 32 * 1024


def pss_kb(pid):
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as rollup:
        return next(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))


class BoundedMemory(Story):

    def sample(self, peaks):
        for name in ("gateway", "documents", "appointments", "identity"):
            peaks[name] = max(peaks.get(name, 0), pss_kb(self.stack.pid(name)))

    def pieces(self, digest, peaks):
        left = SIZE
        for count in range(10**9):
            if left <= 0:
                return
            piece = PIECE[:min(len(PIECE), left)]
            left -= len(piece)
            digest.update(piece)
            if count % 50 == 0:
                self.sample(peaks)
            yield piece

    def test_200_megabytes_up_and_down(self):
        counsel, number = self.registered_counsel()
        appointed = self.appointment(counsel)
        browser = self.logged_in(number)
        small, _ = self.document(appointed)
        self.eventually(lambda: browser.get(f"documents/{small['id']}/content").status == 200)
        before, peaks, digest = {}, {}, hashlib.sha256()
        self.sample(before)
        whole = hashlib.sha256()
        for at in range(0, SIZE, len(PIECE)):
            whole.update(PIECE[:min(len(PIECE), SIZE - at)])
        document = self.agency.communicate(
            {"sourceId": "memory", "appointmentId": appointed["id"], "title": "Stor", "fileName": "stor.bin", "size": str(SIZE),
             "sha256": whole.hexdigest(), "mediaType": "application/octet-stream"}, b"", timeout=300, pieces=self.pieces(digest, peaks))
        self.assertEqual(digest.hexdigest(), document["sha256"])
        self.assertEqual(self.download(browser, document["id"], peaks), document["sha256"])
        rises = {name: peaks[name] - before[name] for name in before}
        print("rise of PSS in KiB:", rises)
        self.assertTrue(all(rise <= LIMIT_KB for rise in rises.values()), rises)

    def download(self, browser, identifier, peaks):
        host, port = self.stack.address("gateway", "http").split(":")
        connection = http.client.HTTPConnection(host, int(port), timeout=300)
        self.addCleanup(connection.close)
        connection.request("GET", f"/bitrade/v1/documents/{identifier}/content", headers={
            "Cookie": "; ".join(f"{name}={value}" for name, value in browser.cookies.items())})
        response, digest, count = connection.getresponse(), hashlib.sha256(), 0
        self.assertEqual(response.status, 200)
        while piece := response.read(262144):
            digest.update(piece)
            count += 1
            if count % 50 == 0:
                self.sample(peaks)
        return digest.hexdigest()
