"""A BankID client that shares nothing with ours runs against the simulator: envelope, orders, times, faults, and evidence that OpenSSL verifies."""

import base64
import hashlib
import hmac
import http.client
import json
import pathlib
import re
import ssl
import subprocess
import tempfile
import unittest
import urllib.request

from tests.integration.harness import build_folder
from tests.stack import pki, table
from tests.stack.browser import Phone
from tests.stack.stack import Stack

ASTRID = "191212121212"
TEXT = base64.b64encode("Jag begär ersättning\nmed 21 113 kronor".encode()).decode()


class RelyingParty:
    """BankID RP API v6 as its documentation has it, over mTLS."""

    def __init__(self, stack, certificate="relying-party", folder=None):
        bankid = stack.keys / "bankid"
        self.context = ssl.create_default_context(cafile=bankid / "ca.pem")
        self.context.load_cert_chain((folder or bankid) / f"{certificate}.pem", (folder or bankid) / f"{certificate}.key")
        self.port = stack.ports["eid-sim"]["rp"]

    def send(self, path, body, method="POST", content_type="application/json"):
        """(status, content type, body) of one call on a connection of its own."""
        connection = http.client.HTTPSConnection("localhost", self.port, context=self.context, timeout=10)
        try:
            connection.request(method, path, body if isinstance(body, (str, bytes)) else json.dumps(body), {"Content-Type": content_type})
            answer = connection.getresponse()
            return answer.status, answer.getheader("Content-Type"), answer.read()
        finally:
            connection.close()

    def call(self, name, body):
        status, _, text = self.send(f"/rp/v6.0/{name}", body)
        return status, json.loads(text)

    def begin(self, name="auth", **members):
        status, order = self.call(name, {"endUserIp": "192.0.2.1", **members})
        assert status == 200, order
        return order

    def collect(self, order):
        return self.call("collect", {"orderRef": order["orderRef"]})


def qr(order, seconds=0):
    code = hmac.new(order["qrStartSecret"].encode(), str(seconds).encode(), hashlib.sha256).hexdigest()
    return f"bankid.{order['qrStartToken']}.{seconds}.{code}"


class EidSimStory(unittest.TestCase):

    @classmethod
    def setUpClass(cls):
        local = table.ROOT / ".local" / "test"
        local.mkdir(parents=True, exist_ok=True)
        cls.stack = Stack(tempfile.mkdtemp(dir=local, prefix="eid-"), build_folder(), table.free_ports())
        cls.addClassCleanup(cls.stack.remove)
        cls.addClassCleanup(cls.stack.end_process, "eid-sim")
        cls.stack.make_keys()
        cls.stack.set_clock(0)
        cls.stack.start_process("eid-sim")
        cls.us = RelyingParty(cls.stack)

    def setUp(self):
        self.phone = Phone(self.stack, ASTRID)
        self.addCleanup(self.phone.control, "PUT", "faults", {"calls": 0})

    def collected(self, order):
        """The order two seconds on."""
        self.phone.control("POST", "clock/advance", {"ms": 2000})
        return self.us.collect(order)

    def completed(self, order, **approval):
        self.phone.scan(qr(order))
        self.phone.approve(**approval)
        status, answer = self.collected(order)
        self.assertEqual((status, answer["status"]), (200, "complete"), answer)
        return answer["completionData"]

    def assert_error(self, answer, status, code):
        self.assertEqual((answer[0], answer[1].get("errorCode")), (status, code))

    def test_the_envelope_is_held_to_the_letter(self):
        path, body = "/rp/v6.0/auth", {"endUserIp": "192.0.2.1"}
        self.assertEqual(self.us.send(path, "", method="GET")[::2], (405, b""))
        self.assertEqual(self.us.send(path, body, content_type="application/json; charset=utf-8")[0], 415)
        self.assertEqual(self.us.send("/rp/v5.1/auth", body)[0], 404)
        self.assertEqual(self.us.send(path, "x" * (2 * 1024 * 1024 + 1))[0], 400)
        self.assert_error(self.us.call("auth", "no JSON"), 400, "invalidParameters")

    def test_no_certificate_and_a_foreign_one_are_no_way_in(self):
        foreign = pathlib.Path(self.stack.base) / "foreign"
        pki.make_ca(foreign, "Somebody else's CA")
        pki.make_certificate(foreign, "stranger", ["DNS:stranger.example"])
        with self.assertRaises((ssl.SSLError, ConnectionError, http.client.HTTPException)):
            RelyingParty(self.stack, "stranger", foreign).begin()

    def test_an_order_is_known_to_its_certificate_alone(self):
        pki.make_certificate(self.stack.keys / "bankid", "another-party", ["DNS:another.example"])
        order = RelyingParty(self.stack, "another-party").begin()
        self.assert_error(self.us.collect(order), 400, "invalidParameters")
        self.assert_error(self.us.call("cancel", {"orderRef": order["orderRef"]}), 400, "invalidParameters")

    def test_a_person_identifies_by_the_animated_code(self):
        order = self.us.begin(returnRisk=True, requirement={"certificatePolicies": ["1.2.3.4.25"]})
        self.assertEqual(sorted(order), ["autoStartToken", "orderRef", "qrStartSecret", "qrStartToken"])
        self.assertEqual(self.us.collect(order)[1]["hintCode"], "outstandingTransaction")
        data = self.completed(order)
        self.assertEqual(data["user"]["personalNumber"], ASTRID)
        self.assertEqual(data["risk"], "low")
        self.assert_error(self.us.collect(order), 400, "invalidParameters")

    def test_times_run_by_the_virtual_clock(self):
        order = self.us.begin()
        self.phone.control("POST", "clock/advance", {"ms": 30000})
        self.assertEqual(self.us.collect(order)[1]["hintCode"], "startFailed")
        order = self.us.begin()
        self.phone.scan(qr(order))
        self.phone.control("POST", "clock/advance", {"ms": 180000})
        self.assertEqual(self.us.collect(order)[1]["hintCode"], "expiredTransaction")
        order = self.us.begin()
        self.phone.scan(qr(order))
        self.phone.approve()
        self.phone.control("POST", "clock/advance", {"ms": 180000})
        self.assert_error(self.us.collect(order), 400, "invalidParameters")

    def test_the_same_device_goes_back_with_the_nonce(self):
        order = self.us.begin(returnUrl="https://bitrade.example/bitrade/v1/logins/bankid-return?nonce=n1")
        self.assertEqual(self.phone.open(f"https://app.bankid.com/?autostarttoken={order['autoStartToken']}")["hintCode"], "userSign")
        self.assertIn("nonce=n1", self.phone.approve()["returnUrl"])

    def test_faults_reach_the_client(self):
        for fault, expected in (({"status": 503, "errorCode": "Maintenance"}, (503, "application/json")), ({"status": 403}, (403, "text/html"))):
            self.phone.control("PUT", "faults", {"calls": 1, **fault})
            self.assertEqual(self.us.send("/rp/v6.0/auth", {"endUserIp": "192.0.2.1"})[:2], expected)
        self.phone.control("PUT", "faults", {"calls": 1, "lost": True, "on": "complete"})
        order = self.us.begin()
        self.phone.scan(qr(order))
        self.phone.approve()
        with self.assertRaises((ConnectionError, http.client.HTTPException, ssl.SSLError)):
            self.collected(order)
        self.assert_error(self.us.collect(order), 400, "invalidParameters")

    def test_a_developer_gets_the_page(self):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.stack.ports['eid-sim']['control']}/", timeout=60) as answer:
            self.assertIn("text/html", answer.headers["Content-Type"])
            self.assertIn(b"</html>", answer.read())

    # ---- evidence --------------------------------------------------------------------------------------------------------------

    def signed(self, **approval):
        order = self.us.begin("sign", userVisibleData=TEXT, userNonVisibleData="AAE=",
                              requirement={"personalNumber": ASTRID, "certificatePolicies": ["1.2.3.4.25"]})
        return self.completed(order, **approval)

    def test_openssl_verifies_what_is_signed(self):
        evidence = Evidence(self.signed(), self.stack)
        evidence.verify()
        self.assertIn(f"<usrVisibleData charset=\"UTF-8\" visible=\"wysiwys\">{TEXT}</usrVisibleData><usrNonVisibleData>AAE=<", evidence.xml)
        self.assertIn("<funcId>Signing</funcId>", evidence.xml)
        self.assertIn(base64.b64encode(b"cn=bitrade.example,name=Bitrade,serialNumber=").decode()[:-4], evidence.xml)

    def test_openssl_refuses_what_is_made_wrong(self):
        for fault in ("alteredText", "brokenSignature", "foreignRoot", "expiredCertificate", "ocspRevoked", "ocspUnknown",
                      "ocspForeignResponder", "ocspAltered", "ocspTryLater"):
            with self.subTest(fault), self.assertRaises(Refused):
                Evidence(self.signed(evidence=fault), self.stack).verify()


class Refused(Exception):
    """OpenSSL, or a digest, says no."""


class Evidence:
    """Signature and OCSP response, verified by raw text and by OpenSSL's commands."""

    def __init__(self, data, stack):
        self.signature = data["signature"]
        self.xml = base64.b64decode(self.signature).decode()
        self.root = stack.keys / "bankid" / "signing-root.pem"
        self.folder = pathlib.Path(tempfile.mkdtemp(dir=stack.base))
        self.clock = stack.clock
        for name, der in zip(("person", "customers", "bank"), re.findall(r"<X509Certificate>([^<]+)<", self.xml)):
            self.write(f"{name}.pem", ssl.DER_cert_to_PEM_cert(base64.b64decode(der)).encode())
        self.write("response.der", base64.b64decode(data["ocspResponse"]))

    def write(self, name, content):
        (self.folder / name).write_bytes(content)

    def openssl(self, *arguments):
        done = subprocess.run(["openssl", *map(str, arguments)], cwd=self.folder, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise Refused(done.stdout + done.stderr)
        return done.stdout + done.stderr

    def element(self, name):
        return re.search(rf"<{name} .*</{name}>", self.xml, re.S).group(0)

    def verify(self):
        for name in ("bankIdSignedData", "KeyInfo"):
            digest = base64.b64encode(hashlib.sha256(self.element(name).encode()).digest()).decode()
            if f"<DigestValue>{digest}</DigestValue>" not in self.xml:
                raise Refused(f"the digest of {name} is another")
        self.write("info.xml", self.element("SignedInfo").encode())
        self.write("signature", base64.b64decode(re.search(r"<SignatureValue>([^<]+)<", self.xml).group(1)))
        self.write("public.pem", self.openssl("x509", "-in", "person.pem", "-pubkey", "-noout").encode())
        self.openssl("dgst", "-sha256", "-verify", "public.pem", "-signature", "signature", "info.xml")
        self.write("chain.pem", (self.folder / "customers.pem").read_bytes() + (self.folder / "bank.pem").read_bytes())
        self.openssl("verify", "-CAfile", self.root, "-untrusted", "chain.pem", "person.pem")
        self.verify_ocsp()

    def verify_ocsp(self):
        told = self.openssl("ocsp", "-respin", "response.der", "-issuer", "customers.pem", "-cert", "person.pem", "-CAfile", self.root,
                            "-verify_other", "chain.pem", "-no_nonce")
        if "Response verify OK" not in told or "person.pem: good" not in told:
            raise Refused(told)
        nonce = hashlib.sha1(self.signature.encode()).digest()
        if nonce not in (self.folder / "response.der").read_bytes():
            raise Refused("the nonce is another")


if __name__ == "__main__":
    unittest.main()
