"""eid-sim as an OpenID provider, met by a client that shares nothing with ours: Python and OpenSSL's commands. Each fault that the
provider makes to order is one that this client sees."""

import base64
import hashlib
import hmac
import http.client
import json
import pathlib
import secrets
import ssl
import subprocess
import tempfile
import time
import unittest
import urllib.parse

from tests.stack import table
from tests.stack.browser import Phone
from tests.stack.stack import Stack

from .harness import build_folder

ASTRID = "191212121212"
NUMBER = "https://id.oidc.se/claim/personalIdentityNumber"
COORDINATION = "https://id.oidc.se/claim/coordinationNumber"
PROVIDER = "https://id.oidc.se/claim/authnProvider"
LOA3, LOA4 = "http://id.elegnamnden.se/loa/1.0/loa3", "http://id.elegnamnden.se/loa/1.0/loa4"
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
# Every fault of a signed token, and for which reason this client does not take it.
OF_EACH = {
    "algNone": "alg", "hmacOfPublicKey": "alg", "brokenSignature": "signature", "foreignKey": "signature", "embeddedKey": "signature",
    "otherKeyThanNamed": "another algorithm", "otherAlgorithmThanSigned": "another algorithm", "unknownKeyId": "kid", "missingKeyId": "kid",
    "critical": "crit", "unencodedPayload": "crit", "wrongType": "typ", "padded": "no base64url", "fourParts": "three parts",
    "notJson": "no JSON", "oversize": "too long", "repeatedMember": "stands twice", "wrongIssuer": "iss", "issuerWithSlash": "iss",
    "missingIssuer": "iss", "wrongAudience": "aud", "missingAudience": "aud", "severalAudiences": "azp", "wrongAuthorizedParty": "azp",
    "expired": "exp", "issuedInFuture": "iat", "issuedLongAgo": "iat", "longLived": "too long a life"}
OF_ID_TOKENS = {
    **OF_EACH, "unsigned": "three parts", "missingExpiry": "exp", "missingIssuedAt": "iat", "wrongNonce": "nonce", "missingNonce": "nonce",
    "oldAuthentication": "auth_time", "missingAuthTime": "auth_time", "wrongSubject": "sub", "missingSubject": "sub", "lowAcr": "acr",
    "wrongAcr": "acr", "missingAcr": "acr", "missingNumber": "number", "bothNumbers": "number", "malformedNumber": "check digit",
    "otherNumber": "number of UserInfo", "uncertainNumber": "number", "wrongProvider": "provider", "missingProvider": "provider",
    "wrongAccessTokenHash": "at_hash"}
OF_USER_INFO = {
    **OF_EACH, "unsigned": "application/json", "wrongSubject": "sub", "missingSubject": "sub", "missingNumber": "number",
    "bothNumbers": "number", "malformedNumber": "number", "otherNumber": "number", "uncertainNumber": "number"}
OF_LOGOUTS = {
    **OF_EACH, "unsigned": "no base64url", "missingExpiry": "exp", "missingIssuedAt": "iat", "withNonce": "nonce", "missingEvent": "events",
    "wrongEvent": "events", "missingTokenId": "jti", "fixedTokenId": "jti", "nobody": "nobody"}
OF_CALLBACKS = {
    "missingState": "state", "wrongState": "state", "repeatedState": "stands twice", "missingIssuer": "iss", "wrongIssuer": "iss",
    "missingCode": "no code", "wrongCode": "invalid_grant", "codeAndError": "access_denied"}
OF_TOKEN_ANSWERS = {
    "missingIdToken": "token answer", "missingAccessToken": "token answer", "wrongTokenType": "token answer",
    "repeatedIdToken": "stands twice"}
SKEW = 60


class Refused(Exception):
    """The client does not take what it was given."""


def demand(condition, reason):
    if not condition:
        raise Refused(reason)


def encode(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text):
    demand(all(letter.isascii() and (letter.isalnum() or letter in "-_") for letter in text), "no base64url")
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def unique(pairs):
    demand(len(dict(pairs)) == len(pairs), "a member stands twice")
    return dict(pairs)


def parse(data):
    try:
        value = json.loads(data, object_pairs_hook=unique)
    except ValueError as error:
        raise Refused("no JSON") from error
    demand(isinstance(value, dict), "no object")
    return value


# ---- DER and OpenSSL's commands ------------------------------------------------------------------------------------------------


def tlv(tag, content):
    size = len(content)
    raw = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag]) + (bytes([size]) if size < 128 else bytes([128 + len(raw)]) + raw) + content


def integer(raw):
    raw = raw.lstrip(b"\0") or b"\0"
    return tlv(2, (b"\0" if raw[0] & 128 else b"") + raw)


def public_der(jwk):
    """SubjectPublicKeyInfo of a JWK."""
    if jwk["kty"] == "EC":
        demand(jwk["crv"] == "P-256", "another curve")
        return bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d03010703420004") + decode(jwk["x"]) + decode(jwk["y"])
    key = tlv(0x30, integer(decode(jwk["n"])) + integer(decode(jwk["e"])))
    return tlv(0x30, bytes.fromhex("300d06092a864886f70d0101010500") + tlv(3, b"\0" + key))


def numbers_of(der):
    """The two numbers of an ECDSA signature, 32 bytes each."""
    first = 4 + der[3]
    parts = der[4:first], der[first + 2:]
    return b"".join(part.lstrip(b"\0").rjust(32, b"\0") for part in parts)


class OpenSsl:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)

    def run(self, *arguments, data=b""):
        return subprocess.run(["openssl", *map(str, arguments)], input=data, capture_output=True, check=False, cwd=self.folder)

    def sign(self, key, data):
        return numbers_of(self.run("dgst", "-sha256", "-sign", key, data=data).stdout)

    def verifies(self, algorithm, jwk, data, signature):
        if algorithm == "ES256":
            demand(len(signature) == 64, "another length")
            signature = tlv(0x30, integer(signature[:32]) + integer(signature[32:]))
        (self.folder / "key.der").write_bytes(public_der(jwk))
        (self.folder / "signature").write_bytes(signature)
        padding = ("-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:-1") if algorithm == "PS256" else ()
        return self.run("dgst", "-sha256", *padding, "-keyform", "DER", "-verify", "key.der", "-signature", "signature",
                        data=data).returncode == 0


# ---- the client ----------------------------------------------------------------------------------------------------------------


class Client:
    """A relying party of the Swedish profile."""

    def __init__(self, stack):
        told = stack.telia()
        self.issuer, self.id, self.redirect = (told[f"BITRADE_TELIA_{name}"] for name in ("ISSUER", "CLIENT_ID", "REDIRECT"))
        self.key = told["BITRADE_TELIA_KEY"]
        self.tls = ssl.create_default_context(cafile=told["BITRADE_TELIA_CA"])
        self.openssl = OpenSsl(tempfile.mkdtemp(dir=stack.base))
        self.seen = set()

    def send(self, method, url, form=None, bearer=None):
        """(status, headers, body); nothing is followed."""
        address = urllib.parse.urlsplit(url)
        connection = http.client.HTTPSConnection(address.hostname, address.port, context=self.tls, timeout=10)
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
        if bearer:
            headers["Authorization"] = f"Bearer {bearer}"
        try:
            connection.request(method, f"{address.path}?{address.query}" if address.query else address.path,
                               urllib.parse.urlencode(form) if form else None, headers)
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def fetch(self, url, limit=256 * 1024):
        status, headers, body = self.send("GET", url)
        demand(status == 200 and len(body) <= limit, f"status {status}, {len(body)} bytes")
        demand(headers["content-type"] == "application/json", "another type")
        return parse(body)

    def discover(self):
        document = self.fetch(f"{self.issuer}/.well-known/openid-configuration")
        demand(document["issuer"] == self.issuer, "issuer")
        for name, value in document.items():
            demand(not name.endswith(("_endpoint", "_uri")) or value.startswith("https://"), name)
        return document

    def keys(self):
        keys = self.fetch(f"{self.issuer}/jwks")["keys"]
        demand(keys, "no keys")
        return {key["kid"]: key for key in keys}

    # ---- what it sends ---------------------------------------------------------------------------------------------------------

    def jwt(self, claims):
        text = f"{encode(json.dumps({'alg': 'ES256', 'typ': 'JWT'}).encode())}.{encode(json.dumps(claims).encode())}"
        return f"{text}.{encode(self.openssl.sign(self.key, text.encode()))}"

    def begin(self, **changes):
        """The location to which the authorization endpoint leads, and what the client remembers."""
        login = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
        claims = {"id_token": {"acr": {"essential": True, "values": [LOA3, LOA4]}, NUMBER: {"essential": True}}}
        wanted = {"iss": self.id, "aud": self.issuer, "client_id": self.id, "response_type": "code", "redirect_uri": self.redirect,
                  "scope": "openid https://id.oidc.se/scope/naturalPersonNumber https://id.oidc.se/scope/naturalPersonInfo",
                  "state": login["state"], "nonce": login["nonce"], "prompt": "login", "claims": claims, "code_challenge_method": "S256",
                  "code_challenge": encode(hashlib.sha256(login["verifier"].encode()).digest()), **changes}
        query = urllib.parse.urlencode({"client_id": self.id, "response_type": "code", "scope": wanted["scope"], "request": self.jwt(wanted)})
        status, headers, _ = self.send("GET", f"{self.issuer}/authorize?{query}")
        assert status == 303, status
        return headers["location"], login

    def assertion(self, **changes):
        now = int(time.time())
        return self.jwt({"iss": self.id, "sub": self.id, "aud": f"{self.issuer}/token", "jti": secrets.token_urlsafe(16), "iat": now,
                         "exp": now + 60, **changes})

    def redeem(self, login, code, assertion=None):
        """(status, answer) of the token endpoint."""
        status, _, body = self.send("POST", f"{self.issuer}/token", {
            "grant_type": "authorization_code", "code": code, "redirect_uri": self.redirect, "client_id": self.id,
            "code_verifier": login["verifier"], "client_assertion_type": ASSERTION_TYPE, "client_assertion": assertion or self.assertion()})
        return status, parse(body)

    # ---- what it takes ---------------------------------------------------------------------------------------------------------

    def returned(self, url, login):
        """The code with which the browser comes back."""
        pairs = urllib.parse.parse_qsl(urllib.parse.urlsplit(url).query)
        told = unique(pairs)
        demand(told.get("state") == login["state"], "state")
        demand(told.get("iss") == self.issuer, "iss")
        demand("error" not in told, told.get("error"))
        demand("code" in told, "no code")
        return told["code"]

    def opened(self, token, types=(None, "JWT")):
        """The claims of a signed token."""
        demand(len(token) <= 16 * 1024, "too long")
        parts = token.split(".")
        demand(len(parts) == 3, "not three parts")
        header = parse(decode(parts[0]))
        algorithm, keys = header.get("alg"), self.keys()
        demand(algorithm in ("ES256", "RS256", "PS256"), "alg")
        demand("crit" not in header and "b64" not in header, "crit")
        demand(header.get("typ") in types, "typ")
        demand(header.get("kid") in keys, "kid")
        key = keys[header["kid"]]
        demand((key["kty"] == "EC") == (algorithm == "ES256") and key["alg"] == algorithm, "a key for another algorithm")
        demand(self.openssl.verifies(algorithm, key, f"{parts[0]}.{parts[1]}".encode(), decode(parts[2])), "signature")
        claims = parse(decode(parts[1]))
        demand(claims.get("iss") == self.issuer, "iss")
        audience = claims.get("aud")
        demand(self.id in (audience if isinstance(audience, list) else [audience]), "aud")
        demand(not isinstance(audience, list) or len(audience) == 1 or claims.get("azp") == self.id, "azp")
        return claims

    @staticmethod
    def timely(claims):
        now = time.time()
        demand(claims.get("exp", 0) > now - SKEW, "exp")
        demand(now - 300 - SKEW < claims.get("iat", 0) < now + SKEW, "iat")
        demand(claims["exp"] - claims["iat"] <= 600, "too long a life")

    def identified(self, token, login, access_token):
        claims = self.opened(token)
        self.timely(claims)
        demand(claims.get("nonce") == login["nonce"], "nonce")
        demand(time.time() - claims.get("auth_time", 0) < 300 + SKEW, "auth_time")
        demand(claims.get("acr") in (LOA3, LOA4), "acr")
        demand(claims.get("sub"), "sub")
        demand(claims.get(PROVIDER) == "https://telia.example/eid", "provider")
        half = hashlib.sha256(access_token.encode()).digest()[:16]
        demand(claims.get("at_hash") == encode(half), "at_hash")
        demand(COORDINATION not in claims and NUMBER in claims, "number")
        demand(luhn(claims[NUMBER]), "check digit")
        return claims

    def user(self, access_token, id_claims):
        status, headers, body = self.send("GET", f"{self.issuer}/userinfo", bearer=access_token)
        demand(status == 200 and headers["content-type"] == "application/jwt", f"{status} {headers['content-type']}")
        claims = self.opened(body.decode())
        # It needs no end; where it has one, that counts.
        self.timely({"exp": time.time() + 300, **claims})
        demand(claims.get("sub") == id_claims["sub"], "sub")
        demand(claims.get(NUMBER) == id_claims[NUMBER] and COORDINATION not in claims, "number of UserInfo")
        return claims

    def ended(self, token):
        claims = self.opened(token, types=("logout+jwt",))
        self.timely(claims)
        demand(LOGOUT_EVENT in claims.get("events", {}), "events")
        demand("nonce" not in claims, "nonce")
        demand(claims.get("sid") or claims.get("sub"), "nobody")
        demand(claims.get("jti") and claims["jti"] not in self.seen, "jti")
        self.seen.add(claims["jti"])
        return claims


def luhn(number):
    digits = [int(digit) * (2 if at % 2 == 0 else 1) for at, digit in enumerate(number[2:])]
    return sum(digit - 9 if digit > 9 else digit for digit in digits) % 10 == 0


class OidcSimStory(unittest.TestCase):

    @classmethod
    def setUpClass(cls):
        local = table.ROOT / ".local" / "test"
        local.mkdir(parents=True, exist_ok=True)
        cls.stack = Stack(tempfile.mkdtemp(dir=local, prefix="oidc-"), build_folder(), table.free_ports())
        cls.addClassCleanup(cls.stack.remove)
        cls.addClassCleanup(cls.stack.end_process, "eid-sim")
        cls.stack.make_keys()
        cls.stack.set_clock(0)
        cls.stack.start_process("eid-sim")
        cls.us = Client(cls.stack)
        cls.phone = Phone(cls.stack, ASTRID)
        cls.faults = cls.control("GET", "faults")["faults"]

    @classmethod
    def control(cls, method, path, body=None):
        return cls.phone.control(method, f"oidc/{path}", body)

    def asked(self):
        """An open request: what the client remembers, and the request's path in the control interface."""
        location, login = self.us.begin()
        self.assertTrue(location.startswith(f"{self.us.issuer}/interaction/"), location)
        return login, f"authorizations/{location.rpartition('/')[2]}"

    def came_back(self, **approval):
        """What the client remembers, and where the browser comes back to."""
        login, path = self.asked()
        return login, self.control("POST", f"{path}/approve", {"personalNumber": ASTRID, **approval})["redirectUrl"]

    def logged_in(self, **approval):
        """The claims of the ID token and of UserInfo; Refused wherever something is not as it should be."""
        login, url = self.came_back(**approval)
        status, tokens = self.us.redeem(login, self.us.returned(url, login))
        demand(status == 200, tokens.get("error"))
        demand(tokens.get("token_type") == "Bearer" and "id_token" in tokens and "access_token" in tokens, "token answer")
        claims = self.us.identified(tokens["id_token"], login, tokens["access_token"])
        return claims, self.us.user(tokens["access_token"], claims)

    def refused(self, **approval):
        with self.assertRaises(Refused) as raised:
            self.logged_in(**approval)
        return str(raised.exception)

    # ---- as it should be -------------------------------------------------------------------------------------------------------

    def test_a_person_logs_in(self):
        claims, user = self.logged_in()
        self.assertEqual((claims[NUMBER], claims["acr"]), (ASTRID, LOA3))
        self.assertEqual((user["given_name"], user["birthdate"]), ("Astrid", "1912-12-12"))
        self.assertNotIn(ASTRID, claims["sub"])

    def test_the_document_tells_what_the_profile_demands(self):
        document = self.us.discover()
        self.assertEqual(document["token_endpoint_auth_methods_supported"], ["private_key_jwt"])
        self.assertEqual(document["code_challenge_methods_supported"], ["S256"])
        self.assertTrue(document["authorization_response_iss_parameter_supported"])

    def test_every_algorithm_and_a_rotated_key_hold(self):
        self.addCleanup(self.control, "PUT", "settings", {"alg": "ES256"})
        for algorithm in ("RS256", "PS256", "ES256"):
            with self.subTest(algorithm):
                self.control("PUT", "settings", {"alg": algorithm})
                old = [key for key in self.us.keys().values() if key["alg"] == algorithm]
                new = self.control("POST", "keys", {"alg": algorithm})["kid"]
                for key in old:
                    self.control("DELETE", f"keys/{key['kid']}")
                self.logged_in()
                self.assertIn(new, self.us.keys())

    def test_codes_and_assertions_are_for_once(self):
        login, url = self.came_back()
        code, assertion = self.us.returned(url, login), self.us.assertion()
        status, tokens = self.us.redeem(login, code, assertion)
        self.assertEqual(status, 200)
        self.assertEqual(self.us.redeem(login, code, assertion)[1]["error_description"], "the assertion has been used")
        self.assertEqual(self.us.redeem(login, code)[1]["error"], "invalid_grant")
        self.assertEqual(self.us.send("GET", f"{self.us.issuer}/userinfo", bearer=tokens["access_token"])[0], 401)

    def test_a_person_cancels_or_reaches_no_level(self):
        login, path = self.asked()
        url = self.control("POST", f"{path}/deny", {})["redirectUrl"]
        with self.assertRaisesRegex(Refused, "access_denied"):
            self.us.returned(url, login)
        self.assertEqual(self.refused(acr="loa2"), "unmet_authentication_requirements")

    def test_a_wrong_request_goes_back(self):
        for changes, error in (({"code_challenge_method": "plain"}, "invalid_request"), ({"aud": "https://elsewhere.example"}, None),
                               ({"scope": "openid email"}, "invalid_scope"), ({"prompt": "none"}, "login_required")):
            with self.subTest(error):
                if error is None:  # nothing proves where to go back to
                    with self.assertRaises(AssertionError):
                        self.us.begin(**changes)
                else:
                    location, _ = self.us.begin(**changes)
                    self.assertIn(f"error={error}", location)

    def test_a_developer_chooses_in_the_browser(self):
        location, login = self.us.begin()
        status, headers, page = self.us.send("GET", location)
        self.assertEqual((status, headers["content-type"]), (200, "text/html; charset=utf-8"))
        self.assertIn(b"Astrid Exempelsson", page)
        _, headers, _ = self.us.send("POST", location, {"person": ASTRID, "acr": "loa4", "action": "approve"})
        self.assertEqual(self.us.redeem(login, self.us.returned(headers["location"], login))[0], 200)

    # ---- what is wrong to order ------------------------------------------------------------------------------------------------

    def assert_each_refused(self, where, reasons, attempt):
        """Each fault that the provider offers is refused for its own reason."""
        self.assertEqual(sorted(fault.partition(".")[2] for fault in self.faults if fault.startswith(f"{where}.")), sorted(reasons))
        for fault, reason in reasons.items():
            with self.subTest(f"{where}.{fault}"), self.assertRaisesRegex(Refused, reason):
                attempt(fault)

    def test_every_fault_of_a_log_in_is_seen(self):
        for where, reasons in (("idToken", OF_ID_TOKENS), ("userinfo", OF_USER_INFO), ("callback", OF_CALLBACKS),
                               ("tokenAnswer", OF_TOKEN_ANSWERS)):
            self.assert_each_refused(where, reasons, lambda fault, where=where: self.logged_in(fault=f"{where}.{fault}"))

    def test_the_key_that_everybody_can_read_makes_a_valid_mac(self):
        login, url = self.came_back(fault="idToken.hmacOfPublicKey")
        token = self.us.redeem(login, self.us.returned(url, login))[1]["id_token"]
        text, _, mac = token.rpartition(".")
        jwk = self.us.keys()[parse(decode(text.partition(".")[0]))["kid"]]
        pem = ssl.DER_cert_to_PEM_cert(public_der(jwk)).replace("CERTIFICATE", "PUBLIC KEY")
        self.assertEqual(decode(mac), hmac.new(pem.encode(), text.encode(), hashlib.sha256).digest())

    def test_endpoints_fail_to_order(self):
        self.addCleanup(self.control, "PUT", "faults", {"calls": 0})
        for spoil in ("redirect", "oversize", "notJson", "otherIssuer", "plainEndpoints"):
            with self.subTest(spoil), self.assertRaises(Refused):
                self.control("PUT", "faults", {"calls": 1, "on": "discovery", "spoil": spoil})
                self.us.discover()
        with self.assertRaises(Refused):
            self.control("PUT", "faults", {"calls": 1, "on": "jwks", "spoil": "noKeys"})
            self.us.keys()
        self.control("PUT", "faults", {"calls": 1, "on": "token", "drop": True})
        with self.assertRaises((ConnectionError, http.client.HTTPException, ssl.SSLError)):
            self.logged_in()
        self.logged_in()

    # ---- logout ----------------------------------------------------------------------------------------------------------------

    def logout(self, **how):
        """The token that the one session of the person ends with."""
        self.control("POST", "logout", {"personalNumber": ASTRID})
        claims, _ = self.logged_in()
        told, = self.control("POST", "logout", {"personalNumber": ASTRID, **how})["logouts"]
        self.assertEqual(told["sid"], claims["sid"])
        return told["logoutToken"]

    def test_a_session_ends_and_is_told_of(self):
        self.assertTrue(self.us.ended(self.logout())["sid"])

    def test_every_fault_of_a_logout_token_is_seen(self):
        def attempt(fault):
            self.us.ended(self.logout(fault=fault))
            if fault == "fixedTokenId":  # the first one holds, the second one is a replay
                self.us.ended(self.logout(fault=fault))
        self.assert_each_refused("logoutToken", OF_LOGOUTS, attempt)


if __name__ == "__main__":
    unittest.main()
