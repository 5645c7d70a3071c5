"""`make audit`, part of .ci/run: whether what is locked fits together, was withdrawn, or has holes that are known.

What is found fails. What could not be asked is said loudly and fails nothing, so that a silent network is no broken
build; with --strict it fails too (before a release). That every line is pinned with hashes is seen by the house tests.
"""

import json
import subprocess
import sys
from pathlib import Path

BIN = Path(sys.executable).parent
APART = BIN.parent / "audit"
# Beside the lock files of the house, that of the auditor itself: it runs here too.
LOCKS = ("requirements.txt", "tests/requirements.txt", ".ci/uv.txt", ".ci/audit.txt")
PATIENCE_SECONDS = 300


def ran(*words: object) -> subprocess.CompletedProcess[str]:
    """A program's answer; it may fail, and it may not take for ever."""
    told = [str(word) for word in words]
    try:
        return subprocess.run(told, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return subprocess.CompletedProcess(told, 1, "", str(error))


def misfits() -> list[str]:
    """Installed packages that do not fit together."""
    done = ran(sys.executable, "-m", "pip", "check")
    return [] if done.returncode == 0 else done.stdout.splitlines() or [done.stderr]


def withdrawn(lock: str) -> tuple[list[str], str]:
    """Pinned versions that their makers have withdrawn from the index (PEP 592); why it could not be asked."""
    resolve = ("pip", "install", "--dry-run", "--reinstall", "--no-deps", "--require-hashes", "--no-cache")
    done = ran(BIN / "uv", *resolve, "--python", sys.executable, "-r", lock)
    found = [line for line in done.stderr.splitlines() if "is yanked" in line]
    return found, "" if done.returncode == 0 else last_line(done)


def holes(lock: str) -> tuple[list[str], str]:
    """Known holes in the pinned versions; why some or all could not be asked about."""
    auditor = APART / "bin" / "pip-audit"
    done = ran(auditor, "--require-hashes", "--disable-pip", "--format", "json", "--timeout", 10, "-r", lock)
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        return [], last_line(done)
    found = [f"{one['name']} {one['version']}: {hole['id']}" for one in packages for hole in one.get("vulns", ())]
    silent = [one["name"] for one in packages if "skip_reason" in one]
    return found, f"no answer about {len(silent)} of {len(packages)} packages" if silent else ""


def last_line(done: "subprocess.CompletedProcess[str]") -> str:
    """The end of what a program complained about."""
    return (done.stderr.strip().splitlines() or [f"it ended with {done.returncode}"])[-1][:300]


def installed_auditor() -> str:
    """pip-audit in an environment of its own beside ours; why it could not be had."""
    if (APART / "bin" / "pip-audit").exists():
        return ""
    made = ran(sys.executable, "-m", "venv", APART)
    if made.returncode == 0:
        made = ran(APART / "bin" / "python", "-m", "pip", "install", "-q", "--require-hashes", "-r", ".ci/audit.txt")
    return "" if made.returncode == 0 else last_line(made)


def main() -> int:
    """Ask everything; say what was found and what could not be asked."""
    found, unasked = misfits(), []
    absent = installed_auditor()
    for lock in LOCKS:
        for what, (wrong, why) in {
            "withdrawn": withdrawn(lock),
            "known holes": ([], absent) if absent else holes(lock),
        }.items():
            found += [f"{lock}: {what}: {one}" for one in wrong]
            unasked += [f"{lock}: {what}: {why}"] if why else []
    for line in unasked:
        print(f"!!! NOT CHECKED !!! {line}")
    for line in found:
        print(f"FOUND {line}")
    print(f"audit: {len(found)} found, {len(unasked)} could not be asked")
    return 1 if found or (unasked and "--strict" in sys.argv) else 0


if __name__ == "__main__":
    sys.exit(main())
