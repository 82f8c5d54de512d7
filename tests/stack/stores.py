"""A private PostgreSQL 15 (or newer) and a private Redis on Unix sockets. Neither touches what a package may have installed to run."""

import glob
import hashlib
import os
import pathlib
import pwd
import shutil
import subprocess

from .wait import until


def short_folder(base):
    """A folder with a short path for sockets (they may have 107 bytes), the same for the same `base`, linked from it."""
    digest = hashlib.sha256(str(base).encode()).hexdigest()[:10]
    folder = pathlib.Path(f"/tmp/bitrade-{os.getuid()}-{digest}")
    folder.mkdir(mode=0o755, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid not in (os.getuid(), *(entry.pw_uid for entry in pwd.getpwall() if entry.pw_name == "postgres")):
        raise SystemExit(f"{folder} belongs to somebody else")
    link = base / "sockets"
    if not link.is_symlink():
        link.symlink_to(folder)
    return folder


def postgres_bin():
    """The folder of PostgreSQL's own programs, the newest installed."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: int(path.split("/")[4]))
    if not found:
        raise SystemExit("PostgreSQL is not installed: run ./dev run, which installs it")
    return pathlib.Path(found[-1])


class Postgres:
    """One cluster. Root may not run PostgreSQL: it then belongs to the user `postgres`, in a folder that this user can reach."""

    def __init__(self, base):
        self.base = base
        self.sockets = short_folder(base)
        self.log = base / "postgres.log"
        self.user = "postgres" if os.getuid() == 0 else None
        self.process = None
        self.data = base / "postgres"
        if self.user:
            home = self.sockets / "data"
            home.mkdir(mode=0o755, exist_ok=True)
            for folder in (self.sockets, home):
                shutil.chown(folder, self.user)
            self.data = home / "postgres"
            link = base / "postgres"
            if not link.is_symlink():
                link.symlink_to(self.data)

    def _demote(self):
        if not self.user:
            return None
        entry = pwd.getpwnam(self.user)

        def drop():
            os.setgroups([])
            os.setgid(entry.pw_gid)
            os.setuid(entry.pw_uid)
        return drop

    def conninfo(self, user="postgres", database="bitrade"):
        return f"host={self.sockets} user={user} dbname={database}"

    def start(self, fsync="on"):
        program = postgres_bin()
        if not (self.data / "PG_VERSION").exists():
            subprocess.run([program / "initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8",
                            *(["--no-sync"] if fsync == "off" else [])],
                           check=True, capture_output=True, preexec_fn=self._demote(), cwd="/")
        settings = {"listen_addresses": "", "unix_socket_directories": self.sockets, "unix_socket_permissions": "0777",
                    "max_connections": 200, "shared_buffers": "64MB", "fsync": fsync, "timezone": "UTC", "log_timezone": "UTC",
                    "log_min_duration_statement": "-1", "log_statement": "none", "log_min_error_statement": "panic"}
        arguments = [program / "postgres", "-D", self.data]
        for name, value in settings.items():
            arguments += ["-c", f"{name}={value}"]
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(arguments, stdout=log, stderr=log, stdin=subprocess.DEVNULL,
                                            preexec_fn=self._demote(), cwd="/", start_new_session=True)
        until(self._answers, 60, "PostgreSQL does not answer", alive=self.process, log=self.log)

    def _answers(self):
        return subprocess.run(["pg_isready", "-q", "-h", str(self.sockets)], check=False).returncode == 0

    def execute(self, sql, database="bitrade", user="postgres"):
        """Runs SQL as the superuser; returns what it printed, unaligned."""
        done = subprocess.run([postgres_bin() / "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", self.conninfo(user, database)],
                              input=sql, text=True, capture_output=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"SQL failed: {done.stderr.strip()}")
        return done.stdout.strip()

    def stop(self, sign="INT"):
        if self.process and self.process.poll() is None:
            os.kill(self.process.pid, {"INT": 2, "KILL": 9, "QUIT": 3}[sign])
            self.process.wait(timeout=60)
        self.process = None


class Redis:
    """One Redis without persistence, unless a test says so: what it holds may be lost with no harm but a new log-in."""

    def __init__(self, base, open_to_all=False):
        self.base = base
        self.open_to_all = open_to_all  # for unit tests, which know no password
        self.keeps = False  # whether it writes every change to a file, and has them again when it starts
        self.socket = short_folder(base) / "redis.sock"
        self.process = None

    def start(self):
        users = self.base / "redis.acl"
        password = (self.base / "secrets" / "redis").read_text().strip()
        # It reads its file as the default user, who may be off, but must be allowed what was written.
        default = "on nopass ~* &* +@all" if self.open_to_all else "off ~* &* +@all" if self.keeps else "off"
        users.write_text(f"user default {default}\n"
                         f"user gateway on >{password} ~sess:* ~person:* ~rate:* &* +@all -@admin -@dangerous\n")
        users.chmod(0o600)
        with open(self.base / "redis.log", "ab") as log:
            self.process = subprocess.Popen(
                ["redis-server", "--port", "0", "--unixsocket", str(self.socket), "--unixsocketperm", "700", "--save", "",
                 "--appendonly", "yes" if self.keeps else "no", "--appendfsync", "always", "--maxmemory-policy", "noeviction",
                 "--aclfile", str(users), "--daemonize", "no"],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd=self.base, start_new_session=True)
        until(lambda: b"PONG" in self.command("PING"), 60, "Redis does not answer", alive=self.process, log=self.base / "redis.log")

    def command(self, *arguments, data=None):
        """What redis-cli answers, with a newline at its end; `data` is what it reads, with "-x" as the last argument."""
        password = (self.base / "secrets" / "redis").read_text().strip()
        return subprocess.run(["redis-cli", "-s", str(self.socket), "--user", "gateway", "--pass", password, "--no-auth-warning",
                               *arguments], input=data, capture_output=True, check=False).stdout

    def stop(self, sign=15):
        if self.process and self.process.poll() is None:
            os.kill(self.process.pid, sign)
            self.process.wait(timeout=60)
        self.process = None

    def forget(self):
        """Deletes what a stopped one has written."""
        shutil.rmtree(self.base / "appendonlydir", ignore_errors=True)


def remove_short_folder(base):
    """Deletes what short_folder made; for tests, whose stacks leave nothing behind."""
    link = base / "sockets"
    if link.is_symlink():
        shutil.rmtree(os.readlink(link), ignore_errors=True)
