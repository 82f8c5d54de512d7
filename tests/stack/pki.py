"""A development CA, one certificate per process with its SPIFFE ID, and the keys that the processes read. OpenSSL makes them all."""

import os
import secrets
import subprocess

TRUST_DOMAIN = "bitrade.local"
P_256 = ("EC", "-pkeyopt", "ec_paramgen_curve:P-256")


def openssl(*arguments, stdin=None):
    subprocess.run(["openssl", *map(str, arguments)], check=True, input=stdin, capture_output=True)


def make_ca(folder, name):
    """Makes a CA (EC P-256) in `folder`/ca.{pem,key} unless it is there."""
    folder.mkdir(parents=True, exist_ok=True)
    if (folder / "ca.pem").exists():
        return
    openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", 30,
            "-subj", f"/CN={name}", "-addext", "basicConstraints=critical,CA:TRUE",
            "-addext", "keyUsage=critical,keyCertSign,cRLSign",
            "-keyout", folder / "ca.key", "-out", folder / "ca.pem")


def make_certificate(folder, name, subject_alt_names, subject=None, usage="serverAuth,clientAuth", days=30):
    """Makes `folder`/`name`.{pem,key}, signed by the CA of `folder`, with the given subject alternative names; its subject
    is CN=`name` unless one is given. One of -1 days is over before it begins."""
    if (folder / f"{name}.pem").exists():
        return
    request, extensions = folder / f"{name}.csr", folder / f"{name}.ext"
    openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-utf8", "-subj", subject or f"/CN={name}",
            "-keyout", folder / f"{name}.key", "-out", request)
    extensions.write_text("basicConstraints=CA:FALSE\nkeyUsage=critical,digitalSignature\n"
                          f"extendedKeyUsage={usage}\n" + (f"subjectAltName={','.join(subject_alt_names)}\n" if subject_alt_names else ""))
    openssl("x509", "-req", "-in", request, "-CA", folder / "ca.pem", "-CAkey", folder / "ca.key",
            "-set_serial", secrets.randbits(63), "-days", days, "-extfile", extensions, "-out", folder / f"{name}.pem")
    request.unlink()
    extensions.unlink()


def spiffe(process):
    return f"URI:spiffe://{TRUST_DOMAIN}/{process}"


def make_process_certificate(folder, process, file_name=None):
    """The certificate of one process: its SPIFFE ID, and the loopback names that clients check."""
    make_certificate(folder, file_name or process, [spiffe(process), "DNS:localhost", "IP:127.0.0.1"])


def make_listener_certificate(folder, process):
    """The certificate that a service shows to case systems: the names they find it by, and no SPIFFE ID, for it vouches for nobody inside."""
    make_certificate(folder, process, ["DNS:localhost", "IP:127.0.0.1"], usage="serverAuth")


def make_case_system_certificate(folder, name):
    """The certificate of a case system: it calls and is never called."""
    make_certificate(folder, name, [spiffe(f"case-system/{name}")], usage="clientAuth")


def make_signing_key(path, algorithm=("ed25519",)):
    """A key pair: `path` (PEM, private) and `path`.pub (PEM, public); Ed25519 unless OpenSSL is told another algorithm."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    openssl("genpkey", "-algorithm", *algorithm, "-out", path)
    openssl("pkey", "-in", path, "-pubout", "-out", f"{path}.pub")
    os.chmod(path, 0o600)


def make_secret(path, size=32):
    """`size` random bytes in hexadecimal, readable by the owner alone."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as out:
        out.write(secrets.token_hex(size) + "\n")
