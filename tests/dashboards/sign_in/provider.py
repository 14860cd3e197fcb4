"""A small OpenID provider on this machine, which tells the truth until it is told to lie."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey


class FakeProvider:
    """Signs people in: *person* holds their claims, *lie* changes an id token before it is signed.

    ``codes`` maps the codes given out to what was asked; each is good once. ``asked`` lists requests.
    """

    def __init__(self, port: int, now: Callable[[], float]) -> None:
        self.issuer = f"http://127.0.0.1:{port}/realm"
        self.now = now
        self.keys = KeySet([new_key("first")])
        self.person: dict[str, Any] = {"sub": "4711", "name": "Carol 陳"}
        self.lie: Callable[[dict[str, Any]], dict[str, Any]] = lambda claims: claims
        self.about_lie: dict[str, Any] = {}
        self.algorithm = "RS256"
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []

    def authorise(self, url: str) -> str:
        """Do what a person does at the provider: agree, and come back with a code."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        code = sha256(json.dumps(asked).encode()).hexdigest()[:16]
        self.codes[code] = asked
        return f"{urlsplit(asked['redirect_uri']).path}?code={code}&state={asked['state']}"

    def answer(self, path: str, body: dict[str, str], headers: Any) -> tuple[int, Any]:
        """Return status and JSON for a request."""
        self.asked.append(path)
        if path == "/realm/.well-known/openid-configuration":
            return 200, {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            } | self.about_lie
        if path == "/realm/keys":
            return 200, self.keys.as_dict(private=False)
        if path == "/realm/token":
            return self._token(body, headers.get("Authorization", ""))
        return 404, {}

    def _token(self, body: dict[str, str], authorization: str) -> tuple[int, Any]:
        asked = self.codes.pop(body.get("code", ""), None)
        proof = base64.urlsafe_b64encode(sha256(body.get("code_verifier", "").encode()).digest())
        basic = "Basic " + base64.b64encode(b"gba:quiet secret").decode()
        if asked is None or proof.decode().rstrip("=") != asked["code_challenge"] or authorization != basic:
            return 400, {"error": "invalid_grant"}
        now = int(self.now())
        claims = {"iss": self.issuer, "aud": "gba", "iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        key = self.keys.keys[-1]
        header = {"alg": self.algorithm, "kid": key.kid}
        signed = jwt.encode(header, self.lie(claims | self.person), key, algorithms=[self.algorithm])
        return 200, {"access_token": "at", "token_type": "Bearer", "id_token": signed}


def new_key(kid: str) -> RSAKey:
    """Return a key to sign with."""
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig", "alg": "RS256"})


@contextmanager
def running(now: Callable[[], float]) -> Iterator[FakeProvider]:
    """Run a provider for the length of a test."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer({})

        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._answer({name: values[0] for name, values in parse_qs(sent).items()})

        def _answer(self, body: dict[str, str]) -> None:
            status, said = provider.answer(self.path, body, self.headers)
            sent = said if isinstance(said, bytes) else json.dumps(said).encode()
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "http://127.0.0.1:9/elsewhere")
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        def log_message(self, *_given: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    provider = FakeProvider(server.server_address[1], now)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
