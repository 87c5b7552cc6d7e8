"""The calls of the Linux kernel that fence a process in, by ctypes: Python has no names for them.

Each does one thing or raises OSError. What uses them decides what to do without (layers.py).
"""

from __future__ import annotations

import ctypes
import errno
import functools
import os
import platform
import struct
from collections.abc import Iterable
from typing import Final

NEWNS: Final = 0x00020000
NEWIPC: Final = 0x08000000
NEWUSER: Final = 0x10000000
NEWPID: Final = 0x20000000
NEWNET: Final = 0x40000000

MS_RDONLY: Final = 1
MS_NOSUID: Final = 2
MS_NODEV: Final = 4
MS_NOEXEC: Final = 8
MS_REMOUNT: Final = 32
MS_BIND: Final = 4096
MS_REC: Final = 16384
MS_PRIVATE: Final = 1 << 18
MNT_DETACH: Final = 2

_SET_PDEATHSIG, _CAPBSET_DROP, _SET_DUMPABLE, _SET_SECCOMP, _NO_NEW_PRIVS = 1, 24, 4, 22, 38
_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446


@functools.cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _done(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def unshare(flags: int) -> None:
    _done(_libc().unshare(flags), "unshare")


def setns(fd: int, kind: int) -> None:
    _done(_libc().setns(fd, kind), "setns")


def mount(source: str, target: str, kind: str | None, flags: int, data: str = "") -> None:
    done = _libc().mount(
        source.encode(), os.fsencode(target), kind and kind.encode(), ctypes.c_ulong(flags), data.encode()
    )
    _done(done, f"mount {target}")


def change_root(path: str) -> None:
    """Make a mount the root, and let go of all that was there before."""
    os.chdir(path)
    _done(_libc().syscall(_NUMBERS["pivot_root"], b".", b"."), "pivot_root")
    _done(_libc().umount2(b".", MNT_DETACH), "umount")
    os.chdir("/")


def end_with_parent() -> None:
    """Ask for SIGKILL when the process that started this one ends."""
    _done(_libc().prctl(_SET_PDEATHSIG, 9, 0, 0, 0), "prctl")


def give_up_privileges() -> None:
    """No capabilities now, none by running anything, and no looking in from others of the same user."""
    for capability in range(64):
        _libc().prctl(_CAPBSET_DROP, capability, 0, 0, 0)  # fails where there is no such one, or none is left
    header, none = struct.pack("=Ii", 0x20080522, 0), bytes(24)
    _done(_libc().syscall(_NUMBERS["capset"], header, none), "capset")
    _done(_libc().prctl(_SET_DUMPABLE, 0, 0, 0, 0), "prctl")
    _done(_libc().prctl(_NO_NEW_PRIVS, 1, 0, 0, 0), "prctl")


# ---- landlock: which files ----------------------------------------------------------------------------

_READ: Final = (1 << 2) | (1 << 3)
_FILE: Final = (1 << 0) | (1 << 1) | (1 << 2)
_RIGHTS: Final = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1, 5: (1 << 16) - 1}


def landlock_version() -> int:
    """The version of landlock that this kernel speaks; raises OSError if none."""
    return _done(_libc().syscall(_LANDLOCK_CREATE, None, 0, 1), "landlock")


def landlock(readable: Iterable[int], writable: Iterable[int]) -> None:
    """From now on this process reads what lies under these folders (open descriptors), and writes in those.

    From version 4 on it binds and connects to no TCP port either, from version 6 on it sends no signal and
    opens no abstract socket outside itself.
    """
    version = landlock_version()
    rights = _RIGHTS[min(version, 5)]
    values = [rights, *([3] if version >= 4 else []), *([3] if version >= 6 else [])]
    attributes = struct.pack(f"={len(values)}Q", *values)
    ruleset = _done(_libc().syscall(_LANDLOCK_CREATE, attributes, len(attributes), 0), "landlock")
    try:
        for wanted, folders in ((_READ, readable), (rights & ~1, writable)):
            for fd in folders:
                allowed = wanted if _is_folder(fd) else wanted & _FILE
                rule = struct.pack("=Qi", allowed, fd)
                _done(_libc().syscall(_LANDLOCK_ADD, ruleset, 1, rule, 0), "landlock")
        _done(_libc().prctl(_NO_NEW_PRIVS, 1, 0, 0, 0), "prctl")
        _done(_libc().syscall(_LANDLOCK_RESTRICT, ruleset, 0), "landlock")
    finally:
        os.close(ruleset)


def _is_folder(fd: int) -> bool:
    return (os.fstat(fd).st_mode & 0o170000) == 0o040000


# ---- seccomp: which calls -----------------------------------------------------------------------------

_SHARED: Final = {
    "pidfd_send_signal": 424, "io_uring_setup": 425, "io_uring_enter": 426, "io_uring_register": 427,
    "open_tree": 428, "move_mount": 429, "fsopen": 430, "fsconfig": 431, "fsmount": 432, "fspick": 433,
    "pidfd_open": 434, "clone3": 435, "pidfd_getfd": 438, "process_madvise": 440, "mount_setattr": 442,
    "memfd_secret": 447,
}  # fmt: skip
_TABLES: Final = {
    "x86_64": {
        "clone": 56, "execve": 59, "fork": 57, "vfork": 58, "kill": 62, "tkill": 200, "ptrace": 101,
        "mount": 165, "umount2": 166, "swapon": 167, "swapoff": 168, "reboot": 169, "init_module": 175,
        "delete_module": 176, "kexec_load": 246, "add_key": 248, "request_key": 249, "keyctl": 250,
        "unshare": 272, "perf_event_open": 298, "name_to_handle_at": 303, "open_by_handle_at": 304,
        "setns": 308, "process_vm_readv": 310, "process_vm_writev": 311, "kcmp": 312, "finit_module": 313,
        "memfd_create": 319, "kexec_file_load": 320, "bpf": 321, "execveat": 322, "userfaultfd": 323,
        "socket": 41, "connect": 42, "bind": 49, "listen": 50, "chroot": 161, "pivot_root": 155,
        "mknod": 133, "mknodat": 259, "personality": 135, "quotactl": 179, "acct": 163, "syslog": 103,
        "shmget": 29, "shmat": 30, "semget": 64, "msgget": 68, "mq_open": 240, "capset": 126,
        "setpriority": 141, "sched_setaffinity": 203, **_SHARED,
    },
    "aarch64": {
        "clone": 220, "execve": 221, "kill": 129, "tkill": 130, "ptrace": 117,
        "mount": 40, "umount2": 39, "swapon": 224, "swapoff": 225, "reboot": 142, "init_module": 105,
        "delete_module": 106, "kexec_load": 104, "add_key": 217, "request_key": 218, "keyctl": 219,
        "unshare": 97, "perf_event_open": 241, "name_to_handle_at": 264, "open_by_handle_at": 265,
        "setns": 268, "process_vm_readv": 270, "process_vm_writev": 271, "kcmp": 272, "finit_module": 273,
        "memfd_create": 279, "kexec_file_load": 294, "bpf": 280, "execveat": 281, "userfaultfd": 282,
        "socket": 198, "connect": 203, "bind": 200, "listen": 201, "chroot": 51, "pivot_root": 41,
        "mknodat": 33, "personality": 92, "quotactl": 60, "acct": 89, "syslog": 116,
        "shmget": 194, "shmat": 196, "semget": 190, "msgget": 186, "mq_open": 180, "capset": 91,
        "setpriority": 140, "sched_setaffinity": 122, **_SHARED,
    },
}  # fmt: skip
_ARCHITECTURES: Final = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_NUMBERS: Final = _TABLES.get(platform.machine(), _TABLES["x86_64"])
_HARMLESS: Final = {"clone", "clone3", "capset"}
"""Calls of the table that are not refused outright: what `clone` may do depends on what it is asked for."""

_THREAD: Final = 0x00010000
_ALLOW: Final = 0x7FFF0000
_KILL: Final = 0x80000000
_ERRNO: Final = 0x00050000


def _operation(code: int, yes: int, no: int, value: int) -> bytes:
    return struct.pack("=HBBI", code, yes, no, value)


@functools.cache
def seccomp_program() -> bytes:
    """The program that the kernel runs at every call: threads yes, processes, sockets and the like no."""
    load, equal, at_least, any_bit, give = 0x20, 0x15, 0x35, 0x45, 0x06
    machine = platform.machine()
    if machine not in _ARCHITECTURES:
        raise OSError(errno.ENOSYS, f"seccomp: no table of calls for {machine}")
    refuse = _operation(give, 0, 0, _ERRNO | errno.EPERM)
    program = [
        _operation(load, 0, 0, 4),
        _operation(equal, 1, 0, _ARCHITECTURES[machine]),
        _operation(give, 0, 0, _KILL),
        _operation(load, 0, 0, 0),
        _operation(at_least, 0, 1, 0x40000000),  # the same calls under other numbers
        refuse,
        _operation(equal, 0, 1, _NUMBERS["clone3"]),  # its flags cannot be seen: glibc goes on with clone
        _operation(give, 0, 0, _ERRNO | errno.ENOSYS),
        _operation(equal, 0, 4, _NUMBERS["clone"]),
        _operation(load, 0, 0, 16),
        _operation(any_bit, 1, 0, _THREAD),
        refuse,
        _operation(give, 0, 0, _ALLOW),
    ]
    for name, number in _NUMBERS.items():
        if name not in _HARMLESS:
            program += [_operation(equal, 0, 1, number), refuse]
    return b"".join([*program, _operation(give, 0, 0, _ALLOW)])


def seccomp() -> None:
    """From now on: no other process, no program, no socket, no mount, no look into other processes."""
    filtering = seccomp_program()
    code = ctypes.create_string_buffer(filtering, len(filtering))
    program = struct.pack("=HxxxxxxQ", len(filtering) // 8, ctypes.addressof(code))
    _done(_libc().prctl(_NO_NEW_PRIVS, 1, 0, 0, 0), "prctl")
    _done(_libc().prctl(_SET_SECCOMP, 2, ctypes.c_char_p(program), 0, 0), "seccomp")
