"""Facet's dashboards behind a real nginx with the configuration of docs/nginx.conf."""

import http.client
import re
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from facet.config import PROJECT_DIR
from tests.proxy import nginx

NAME = "facet.example.com"


@dataclass(frozen=True)
class Site:
    """What the proxy serves: where it listens, with TLS and without."""

    port: int
    plain_port: int

    @property
    def address(self) -> str:
        return f"https://localhost:{self.port}"

    def get(
        self, path: str, *, name: str = "localhost", **headers: str
    ) -> http.client.HTTPResponse:
        """The response to a path; `name` is what TLS is told, headers what HTTP is."""
        context = ssl._create_unverified_context()
        connection = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=20)
        connection.sock = context.wrap_socket(
            socket.create_connection(("127.0.0.1", self.port), timeout=20), server_hostname=name
        )
        connection.request("GET", path, headers={"Host": f"localhost:{self.port}", **headers})
        return connection.getresponse()


@contextmanager
def proxied(folder: Path, *, port: int, plain_port: int, facet_port: int) -> Iterator[Site]:
    """Run nginx with docs/nginx.conf; only name, ports and the certificate's paths are ours."""
    program = nginx.find()
    assert program, "No nginx: run `make proxy`, or python -m tests.proxy.nginx"
    here = f"localhost:{port}"
    text = (PROJECT_DIR / "docs" / "nginx.conf").read_text()
    for written, ours in (
        (f"Host              {NAME}", f"Host {here}"),
        (f"https://{NAME}$", f"https://{here}$"),
        (f"wss://{NAME}", f"wss://{here}"),
        (f"server_name {NAME}", "server_name localhost"),
        ("/etc/ssl/facet", str(folder)),
        ("listen 443", f"listen 127.0.0.1:{port}"),
        ("listen 80", f"listen 127.0.0.1:{plain_port}"),
        ("127.0.0.1:8501", f"127.0.0.1:{facet_port}"),
    ):
        assert written in text
        text = text.replace(written, ours)
    assert NAME not in re.sub("#.*", "", text)
    (folder / "facet.conf").write_text(text)
    write_certificate(folder)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = "".join(f"{kind}_temp_path {folder}/{kind}; " for kind in kinds)
    (folder / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {folder}/pid; error_log stderr warn; events {{}}"
        f" http {{ access_log off; {paths} include {folder}/facet.conf; }}"
    )
    command = [str(program), "-p", str(folder), "-e", "stderr", "-c", f"{folder}/nginx.conf"]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    assert "[warn]" not in re.sub(r".*http2.*deprecated.*", "", checked.stderr)
    process = subprocess.Popen(command)
    try:
        _wait_for(port)
        yield Site(port, plain_port)
    finally:
        process.terminate()
        process.wait(20)


def write_certificate(folder: Path) -> tuple[Path, Path]:
    """Write a certificate for `localhost` that it signs itself; returns its file and its key's."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    chain, key_file = folder / "fullchain.pem", folder / "privkey.pem"
    chain.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return chain, key_file


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"nginx does not listen on port {port}")
