"""Runs a command as a unit's user under that unit's system call filter and MemoryDenyWriteExecute,
by the library systemd uses, where no systemd runs:

    sandbox.py --root FOLDER UNIT COMMAND [ARGUMENT...]

The command sees FOLDER as its root. The rest of the unit's hardening is not applied here.
"""

import argparse
import ctypes
import errno
import os
import pwd
import subprocess

ALLOW = 0x7FFF0000
DENY = 0x00050000 | errno.EPERM
MASKED_EQ = 7
PROT_WRITE, PROT_EXEC, SHM_EXEC = 2, 4, 0o100000


class Compare(ctypes.Structure):
    _fields_ = [("arg", ctypes.c_uint), ("op", ctypes.c_int), ("mask", ctypes.c_uint64),
                ("value", ctypes.c_uint64)]


lib = ctypes.CDLL("libseccomp.so.2")
lib.seccomp_init.restype = ctypes.c_void_p
lib.seccomp_init.argtypes = [ctypes.c_uint32]
lib.seccomp_load.argtypes = [ctypes.c_void_p]
lib.seccomp_syscall_resolve_name.argtypes = [ctypes.c_char_p]
lib.seccomp_rule_add_array.argtypes = [ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int,
                                       ctypes.c_uint, ctypes.POINTER(Compare)]


def check(result, what):
    if result < 0:
        raise OSError(-result, f"{what}: {os.strerror(-result)}")


def add(context, action, call, *compares):
    number = lib.seccomp_syscall_resolve_name(call.encode())
    if number < 0:  # not a call of this kernel's architecture
        return
    check(lib.seccomp_rule_add_array(context, action, number, len(compares),
                                     (Compare * len(compares))(*compares)), call)


def expand(name):
    """The calls of a set, such as @system-service, as this systemd knows it."""
    if not name.startswith("@"):
        return {name}
    listed = subprocess.run(["systemd-analyze", "--no-pager", "syscall-filter", name], check=True,
                            capture_output=True, text=True).stdout.splitlines()[1:]
    words = [line.strip() for line in listed]
    return {call for word in words if word and word[0] != "#" for call in expand(word)}


def settings(unit, name):
    with open(unit, encoding="utf-8") as lines:
        return [line.strip().split("=", 1)[1] for line in lines if line.startswith(name + "=")]


def allowed_calls(unit):
    calls = set(expand("@default"))
    for setting in settings(unit, "SystemCallFilter"):
        named = {call for word in setting.lstrip("~").split() for call in expand(word)}
        calls = calls - named if setting.startswith("~") else calls | named
    return calls


def confine(calls):
    writable = lib.seccomp_init(ALLOW)
    both = PROT_WRITE | PROT_EXEC
    add(writable, DENY, "mmap", Compare(2, MASKED_EQ, both, both))
    for call in ("mprotect", "pkey_mprotect"):
        add(writable, DENY, call, Compare(2, MASKED_EQ, PROT_EXEC, PROT_EXEC))
    add(writable, DENY, "shmat", Compare(2, MASKED_EQ, SHM_EXEC, SHM_EXEC))
    listed = lib.seccomp_init(DENY)
    for call in calls | {"seccomp", "prctl", "execve"}:
        add(listed, ALLOW, call)
    check(lib.seccomp_load(writable), "seccomp_load")
    check(lib.seccomp_load(listed), "seccomp_load")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", required=True)
    parser.add_argument("unit")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    args = parser.parse_args()
    calls = allowed_calls(args.unit)
    user = settings(args.unit, "User")[0]
    if settings(args.unit, "MemoryDenyWriteExecute") != ["yes"]:
        raise SystemExit(f"sandbox.py: {args.unit} lacks MemoryDenyWriteExecute=yes")
    os.chroot(args.root)
    os.chdir("/")
    entry = pwd.getpwnam(user)
    os.setgroups([])
    os.setgid(entry.pw_gid)
    os.setuid(entry.pw_uid)
    confine(calls)
    os.execv(args.command[0], args.command)


main()
